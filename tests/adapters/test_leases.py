"""Leases: one run a phone, freed by giving back, by death and by time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from harness.adapters import leases
from harness.adapters.durable import process_started
from harness.adapters.leases import HeldLease, Lease, LeaseBook, PhoneHeldError
from harness.ports import InstrumentError

NOW = 1_800_000_000.0


def book(folder: Path, now: float = NOW) -> LeaseBook:
    return LeaseBook(folder, wall=lambda: now)


def written(folder: Path, **changes: object) -> Lease:
    """A lease of another process that lives: this test's parent."""
    import psutil

    parent = psutil.Process(os.getppid())
    lease = Lease(
        "S1", "pixel", "run-a", leases._host(), parent.pid, parent.create_time(),
        NOW - 10, NOW + 500,
    )  # fmt: skip
    lease = msgspec.structs.replace(lease, **changes)
    folder.mkdir(exist_ok=True)
    (folder / "S1.json").write_bytes(msgspec.json.encode(lease))
    return lease


def dead_process() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait(30)
    return done.pid


def test_a_phone_that_another_run_holds_is_refused_with_who_and_until_when(tmp_path: Path) -> None:
    there = written(tmp_path)

    with pytest.raises(PhoneHeldError) as held:
        book(tmp_path).take("S1", "mine", "run-b")

    assert held.value.lease == there
    assert f"held by run run-a (process {there.pid} on {there.host}), until " in str(held.value)
    assert book(tmp_path).held("S1") == there


@pytest.mark.parametrize(
    "changes",
    [{"until": NOW - 1}, {"pid": -1}, {"process_started": 5.0}],
    ids=["ran out", "its process is dead", "its process id is another's now"],
)
def test_what_is_not_in_force_is_taken_over(tmp_path: Path, changes: dict[str, object]) -> None:
    written(tmp_path, **({"pid": dead_process()} if changes == {"pid": -1} else changes))
    assert book(tmp_path).held("S1") is None

    lease = book(tmp_path).take("S1", "mine", "run-b")

    assert book(tmp_path).owner("S1") == (leases._host(), os.getpid(), process_started())
    assert not lease.lost
    lease.give_back()
    lease.give_back()
    assert book(tmp_path).owner("S1") is None


def test_of_another_host_only_the_time_is_known(tmp_path: Path) -> None:
    written(tmp_path, host="elsewhere", pid=dead_process())

    with pytest.raises(PhoneHeldError):
        book(tmp_path).take("S1", "mine", "run-b")
    book(tmp_path, NOW + 501).take("S1", "mine", "run-b").give_back()


def test_a_lease_that_another_took_is_lost_and_not_taken_away_from_it(tmp_path: Path) -> None:
    ours = book(tmp_path).take("S1", "mine", "run-b")
    there = written(tmp_path)

    assert ours.lost
    ours.give_back()
    assert book(tmp_path).held("S1") == there


def test_it_renews_itself(tmp_path: Path) -> None:
    ours = book(tmp_path).take("S1", "mine", "run-b")
    ours.give_back()
    lease = msgspec.structs.replace(ours._lease)
    (tmp_path / "S1.json").write_bytes(msgspec.json.encode(lease))

    held = HeldLease(book(tmp_path, NOW + 300), lease, renew=0.01)

    def until() -> float:
        return msgspec.json.decode((tmp_path / "S1.json").read_bytes(), type=Lease).until

    try:
        for _ in range(500):
            if until() != lease.until:
                break
            held._end.wait(0.01)
        assert until() == NOW + 300 + leases.TERM
    finally:
        held.give_back()


def test_a_cut_file_holds_nobody_off(tmp_path: Path) -> None:
    tmp_path.joinpath("S1.json").write_text('{"serial": "S')

    held = book(tmp_path).take("S1", "mine", "run-b")
    try:
        assert json.loads((tmp_path / "S1.json").read_text())["serial"] == "S1"
    finally:
        held.give_back()


def test_a_lock_that_is_never_free_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LOCK_TIMEOUT", 0.05)
    with (
        leases.FileLock(tmp_path / "S1.lock"),
        pytest.raises(InstrumentError, match="state folder"),
    ):
        book(tmp_path).take("S1", "mine", "run-b")
