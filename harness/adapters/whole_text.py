"""Text that can be written down: no half of a character in it.

mitmproxy keeps each byte that is no UTF-8 as half a surrogate pair, and JSON can name halves; no
file of ours and no page could hold them.
"""

from __future__ import annotations

import re

_HALF = re.compile("[\ud800-\udfff]")
MARK = "\ufffd"
"""Stands for what is no character (Unicode's own mark for that)."""


def whole_text(value: str) -> str:
    """The same with a mark in place of each half."""
    return value if value.isascii() else _HALF.sub(MARK, value)
