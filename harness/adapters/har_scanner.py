"""Finds the objects of `log.entries` in a HAR without reading the whole file at once.

A damaged place costs the entry in which it lies: after it the next object that looks like an
entry is looked for. Each character is decoded at most twice, whatever the file holds.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from harness.adapters.recording_kind import passed_over
from harness.adapters.whole_text import whole_text

CHUNK = 1 << 20
"""Characters read at a time."""

LARGEST_ENTRY = 64 << 20
"""Characters; an entry with a longer body is given up."""

_BETWEEN = re.compile(r"[ \t\r\n,]*")
_LIST = re.compile(r'"entries"\s*:\s*\[')
_VERSION = re.compile(r'"log"\s*:\s*\{\s*"version"\s*:\s*"([^"]{0,40})"')
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a surrogate pair, perhaps with its other half
_KEPT = 256  # characters of a piece without the list, in case it begins there
_LITERAL = 12  # characters; the longest of a number, a word or an escape that may be cut
_TRIES = 10_000  # objects in a row that cannot be decoded; there is no HAR in what follows
_DEEP = 4096  # characters passed over where objects are nested without an end
_OBJECT = re.compile(r'\{\s*"')
_KNOWN = ("1.1", "1.2")


class HarError(ValueError):
    """The file is no HAR; the text says why."""


class _Window:
    """The part of the file that is at hand, and how far it was read."""

    def __init__(self, path: Path) -> None:
        self._pieces = _pieces(path)
        self.text = next(self._pieces, "")
        self.at = 0

    def more(self) -> bool:
        """Drops what was read and doubles the rest; few tries then do for a large entry."""
        rest = self.text[self.at :]
        added = [next(self._pieces, "") for _ in range(1 + len(rest) // CHUNK)]
        self.text, self.at = rest + "".join(added), 0
        return bool(added[0])

    def find(self, pattern: re.Pattern[str], keep: int) -> re.Match[str] | None:
        """The next place, at which reading goes on; `keep`: characters that it may straddle."""
        while True:
            found = pattern.search(self.text, self.at)
            if found is not None:
                return found
            self.at = max(self.at, len(self.text) - keep)
            if not self.more():
                return None


def _pieces(path: Path) -> Iterator[str]:
    with path.open("rb") as source:
        wide = source.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    encoding = "utf-16" if wide else "utf-8-sig"
    with path.open(encoding=encoding, errors="replace") as source:
        while chunk := source.read(CHUNK):
            yield chunk


class _Entries:
    """One pass over the file."""

    def __init__(self, window: _Window, *, lost: bool) -> None:
        self.found = 0
        self.gaps = 0
        self.deep = False
        self.torn = False
        self._failures = 0
        self._window = window
        self._lost = lost  # looks for the next entry, behind a damaged place
        self._decoder = json.JSONDecoder()

    def read(self) -> Iterator[dict[str, Any]]:
        while self._at_next():
            value = self._decoded()
            if value is None:
                continue
            if self._lost:
                if not _looks_like_an_entry(value):
                    continue
                self._lost, self.gaps = False, self.gaps + 1
            self.found, self._failures = self.found + 1, 0
            if isinstance(value, dict):
                yield cast("dict[str, Any]", value)

    def _at_next(self) -> bool:
        """Goes to where the next object begins; False at the end of the list or of the file."""
        window = self._window
        if self._lost:
            found = window.find(_OBJECT, _KEPT)
            if found is None or self._failures > _TRIES:
                self.torn = True
                return False
            window.at = found.start()
            return True
        between = _BETWEEN.match(window.text, window.at)
        window.at = between.end() if between else window.at
        if window.at == len(window.text) and window.more():
            return self._at_next()
        if window.at == len(window.text):
            self.torn = True
            return False
        return not window.text.startswith("]", window.at)

    def _decoded(self) -> object | None:
        """The object there; None where there is none, and reading goes on behind it."""
        window = self._window
        while True:
            begin = window.at
            try:
                value, window.at = self._decoder.raw_decode(window.text, begin)
            except RecursionError:
                self._failures += 1
                self.deep = self._lost = True
                window.at += _DEEP
                return None
            except json.JSONDecodeError as error:
                at_hand = len(window.text) - window.at
                if _cut(error, window.text) and at_hand <= LARGEST_ENTRY and window.more():
                    continue
                self._failures += 1
                self._lost = True
                window.at = max(error.pos, window.at + 1)
                return None
            if _ESCAPED_HALF.search(window.text, begin, window.at):
                value = _without_halves(value)
            return True if value is None else value


def _cut(error: json.JSONDecodeError, text: str) -> bool:
    """Whether the text ends inside of what was being read, as far as can be told."""
    return error.msg.startswith("Unterminated string") or error.pos >= len(text) - _LITERAL


def _without_halves(value: object) -> object:
    """The same with a mark in place of each half of a character, which no text may hold."""
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, list):
        return [_without_halves(part) for part in cast("list[object]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return {str(_without_halves(name)): _without_halves(part) for name, part in pairs}
    return value


def _looks_like_an_entry(value: object) -> bool:
    return isinstance(value, dict) and isinstance(
        cast("dict[str, object]", value).get("request"), dict
    )


def entries(path: Path, notes: list[str]) -> Iterator[dict[str, Any]]:
    """Each entry that can be decoded; `notes` says what of the file could not be.

    Raises HarError for a file without a list of entries and without anything like an entry.
    """
    window = _Window(path)
    said = _VERSION.search(window.text, 0, 1 << 16)
    if said is not None and said[1] not in _KNOWN:
        notes.append(f"it says HAR version {said[1]}; it was read as 1.2")
    begin = window.find(_LIST, _KEPT)
    if begin is not None:
        window.at = begin.end()
    reading = _Entries(window if begin else _Window(path), lost=begin is None)
    yield from reading.read()
    if begin is None and not reading.found:
        raise HarError(f"{path}: no HAR: it has no list of entries")
    if begin is None:
        notes.append("the beginning of the file is missing or damaged")
    gaps = reading.gaps - (begin is None)
    if gaps > 0:
        notes.append(passed_over(gaps, "entry"))
    if reading.deep:
        notes.append("a part that is nested too deeply was passed over")
    if reading.torn and begin is not None:
        count = reading.found
        judged = f"after {count} entries; they were judged" if count else "within its first entry"
        notes.append(f"the file breaks off {judged}")
