"""What earlier looks found, kept across runs, by account."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.ports import InstrumentError
from harness.session.known_values import FILE_NAME, KnownValues


def test_numbers_are_kept_per_account_and_no_account_is_named(tmp_path: Path) -> None:
    KnownValues(tmp_path, "anna").note({"follower_count": 9})
    KnownValues(tmp_path, "anna").note({"total": 3})
    KnownValues(tmp_path, "ben").note({"follower_count": 1})

    assert KnownValues(tmp_path, "anna").all() == {"follower_count": 9, "total": 3}
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "anna" not in text
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_a_throwaway_account_leaves_nothing(tmp_path: Path) -> None:
    here = KnownValues(None, "anna")
    here.note({"follower_count": 9})

    assert here.all() == {"follower_count": 9}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["{", "[1]"])
def test_a_damaged_book(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    book = KnownValues(tmp_path, "anna")

    if text == "{":
        with pytest.raises(InstrumentError, match="Move the file away"):
            book.all()
    else:
        assert book.all() == {}


def test_a_folder_that_cannot_be_written_is_an_error_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    with pytest.raises(InstrumentError, match="disk: "):
        KnownValues(tmp_path / "file", "anna").note({"x": 1})
