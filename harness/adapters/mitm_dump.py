"""Finds the flows of a mitmproxy dump, also those behind a damaged place.

A dump is a row of tnetstrings, "<length>:<data><type>", each a dictionary (type "}"). mitmproxy's
own reader ends at the first that it cannot read. Here a flow that is damaged costs itself: the
next place is looked for where a dictionary with a named key begins.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

LARGEST_FLOW = 256 << 20
"""Bytes; a length beyond is taken for a damaged one, as memory is not there for any number."""

CHUNK = 1 << 20
"""Bytes looked through at a time."""

_LENGTH = re.compile(rb"(\d{1,12}):")
_BEGIN = re.compile(rb"\d{2,12}:\d{1,2}:[a-z_]{2,24};")
_OVERLAP = 48  # bytes; no match of _BEGIN is longer
_DICTIONARY = b"}"


def flow_states(path: Path) -> Iterator[dict[str, Any] | str]:
    """What each flow holds, in the file's order; a sentence in place of one that is damaged.

    Several sentences in a row are one damaged place. Raises OSError for a file that cannot
    be read.
    """
    with path.open("rb") as source:
        size = source.seek(0, os.SEEK_END)
        at, lost = 0, False
        while at < size:
            frame = _frame(source, at, size, surely=lost)
            state = None if frame is None else _state(frame)
            if frame is not None and state is not None:
                yield state
                at, lost = at + len(frame), False
                continue
            yield (
                f"no flow begins at byte {at}"
                if frame is None
                else (f"what begins at byte {at} is damaged, or of a mitmproxy before version 7")
            )
            at, lost = _next_begin(source, at + 1, size), True


def _frame(source: BinaryIO, at: int, size: int, *, surely: bool) -> bytes | None:
    """The whole tnetstring of the dictionary that begins there, if one can.

    `surely`: only if another length, or nothing, follows it.
    """
    source.seek(at)
    found = _LENGTH.match(source.read(13))
    if found is None or int(found[1]) > LARGEST_FLOW:
        return None
    whole = found.end() + int(found[1]) + 1
    if at + whole > size:
        return None
    source.seek(at + whole - 1)
    if source.read(1) != _DICTIONARY:
        return None
    follows = source.read(1)
    if surely and follows and not follows.isdigit():
        return None
    source.seek(at)
    return source.read(whole)


def _state(frame: bytes) -> dict[str, Any] | None:
    """The flow's state; None for what is no flow."""
    from mitmproxy.io import tnetstring

    try:
        state: object = tnetstring.loads(frame)
    except (ValueError, TypeError, IndexError, RecursionError):
        return None
    if not isinstance(state, dict) or "client_conn" not in state:
        return None
    return cast("dict[str, Any]", state)


def _next_begin(source: BinaryIO, at: int, size: int) -> int:
    """Where a dictionary with a named key may begin next; `size` where none does."""
    while at < size:
        source.seek(at)
        chunk = source.read(CHUNK + _OVERLAP)
        found = _BEGIN.search(chunk)
        if found is not None and found.start() < CHUNK:
            return at + found.start()
        at += CHUNK
    return size
