"""Rows of the lab as results: what is right, and what is fair."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.session.accuracy.score import score
from tests.faultlab.fault import Fault
from tests.faultlab.faults import named
from tests.faultlab.row_result import RowResult, read_verdict

CLEAR = replace(named("http_500"), separable=True)
UNCLEAR = replace(CLEAR, separable=False)
OURS = replace(CLEAR, party="harness", outcome="inconclusive")


def said(party: str, outcome: str = "failed", fault: Fault = CLEAR, **more: Any) -> RowResult:
    verdict: dict[str, Any] = {
        "party": party,
        "outcome": outcome,
        "confidence": 0.8,
        "rule": "r",
        "summary": "s",
        "candidates": [{"party": "server", "weight": 0.6}, {"party": "network", "weight": 0.4}],
    }
    return replace(read_verdict(fault, {"verdicts": [verdict]}), **more)


@pytest.mark.parametrize(
    ("result", "right", "wrong"),
    [
        (said("server"), True, False),
        (said("server", "blocked"), False, True),
        (said("client"), False, True),
        (said("none", "passed"), False, True),
        (said("unknown"), False, False),
        (said("none", "passed", OURS), False, True),  # not seen is not got over
    ],
)
def test_right_means_party_and_outcome(result: RowResult, right: bool, wrong: bool) -> None:
    assert (result.right, result.wrong) == (right, wrong)


def test_abstaining_is_fair_only_where_due_and_with_the_truth_among_the_candidates() -> None:
    assert not said("unknown").fair
    assert said("unknown", fault=UNCLEAR).fair
    assert not said("unknown", fault=UNCLEAR, candidates=("client",)).fair
    assert not said("server", fault=UNCLEAR).fair


def test_the_numbers_of_rows_that_cannot_be_told() -> None:
    numbers = score(
        [said("server"), said("unknown"), said("unknown", fault=UNCLEAR), said("x", trouble="-")]
    )
    assert (numbers.trials, numbers.troubled, numbers.decided, numbers.right) == (3, 1, 1, 1)
    assert (numbers.decided_separable, numbers.separable, numbers.decided_share) == (1, 2, 0.5)
    assert (numbers.abstained_fairly, numbers.abstaining_due) == (1, 1)
