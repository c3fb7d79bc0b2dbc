"""Finds the objects of `log.entries` in a HAR without reading the whole file at once."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

CHUNK = 1 << 20
"""Characters read at a time."""

LARGEST_ENTRY = 64 << 20
"""Characters; an entry with a longer body is given up."""


_BETWEEN = re.compile(r"[ \t\r\n,]*")


class HarError(ValueError):
    """The file is no HAR; the text says why."""


def _find_entries(source: Iterator[str], path: Path) -> tuple[str, Iterator[str]]:
    """Text from behind the bracket of "entries" on."""
    text = ""
    for chunk in source:
        text += chunk
        place = text.find('"entries"')
        if place >= 0:
            bracket = text.find("[", place)
            if bracket >= 0:
                return text[bracket + 1 :], source
            continue
        text = text[-16:] if len(text) > 4 * CHUNK else text
    raise HarError(f"{path}: no HAR: it has no list of entries")


def _chunks(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", errors="replace") as source:
        while chunk := source.read(CHUNK):
            yield chunk


def entries(path: Path, notes: list[str]) -> Iterator[dict[str, Any]]:
    """Each entry that can be decoded; `notes` says where the file breaks off.

    Raises HarError for a file without a list of entries.
    """
    text, source = _find_entries(_chunks(path), path)
    decoder = json.JSONDecoder()
    found = at = 0  # `at`: where in `text` the next entry begins; cutting it off each time is slow
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if text.startswith("]", at):
            return
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError:
            more = next(source, None)
            if more is None or len(text) - at > LARGEST_ENTRY:
                notes.append(f"the file breaks off after {found} entries; they were judged")
                return
            # Doubling keeps the number of tries low for a very large entry.
            pieces = len(text[at:]) // CHUNK
            text = text[at:] + more + "".join(next(source, "") for _ in range(pieces))
            at = 0
            continue
        except RecursionError:
            notes.append(f"entry {found + 1} is nested too deeply; what follows was not read")
            return
        found += 1
        if isinstance(value, dict):
            yield cast("dict[str, Any]", value)
