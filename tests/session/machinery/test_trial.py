"""Trials are the same in every call, cover every fault, and name steps that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.session.faults import NAMES, FaultPlan
from harness.session.machinery.table import MACHINERY
from harness.session.machinery.trial import (
    EARLIEST,
    LATEST,
    SCENARIOS,
    SEEDS,
    MachineTrial,
    sample,
    steps_in,
    trials,
)

STEPS = steps_in(Path(__file__).parents[3] / "scenarios")


def test_the_steps_of_the_scenarios_are_known() -> None:
    assert set(SCENARIOS) <= set(STEPS)
    assert STEPS["login"][0] == "open the app"
    assert "submit log-in" in STEPS["login"]


def test_every_fault_once_for_every_seed() -> None:
    every = trials(STEPS)

    assert len(every) == len(MACHINERY) * len(SEEDS)
    assert len({trial.key for trial in every}) == len(every)
    assert every == trials(STEPS)


@pytest.mark.parametrize("trial", trials(STEPS), ids=lambda trial: trial.key)
def test_each_trial_can_strike(trial: MachineTrial) -> None:
    if trial.after is not None:
        assert EARLIEST <= trial.after <= LATEST
        assert trial.variable == ""
        return
    plan = FaultPlan.from_environment({"HARNESS_FAULT": trial.variable})
    assert plan.name == trial.fault
    if plan.at_open:
        assert trial.step is None
        return
    needs = ("x",) if trial.scenario != "offline_content" else ()
    assert any(plan.due(title, needs) for title in STEPS[trial.scenario])


def test_a_sample_takes_every_fault_before_it_takes_one_twice() -> None:
    every = trials(STEPS)

    some = sample(every, len(MACHINERY) + 3, seed=7)

    assert {trial.fault for trial in some[: len(MACHINERY)]} == set(MACHINERY)
    assert some == sample(every, len(MACHINERY) + 3, seed=7)
    assert some != sample(every, len(MACHINERY) + 3, seed=8)
    assert sample(every, None, 0) == every
    assert sample(every, 10**6, 0) == every


def test_the_names_are_those_of_harness_fault() -> None:
    assert tuple(MACHINERY) == NAMES
    assert {"proxy-killed", "adb-server-killed", "appium-killed", "disk-full"} <= set(NAMES)
