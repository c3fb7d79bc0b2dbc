"""`getprop`: `[key]: [value]` lines; a value may span lines."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"^\[([^\]]+)\]: \[(.*?)\]$", re.MULTILINE | re.DOTALL)


def read_properties(text: str) -> dict[str, str]:
    """All properties by key."""
    return {found[1]: found[2] for found in _ENTRY.finditer(text.replace("\r\n", "\n"))}
