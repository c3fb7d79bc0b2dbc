"""Counting verdicts against truths."""

from __future__ import annotations

from typing import Any

import pytest

from harness.session.accuracy.score import Result, bands, by_traffic, matrix, score


def result(truth: str, said: str, confidence: float = 0.8, **more: Any) -> Result:
    outcomes = {"none": "passed", "harness": "inconclusive", "unknown": "inconclusive"}
    base: dict[str, Any] = {"visibility": "open", "outcome": outcomes.get(said, "failed")}
    return Result(
        "k", truth, outcomes.get(truth, "failed"), said, confidence=confidence, **(base | more)
    )


@pytest.mark.parametrize(
    ("one", "decided", "right"),
    [
        (result("server", "server"), True, True),
        (result("server", "client"), True, False),
        (result("server", "unknown"), False, False),
        (result("server", "server", outcome="blocked"), True, False),
        (result("harness", "none"), True, True),  # our own fault that we got over
        (result("device", "none"), True, False),
    ],
)
def test_right_and_decided(one: Result, decided: bool, right: bool) -> None:
    assert (one.decided, one.right) == (decided, right)


def test_the_numbers() -> None:
    found = score(
        [
            result("server", "server", 0.95),
            result("server", "client", 0.92),
            result("network", "unknown", 0.5),
            result("account", "account", 0.75),
            result("client", "client", trouble="it did not start"),
        ]
    )
    assert (found.trials, found.troubled, found.decided, found.right) == (4, 1, 3, 2)
    assert (found.right_share, found.decided_share) == (pytest.approx(2 / 3), 0.75)
    assert found.sure_and_wrong == 1
    assert ("server", "client", 1) in found.confusion
    assert ("0.9-1.0", 2, 1) in found.calibration


def test_nothing_measured_has_no_share() -> None:
    assert (score([]).right_share, score([]).decided_share) == (None, None)


def test_open_and_opaque_are_counted_apart() -> None:
    parts = by_traffic(
        [result("server", "server"), result("server", "unknown", visibility="opaque")]
    )
    assert {name: part.decided for name, part in parts.items()} == {"open": 1, "opaque": 0}


def test_the_matrix_has_the_truth_in_its_rows() -> None:
    lines = matrix(score([result("server", "client")] * 2 + [result("server", "server")]))
    assert lines[0].split() == ["truth", "\\", "said", "client", "server"]
    assert lines[1].split() == ["server", "2", "1"]


def test_right_by_confidence_leaves_empty_bands_out() -> None:
    part = score([result("server", "server", 0.95), result("server", "client", 0.7)])
    assert bands(part) == "0.7-0.8: 0/1, 0.9-1.0: 1/1"
