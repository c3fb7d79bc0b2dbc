"""Keyed pseudonyms: the same value gets the same tag within a run, so joins survive."""

from __future__ import annotations

import hmac
import re

TAG = re.compile(r"~[0-9a-f]{10}")
"""What a tag looks like."""


class Pseudonyms:
    """HMAC-SHA256 with the run's key, cut to 40 bits: enough to join, of no use elsewhere."""

    def __init__(self, key: bytes) -> None:
        """Raises ValueError for a key under 16 bytes, which could be guessed."""
        if len(key) < 16:
            raise ValueError(f"the run key has {len(key)} bytes; at least 16 are needed")
        self._key = key

    def tag(self, value: str | bytes) -> str:
        """`~` and 10 hex digits; a tag and an empty value stay as they are."""
        data = value if isinstance(value, bytes) else value.encode("utf-8", "replace")
        if not data:
            return ""
        if isinstance(value, str) and TAG.fullmatch(value):
            return value
        return "~" + hmac.digest(self._key, data, "sha256").hex()[:10]
