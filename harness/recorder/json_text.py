"""Reads JSON as it is found on the wire: also what strict readers call malformed.

RFC 8259 wants plain UTF-8 text; answers that apps take all the same begin with a byte
order mark, come in UTF-16, hide behind a guard against script inclusion, or hold one
document a line (NDJSON, RFC 7464).
"""

from __future__ import annotations

import json
import re

import msgspec

_GUARD = re.compile(rb"\A\s*(?:\)\]\}'?,?|(?:while\(1\)|for\(;;\));?)\s*")
"""What some services put before an answer so that no page can include it as a script."""

_SEPARATOR = b"\x1e"
"""Before each document of a sequence (RFC 7464, 2.2)."""


def read_json(data: bytes) -> object:
    """The document; a list of them where there is one a line. Raises ValueError."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        plain = _plain(data)
        found = _documents(plain)
        if found is None:
            raise ValueError(str(error)) from error
        return found


def _plain(data: bytes) -> bytes:
    """UTF-8 without a mark or guard."""
    coding = json.detect_encoding(data)
    if coding != "utf-8":
        try:
            data = data.decode(coding).encode()
        except UnicodeDecodeError:
            return data
    return _GUARD.sub(b"", data, count=1)


def _documents(data: bytes) -> object:
    """One document, or several, each on a line of its own; None when it is neither."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        pass
    lines = [part.strip() for part in data.replace(_SEPARATOR, b"\n").splitlines()]
    lines = [line for line in lines if line]
    if not lines or not all(line[:1] in {b"{", b"["} for line in lines):
        return None
    try:
        return [msgspec.json.decode(line) for line in lines]
    except (msgspec.DecodeError, RecursionError):
        return None
