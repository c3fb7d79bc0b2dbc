"""A told try becomes the lines of a real one, in the same order, through the real readers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import AppCrash, AppDeath, DeviceConditions, LogEntry
from harness.domain.facts.scenario import ScenarioEnded, StepEnded
from harness.domain.observation import Observation
from tests.faultlab.certificates import Authorities
from tests.faultlab.client import Route
from tests.faultlab.experiment import Capture
from tests.faultlab.phone import NAME, Step, Tale
from tests.faultlab.rows.telling import CONTROL_FINE, crash, killed_for_memory
from tests.faultlab.world import standing

NOWHERE = Route("127.0.0.1", 9, None)


def told(folder: Path, tale: Tale) -> list[Observation]:
    """What a try leaves behind in a capture folder."""
    with subprocess.Popen(["true"], text=True) as process:
        capture = Capture(process, NOWHERE, folder)
        tale.play(NOWHERE, capture)
    return sorted(read_observations(folder), key=lambda seen: seen.mono)


def test_a_try_that_passes_has_its_lines_in_order(tmp_path: Path) -> None:
    lines = told(tmp_path, Tale("followers", (Step("open the app", ("start",)), Step("look"))))

    assert {line.device for line in lines} == {NAME}
    assert [line.kind for line in lines] == [
        "device.identity",
        "app.package",
        "capture.visibility",
        "device.conditions",
        "scenario.begun",
        "storage.value",
        *["step.begun", "ui.screen", "step.ended"] * 2,
        "scenario.ended",
    ]
    assert {line.step for line in lines if line.kind == "ui.screen"} == {"open the app", "look"}


def test_a_failed_step_ends_the_try_and_shows_the_phone(tmp_path: Path) -> None:
    bad = Step("look", problem="not shown", phone={"airplane": True}, kind="locator")
    tale = Tale("login", (bad, Step("never")), result="broken", control=False)
    facts = [line.facts for line in told(tmp_path, tale)]
    states = [one for one in facts if isinstance(one, DeviceConditions)]
    steps = [one for one in facts if isinstance(one, StepEnded)]

    assert [state.airplane for state in states] == [False, True]
    assert [(step.title, step.error_kind) for step in steps] == [("look", "locator")]
    assert facts[-1] == ScenarioEnded("broken", "look", "not shown")


def test_the_control_site_is_really_asked(tmp_path: Path, authorities: Authorities) -> None:
    tale = Tale("followers", (Step("look", problem="not shown"),))
    folder = tmp_path / "run"
    with (
        standing([CONTROL_FINE], authorities) as rules,
        subprocess.Popen(["true"], text=True) as process,
    ):
        tale.play(NOWHERE, Capture(process, NOWHERE, folder, rules, authorities.trusted))
    made = [line.facts for line in read_observations(folder) if line.kind == "control"]

    assert [(one.name, one.result) for one in made if isinstance(one, ControlMade)] == [
        ("control_site", "ok")
    ]


def test_log_lines_pass_the_real_reader(tmp_path: Path) -> None:
    lines = (
        *crash("java.lang.IllegalStateException: no, not now", "a.B.c(D.java:1)"),
        "W TTNet: x failed: java.net.UnknownHostException: nowhere",
    )
    facts = [line.facts for line in told(tmp_path, Tale("followers", (Step("look", log=lines),)))]
    crashes = [one for one in facts if isinstance(one, AppCrash)]

    assert [(one.exception, one.message) for one in crashes] == [
        ("java.lang.IllegalStateException", "no, not now")
    ]
    assert [one.reason for one in facts if isinstance(one, AppDeath)] == ["crash"]
    # The process is gone by then: what another one logs is not the app's.
    assert not [one for one in facts if isinstance(one, LogEntry)]


def test_the_low_memory_killer_is_read(tmp_path: Path) -> None:
    tale = Tale("followers", (Step("look", log=killed_for_memory()),))
    deaths = [line.facts for line in told(tmp_path, tale) if line.kind == "app.death"]

    assert [one.reason for one in deaths if isinstance(one, AppDeath)] == ["low_memory"]


def test_a_line_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="logcat"):
        told(tmp_path, Tale("followers", (Step("look", log=("nonsense",)),)))
