"""Another build is flagged in evidence and notes; nothing else of the verdict moves."""

from __future__ import annotations

from dataclasses import replace

from harness.attribution.build_deviation import FLAG, with_build_deviation
from harness.attribution.engine import judge_scenario
from harness.domain.facts.build import BuildDeviation
from harness.domain.observation import Observation
from tests.attribution.build import PHONE, TIKTOK, observe, scenario_lines

OTHER = BuildDeviation("43.1.4", None, ("Version 43.1.4 was asked for, 47.0.3 is installed.",))


def seen(scenario: str | None) -> Observation:
    (line,) = observe((1.0, OTHER))
    return replace(line, scenario=scenario, id="build-1")


def test_a_flagged_result_keeps_its_outcome() -> None:
    lines = scenario_lines()
    plain = judge_scenario(lines, TIKTOK, device=PHONE, app=None, incident=None)
    line = seen(plain.scenario)

    flagged = judge_scenario([*lines, line], TIKTOK, device=PHONE, app=None, incident=None)

    assert flagged.evidence[-1].statement == OTHER.statements[0]
    assert flagged.evidence[-1].refs == ("build-1",)
    assert flagged.notes[-1] == f"{FLAG} {OTHER.statements[0]}"
    assert replace(flagged, evidence=plain.evidence, notes=plain.notes) == plain


def test_another_scenarios_build_is_not_this_ones() -> None:
    plain = judge_scenario(scenario_lines(), TIKTOK, device=PHONE, app=None, incident=None)
    assert with_build_deviation(plain, [seen("another"), seen(None)]) == plain
