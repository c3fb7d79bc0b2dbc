"""What a file is, before it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.recording_kind import UnknownRecordingError, kind_of, moment, passed_over


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("x.har", b"{", "har"),
        ("x", b'\xef\xbb\xbf \r\n{"log"', "har"),
        ("x", b"\xff\xfe{\0", "har"),
        ("x", b"\xfe\xff\0{", "har"),
        ("X.HAR", b'timings": {}}', "har"),
        ("x.mitm", b"12:", "mitm"),
        ("x", b"odd", "mitm"),
        ("x", b" " * 65, "mitm"),
    ],
)
def test_what_is_read(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04", "ZIP"),
        (b"\xd4\xc3\xb2\xa1", "pcap"),
        (b"\x0a\x0d\x0d\x0a", "pcapng"),
        (b"\xac\xed\x00\x05sr", "Charles"),
        (b"<?xml version", "XML"),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "x.har"
    path.write_bytes(data)
    with pytest.raises(UnknownRecordingError, match=said):
        kind_of(path)


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (1, "one damaged place was passed over, with the flow in which it lies"),
        (3, "3 damaged places were passed over, each with the flow in which it lies"),
    ],
)
def test_how_much_was_passed_over(places: int, said: str) -> None:
    assert passed_over(places, "flow") == said


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (0, 0.0),
        (1_790_000_000.5, 1_790_000_000.5),
        (-1.0, None),
        (1e300, None),
        (10**400, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("1", None),
        (None, None),
    ],
)
def test_moments(value: object, taken: float | None) -> None:
    assert moment(value) == taken
