"""The counting: what is right, what is fair, what is unforgivable."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.faultlab.faults import named
from tests.faultlab.score import Result, calibration, confusion, matrix, read_verdict, score

CLEAR = replace(named("http_500"), separable=True)
UNCLEAR = replace(CLEAR, separable=False)


def verdict(party: str, outcome: str = "failed", confidence: float = 0.8) -> dict[str, Any]:
    return {
        "party": party,
        "outcome": outcome,
        "confidence": confidence,
        "rule": "r",
        "summary": "s",
        "candidates": [{"party": "server", "weight": 0.6}, {"party": "network", "weight": 0.4}],
    }


def result(party: str, outcome: str = "failed", confidence: float = 0.8) -> Result:
    return read_verdict(CLEAR, {"verdicts": [verdict(party, outcome, confidence)]})


@pytest.mark.parametrize(
    ("party", "outcome", "right", "wrong"),
    [
        ("server", "failed", True, False),
        ("server", "blocked", False, True),
        ("client", "failed", False, True),
        ("none", "passed", False, True),
        ("unknown", "failed", False, False),
    ],
)
def test_right_means_party_and_outcome(party: str, outcome: str, right: bool, wrong: bool) -> None:
    said = result(party, outcome)

    assert (said.right, said.wrong) == (right, wrong)


def test_abstaining_is_fair_only_where_due_and_with_the_truth_among_the_candidates() -> None:
    unknown = result("unknown")

    assert not unknown.fair
    assert replace(unknown, fault=UNCLEAR).fair
    assert not replace(unknown, fault=UNCLEAR, candidates=("client",)).fair
    assert not replace(result("server"), fault=UNCLEAR).fair


def test_the_numbers_add_up() -> None:
    results = [
        result("server", confidence=0.95),
        result("client", confidence=0.9),
        result("client", confidence=0.89),
        result("unknown"),
        replace(result("unknown"), fault=UNCLEAR),
        replace(result("server"), trouble="no capture"),
    ]

    numbers = score(results)

    assert (numbers.rows, numbers.troubled) == (5, 1)
    assert (numbers.right, numbers.decided, numbers.right_share) == (1, 3, 1 / 3)
    assert (numbers.decided_separable, numbers.separable) == (3, 4)
    assert (numbers.abstained_fairly, numbers.abstaining_due) == (1, 1)
    assert numbers.sure_and_wrong == 1


def test_nothing_has_no_shares() -> None:
    numbers = score([])

    assert (numbers.right_share, numbers.decided_share) == (None, None)


def test_the_matrix_has_the_truth_in_its_rows() -> None:
    lines = matrix(confusion([result("client"), result("client"), result("server")]))

    assert lines[0].split() == ["truth", "\\", "said", "client", "server"]
    assert lines[1].split() == ["server", "2", "1"]


def test_calibration_counts_the_decided_by_confidence() -> None:
    bands = calibration([result("server", confidence=1.0), result("client", confidence=0.7)])

    assert {band: (count, right) for band, count, right in bands if count} == {
        "0.9-1.0": (1, 1),
        "0.7-0.8": (1, 0),
    }
