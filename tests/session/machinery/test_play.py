"""One trial is read from what the run printed, wrote and left on the phone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import PARTS, ObservationWriter
from harness.domain.facts.device import AppPackage
from harness.domain.facts.recovery import RecoveryTried
from harness.ports import InstrumentError
from harness.session.machinery import play
from harness.session.machinery.ending import Ending
from harness.session.machinery.trial import MachineTrial

ENDING = Ending("k", "appium-killed", 0)


class Desk:
    """A phone that is as found after so many looks, or after a reset."""

    def __init__(self, folder: Path, looks: int = 0, *, reset_helps: bool = True) -> None:
        self.out, self.folder = folder, folder
        self._looks, self._helps = looks, reset_helps
        self.undone = self.resets = 0

    def undo_fault(self) -> None:
        self.undone += 1

    def reconnect(self) -> None: ...

    def state(self) -> dict[str, tuple[str, ...]]:
        self._looks -= 1
        return {"global settings": ("a=1",) if self._looks < 0 else ("a=1", "b=2")}

    def reset(self) -> str:
        self.resets += 1
        if self._helps:
            self._looks = 0
        return "" if self._helps else "harness reset: no"


BEFORE = {"global settings": ("a=1",)}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(play.time, "sleep", sleep)
    monkeypatch.setattr(play.time, "monotonic", lambda: now[0])


@pytest.mark.parametrize(
    ("looks", "helps", "resets", "said"),
    [(0, True, 0, "as found"), (5, True, 0, "as found"), (999, True, 1, "after reset")],
)
def test_the_phone_is_given_time(
    looks: int, helps: bool, resets: int, said: str, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, looks, reset_helps=helps)

    assert play._look_after(cast("Any", desk), BEFORE) == said
    assert (desk.undone, desk.resets) == (1, resets)


def test_what_stays_changed_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path, 9999, reset_helps=False)

    told = play._look_after(cast("Any", desk), BEFORE)

    assert "+b=2" in told
    assert "harness reset: no" in told


def test_a_phone_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path)

    def gone() -> None:
        raise InstrumentError("tools", "POST", "refused")

    monkeypatch.setattr(desk, "undo_fault", gone)
    assert "refused" in play._look_after(cast("Any", desk), BEFORE)


def test_facts_of_before_and_rungs_are_counted(tmp_path: Path) -> None:
    with ObservationWriter(tmp_path / PARTS / "a.jsonl", source="adb", host="h") as log:
        log.write("app.package", AppPackage("p", "1", 1, None, None))
        log.write("recovery", RecoveryTried("t", "wait", "mended", 1.0))
        log.write("recovery", RecoveryTried("t", "wait", "mended", 1.0))

    found = play._read_facts(ENDING, cast("Any", Desk(tmp_path)))

    assert (found.facts, found.facts_before, found.recovered) == (3, 1, ("wait",))


@pytest.mark.parametrize(("fault", "unreadable"), [("sigkill", False), ("appium-killed", True)])
def test_only_a_killed_run_may_have_written_nothing(
    fault: str, unreadable: bool, tmp_path: Path
) -> None:
    found = play._read_facts(Ending("k", fault, -9), cast("Any", Desk(tmp_path)))

    assert bool(found.unreadable) is unreadable


def test_verdicts_are_read_from_the_last_line() -> None:
    row = {"scenario": "login", "outcome": "passed", "party": "none", "rule": "r", "confidence": 1}
    printed = "chatter\n" + json.dumps({"verdicts": [row]}) + "\n"

    assert [said.party for said in play._verdicts(printed)] == ["none"]
    assert play._verdicts("interrupted\n") == ()
    assert play._verdicts("") == ()


def test_a_folder_that_was_made_read_only_can_be_read_again(tmp_path: Path) -> None:
    inside = tmp_path / "run" / "tests"
    inside.mkdir(parents=True)
    inside.chmod(0o500)

    play._allow_reading(tmp_path / "run")

    assert inside.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("trial", "code"),
    [
        (MachineTrial("sigkill", "login", 0, after=1.0), -signal.SIGKILL),
        (MachineTrial("sigterm", "login", 0, after=1.0), -signal.SIGTERM),
        (MachineTrial("appium-killed", "login", 0), None),
    ],
)
def test_a_run_gets_its_signal_and_does_not_hang_for_ever(
    trial: MachineTrial, code: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # real time here
    monkeypatch.setattr(play, "BOUND", 1.0)
    script = "import time; print('begun', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )

    assert play._await(process, trial) == (code, "begun\n", "")
    assert process.poll() is not None
