"""Patterns of hosts and paths as the profile writes them: `*` stands for anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate


def wildcard(pattern: str) -> Callable[[str], bool]:
    """A test whether a whole text fits `pattern`, case-sensitive, as fnmatchcase has it.

    A profile has some sixty patterns; as regular expressions they cost more time than judging
    two hundred exchanges, so only those with `?` or `[` become one.
    """
    if "?" in pattern or "[" in pattern:
        compiled = re.compile(translate(pattern))
        return lambda text: compiled.match(text) is not None
    first, *rest = pattern.split("*")
    if not rest:
        return first.__eq__
    *middle, last = rest

    def fits(text: str) -> bool:
        if not text.startswith(first) or not text.endswith(last):
            return False
        at, end = len(first), len(text) - len(last)
        for part in middle:
            found = text.find(part, at, max(at, end))
            if found < 0:
                return False
            at = found + len(part)
        return at <= end

    return fits
