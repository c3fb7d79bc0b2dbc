"""The write-ahead journal."""

import os
from pathlib import Path

import pytest

from harness.adapters.attach.journal import Journal, Trust, owner_lives


def test_what_is_saved_is_there_for_the_next_process(tmp_path: Path) -> None:
    journal = Journal("127.0.0.1:5555", tmp_path)
    assert journal.load() is None
    entry = journal.open()
    entry.settings = {"http_proxy": None, "global_http_proxy_host": ""}
    entry.reverse = (8080, 15801)
    entry.trust = Trust("c8750f0d.0", apex=True)
    journal.save(entry)
    assert Journal("127.0.0.1:5555", tmp_path).load() == entry
    journal.close()
    assert journal.load() is None
    journal.close()


def test_serials_cannot_leave_the_folder(tmp_path: Path) -> None:
    assert Journal("../../etc/x", tmp_path).path.parent == tmp_path


def test_a_broken_journal_is_named(tmp_path: Path) -> None:
    journal = Journal("abc", tmp_path)
    journal.path.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"abc\.json: not a journal"):
        journal.load()


@pytest.mark.parametrize(
    ("pid", "shift", "lives"),
    [(os.getpid(), 0.0, False), (os.getppid(), 0.0, True), (os.getppid(), 500.0, False)],
    ids=["ourselves", "another", "another with the same pid"],
)
def test_an_owner_is_another_living_process(
    tmp_path: Path, pid: int, shift: float, *, lives: bool
) -> None:
    import psutil

    entry = Journal("abc", tmp_path).open()
    entry.pid = pid
    entry.started = psutil.Process(pid).create_time() + shift
    assert owner_lives(entry) is lives


def test_a_dead_owner(tmp_path: Path) -> None:
    entry = Journal("abc", tmp_path).open()
    entry.pid = 2**22 + 1
    assert not owner_lives(entry)
