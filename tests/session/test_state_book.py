"""A book of the state folder."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from harness.ports import InstrumentError
from harness.session.state_book import StateBook


def book(file: Path) -> StateBook:
    return StateBook(file, if_lost="Move it.", unwritten="Nothing goes.")


def test_it_is_kept_private_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "book.json"
    assert book(file).read() == {}
    book(file).change(lambda content: {**content, "a": 1})
    book(file).change(lambda content: {**content, "b": 2})
    assert book(file).read() == {"a": 1, "b": 2}
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix == ".partial"] == []


def test_two_at_a_time_lose_nothing(tmp_path: Path) -> None:
    def count(content: dict[str, Any]) -> dict[str, Any]:
        return {"n": content.get("n", 0) + 1}

    def often() -> None:
        for _ in range(20):
            book(tmp_path / "book.json").change(count)

    threads = [threading.Thread(target=often) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert book(tmp_path / "book.json").read() == {"n": 60}


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_what_is_no_book(tmp_path: Path, content: str) -> None:
    file = tmp_path / "book.json"
    file.write_text(content)
    if content == "{":
        with pytest.raises(InstrumentError, match="Move it"):
            book(file).read()
    else:
        assert book(file).read() == {}


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InstrumentError, match="Nothing goes"):
        book(tmp_path / "file" / "book.json").change(lambda content: content)
