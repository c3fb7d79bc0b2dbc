"""Phones compared by their own results."""

from __future__ import annotations

import pytest

from harness.domain.verdict import DeviceLabel, Verdict
from harness.domain.vocabulary import Outcome, Party
from harness.session.second_phone import compare
from tests.reporting.records import verdict


def on(phone: str, outcome: str, party: str, scenario: str = "login") -> Verdict:
    label = DeviceLabel(phone)
    return verdict(device=label, outcome=Outcome(outcome), party=Party(party), scenario=scenario)


FAILED = on("a", "failed", "server")


@pytest.mark.parametrize(
    ("others", "result"),
    [
        ([], None),
        ([on("b", "passed", "none")], "ok"),
        ([on("b", "failed", "server")], "failed"),
        ([on("b", "failed", "unknown")], "failed"),
        ([on("b", "failed", "device")], None),
        ([on("b", "inconclusive", "harness")], None),
        ([on("b", "not_run", "unknown")], None),
        ([on("a", "passed", "none")], None),
        ([on("b", "passed", "none", scenario="followers")], None),
        ([on("b", "failed", "server"), on("c", "passed", "none")], "ok"),
    ],
)
def test_what_another_phone_tells(others: list[Verdict], result: str | None) -> None:
    told = [each for each in compare([FAILED, *others]) if each.verdict is FAILED]
    assert [each.control.result for each in told] == ([] if result is None else [result])
    assert all(each.control.name == "second_phone" for each in told)


def test_a_scenario_that_passed_needs_no_comparison() -> None:
    passed = on("a", "passed", "none")
    assert [each.verdict for each in compare([passed, on("b", "passed", "none")])] == []
