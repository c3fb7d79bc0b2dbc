"""How a name that people chose becomes part of a path."""

import re

_LONGEST = 80  # characters: short enough for every file system


def file_stem(name: str) -> str:
    """One part without slashes, blanks and leading dots; "phone" where nothing is left."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:_LONGEST].strip("-.") or "phone"
