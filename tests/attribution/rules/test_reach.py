"""Look-ups that fail: what a second resolver changes."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.facts.control import ControlMade
from tests.attribution.build import no_connect, probe, site, verdict_of

NO_NAME = "[Errno -2] Name or service not known"
NO_ANSWER = "[Errno -3] Temporary failure in name resolution"


def second(result: str, host: str = "origin.example") -> ControlMade:
    return ControlMade("second_resolver", result, "The second resolver.", f"{host}:443")


@pytest.mark.parametrize(
    ("text", "facts", "party"),
    [
        (NO_NAME, (second("ok"),), "network"),
        (NO_NAME, (second("failed"), site("ok")), "server"),
        (NO_NAME, (second("not_made"), site("ok")), "server"),
        (NO_NAME, (second("ok", "other.example"), site("ok")), "server"),
        (NO_ANSWER, (second("ok"),), "network"),
        (NO_ANSWER, (second("failed"),), "server"),
        (NO_ANSWER, (second("failed"), site("ok")), "server"),
        (NO_ANSWER, (second("not_made"),), "network"),
        (NO_ANSWER, (site("ok"),), "server"),
    ],
)
def test_a_second_resolver_tells_a_filter_from_a_dead_name(
    text: str, facts: tuple[Any, ...], party: str
) -> None:
    verdict = verdict_of(no_connect(text), probe(stage="dns", why="no"), *facts)
    assert verdict.party.value == party, (verdict.rule, verdict.candidates)
