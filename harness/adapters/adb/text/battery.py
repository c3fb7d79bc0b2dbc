"""`dumpsys battery`: only the first `level:` at a line's start counts (android-storage 8.10)."""

from __future__ import annotations

import re


def read_battery(text: str) -> int | None:
    """Charge in percent."""
    level = re.search(r"^\s*level: (\d+)$", text, re.MULTILINE)
    if level is None:
        return None
    scale = re.search(r"^\s*scale: (\d+)$", text, re.MULTILINE)
    whole = int(scale[1]) if scale and int(scale[1]) else 100
    return round(100 * int(level[1]) / whole)
