"""Entries are found wherever the file is cut into pieces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.adapters import har_scanner


@pytest.mark.parametrize("size", [1, 7, 16, 1000])
def test_the_size_of_the_pieces_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(har_scanner, "CHUNK", size)
    path = tmp_path / "x.har"
    rows = [{"n": number, "t": "é]},["} for number in range(5)]
    text = json.dumps({"log": {"pages": [], "entries": rows}}, ensure_ascii=False)
    path.write_text(f"\ufeff{text}", encoding="utf-8")
    notes: list[str] = []
    assert list(har_scanner.entries(path, notes)) == rows
    assert notes == []
