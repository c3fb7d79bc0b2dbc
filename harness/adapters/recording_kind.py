"""What kind of recording a file is, by its first bytes and its name."""

from __future__ import annotations

from pathlib import Path

_BLANK = b" \t\r\n\0"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-8 (Fiddler's) and UTF-16 (a console's redirection on Windows)."""

_OTHERS = (
    (b"\x1f\x8b", "it is compressed by gzip; unpack it first"),
    (b"PK\x03\x04", "it is a ZIP archive; unpack it, or export HAR 1.2 (Fiddler's .saz is one)"),
    (b"\xd4\xc3\xb2\xa1", "it is a packet capture (pcap), which holds no decrypted calls"),
    (b"\xa1\xb2\xc3\xd4", "it is a packet capture (pcap), which holds no decrypted calls"),
    (b"\x0a\x0d\x0d\x0a", "it is a packet capture (pcapng), which holds no decrypted calls"),
    (b"\xac\xed\x00\x05", "it is a Charles session; export it as HAR"),
    (b"<?xml", "it is XML; export HAR 1.2"),
    (b"SQLite format 3\0", "it is an SQLite database, no recording of traffic"),
)
"""Beginnings of files that people have beside those we read, and what to do about them."""


_LATEST = 4_102_444_800.0  # the year 2100
LONGEST = 100 * 86_400.0
"""Seconds; nobody waits longer for an answer, whatever a damaged file says."""


class UnknownRecordingError(ValueError):
    """No kind that is read; the text says what it is and what to do."""


def kind_of(path: Path) -> str:
    """ "har" or "mitm". Raises UnknownRecordingError, and OSError for what cannot be opened."""
    with path.open("rb") as source:
        start = source.read(64)
    for mark, said in _OTHERS:
        if start.startswith(mark):
            raise UnknownRecordingError(said)
    for mark in _MARKS:
        start = start.removeprefix(mark)
    start = start.lstrip(_BLANK)
    if not start and path.stat().st_size <= 64:
        raise UnknownRecordingError("the file is empty")
    named = path.suffix.lower() == ".har"
    return "har" if named or start.startswith(b"{") else "mitm"


def passed_over(places: int, one: str) -> str:
    """How many damaged places a file has; `one`: what lies in it, in the singular."""
    if places == 1:
        return f"one damaged place was passed over, with the {one} in which it lies"
    return f"{places} damaged places were passed over, each with the {one} in which it lies"


def moment(value: object) -> float | None:
    """UTC seconds of a recording; None for what is no moment between 1970 and 2100."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0.0 <= value < _LATEST else None
