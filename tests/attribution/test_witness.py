"""Witnesses read from a case directly."""

from __future__ import annotations

import pytest

from harness.attribution.attempt import from_connection, from_exchange
from harness.attribution.case import Case, Seen, Witnesses
from harness.attribution.matching import Matcher
from harness.attribution.tally import Tally
from harness.attribution.witness import served_before, usual_wait
from harness.domain.facts.control import ControlMade
from tests.attribution.build import GENERIC, connection, exchange, observe

MATCHER = Matcher(GENERIC)
TARGET = "GET origin.example/api/items"


def case(*controls: ControlMade) -> Case:
    made = tuple(Seen(f"c-{number}", 0.0, 0.0, each) for number, each in enumerate(controls))
    return Case(MATCHER, Tally(), Witnesses(controls=made))


@pytest.mark.parametrize(
    ("controls", "usual"),
    [
        ((), None),
        ((ControlMade("baseline", "ok", "s", TARGET, usual=1.5),), 1.5),
        ((ControlMade("baseline", "failed", "s", TARGET),), None),
        ((ControlMade("baseline", "ok", "s", "GET other.example/", usual=1.5),), None),
    ],
)
def test_what_earlier_runs_say_of_a_call(
    controls: tuple[ControlMade, ...], usual: float | None
) -> None:
    facts = exchange()
    (seen,) = observe(facts)
    attempt = from_exchange(seen, facts, MATCHER, 9.0)
    assert usual_wait(case(*controls), attempt) == usual
    assert served_before(case(*controls), attempt) == (usual is not None)


def test_a_connection_is_no_call() -> None:
    facts = connection()
    (seen,) = observe(facts)
    assert usual_wait(case(), from_connection(seen, facts, MATCHER, 9.0)) is None
