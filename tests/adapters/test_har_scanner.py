"""Entries are found wherever the file is cut into pieces, and around damaged places."""

from __future__ import annotations

import json
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest

from harness.adapters import har_scanner

ROWS = [
    {"request": {"url": f"https://a.example/{number}"}, "headers": [{"name": "{x}"}], "t": "é]},["}
    for number in range(5)
]
SAID = "one damaged place was passed over, with the entry in which it lies"


def numbers(path: Path) -> tuple[list[int], list[str]]:
    """The number at the end of each entry's address, and the notes."""
    notes: list[str] = []
    found = [int(row["request"]["url"][-1]) for row in har_scanner.entries(path, notes)]
    return found, notes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("size", [1, 7, 16, 1000])
def test_the_size_of_the_pieces_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, encoding: str
) -> None:
    monkeypatch.setattr(har_scanner, "CHUNK", size)
    path = tmp_path / "x.har"
    pages = [{"title": "entries"}, {"title": "log"}]
    text = json.dumps({"log": {"pages": pages, "entries": ROWS}}, ensure_ascii=False)
    path.write_text(text, encoding=encoding)
    notes: list[str] = []
    assert list(har_scanner.entries(path, notes)) == ROWS
    assert notes == []


@pytest.mark.parametrize("size", [3, 60, 1000])
@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ('"https://a.example/1"', '"https://a.example/1', [0, 2, 3, 4]),  # a quote is gone
        ('example/2"}', 'example/2"', [0, 1, 3, 4]),  # a brace is gone
        ('https://a.example/1"', '\x00\x00\x00"', [0, 2, 3, 4]),
        ('{"url": "https://a.example/0"}', "[" * 20_000, [1, 2, 3, 4]),
        ('example/4"}', "", [0, 1, 2, 3]),
    ],
)
def test_a_damaged_place_costs_its_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, old: str, new: str, left: list[int]
) -> None:
    monkeypatch.setattr(har_scanner, "CHUNK", size)
    monkeypatch.setattr(har_scanner, "_DEEP", 20_000)
    path = tmp_path / "x.har"
    text = json.dumps({"log": {"entries": ROWS}})
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    found, notes = numbers(path)
    assert found == left
    assert notes
    if 4 in left:
        assert notes[0] == SAID


def test_a_file_without_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "x.har"
    text = json.dumps({"log": {"entries": ROWS}})
    path.write_text(text[60:])
    assert numbers(path) == ([1, 2, 3, 4], ["the beginning of the file is missing or damaged"])


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_the_version(tmp_path: Path, version: str) -> None:
    path = tmp_path / "x.har"
    path.write_text(json.dumps({"log": {"version": version, "entries": ROWS}}))
    found, notes = numbers(path)
    assert found == [0, 1, 2, 3, 4]
    said = ["it says HAR version 2.0; it was read as 1.2"] if version == "2.0" else []
    assert notes == said


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"log": {"entries": [{"request": {}, "t": "x" * 90} for _ in range(20_000)]}}),
        '{"log": {' + '"entries": {"x": 1}, ' * 60_000,
        '{"log": {"entries": [' + '{"a":' * 150_000,
        '{"log": {"entries": [' + '[{"a": }' * 200_000,
        '"request": {' * 60_000,
    ],
    ids=["sound", "no list", "deep", "broken", "no beginning"],
)
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(har_scanner, "CHUNK", 1 << 12)
    monkeypatch.setattr(har_scanner, "LARGEST_ENTRY", 1 << 14)
    monkeypatch.setattr(har_scanner, "_TRIES", 500)
    path = tmp_path / "x.har"
    path.write_text(text)
    tracemalloc.start()
    try:
        with suppress(har_scanner.HarError):
            assert all(isinstance(row, dict) for row in har_scanner.entries(path, []))
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 700_000 < len(text)
