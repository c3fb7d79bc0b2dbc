"""Judging a try: the real rules, and a bug in them."""

from __future__ import annotations

import pytest

from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded
from harness.domain.verdict import DeviceLabel
from harness.domain.vocabulary import Outcome, Party
from harness.session import judging
from tests.session.traffic import PROFILE, seen


def test_a_bug_in_the_rules_blames_the_harness(monkeypatch: pytest.MonkeyPatch) -> None:
    from harness.attribution import engine

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("rules")

    monkeypatch.setattr(engine, "judge_scenario", fail)
    rows = [seen("scenario.begun", ScenarioBegun("login", None), scenario="login")]
    label = DeviceLabel("pixel")

    verdict = judging.judge(rows, PROFILE, device=label, app=None, incident=None, number=3)

    assert (verdict.outcome, verdict.party) == (Outcome.INCONCLUSIVE, Party.HARNESS)
    assert (verdict.rule, verdict.scenario, verdict.try_number) == ("own_error", "login", 3)
    assert "ZeroDivisionError" in verdict.summary


def test_the_real_rules_judge_a_passed_try() -> None:
    where = {"device": "pixel", "scenario": "login"}
    rows = [
        seen("scenario.begun", ScenarioBegun("login", None), mono=1.0, **where),
        seen("scenario.ended", ScenarioEnded("passed"), mono=2.0, **where),
    ]

    verdict = judging.judge(
        rows, PROFILE, device=DeviceLabel("pixel"), app=None, incident="none", number=1
    )

    assert verdict.outcome is Outcome.PASSED
    assert judging.group_incidents([verdict], PROFILE) == []
