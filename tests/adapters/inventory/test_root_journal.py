"""The note that adb was made root outlives us, and tells whether we still live."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.inventory import root_journal
from harness.adapters.inventory.root_journal import RootJournal


def test_open_is_left_open_only_when_its_process_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = RootJournal("127.0.0.1:5", tmp_path)
    assert not journal.left_open()
    journal.open()
    assert journal.path.name == "127.0.0.1_5.json"
    assert journal.left_open()  # ours: nobody else does it

    def lives(_pid: int, _started: float) -> bool:
        return True

    monkeypatch.setattr(root_journal, "other_process_lives", lives)
    assert not journal.left_open()
    journal.close()
    assert not journal.path.exists()


def test_a_note_that_was_cut_counts_as_left(tmp_path: Path) -> None:
    journal = RootJournal("S", tmp_path)
    journal.path.write_bytes(b'{"ser')
    assert journal.left_open()
