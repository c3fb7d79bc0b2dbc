"""How a name that people chose becomes part of a path."""

import re


def file_stem(name: str) -> str:
    """Without slashes, blanks and leading dots; "phone" where nothing is left."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "phone"
