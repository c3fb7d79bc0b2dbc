"""The advice to keep the app names what deleting it costs, where that was tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.attribution.known_cost import with_known_cost
from harness.attribution.texts import KEEP_THE_APP
from harness.domain.facts.removal import LossesFound
from harness.domain.observation import Observation
from harness.domain.verdict import DeviceLabel, Verdict
from tests.attribution.build import exchange, judged, observe

FOUND = LossesFound("uninstall_install", "done", {"draft": 4}, cost="4 drafts")


def outage(device: str | None = "sim") -> Verdict:
    made = judged(exchange(status=503))
    label = DeviceLabel(device) if device else None
    return replace(made, device=label, advice=(KEEP_THE_APP, "Wait."))


def seen(facts: Any, device: str = "sim") -> Observation:
    (line,) = observe((1.0, facts))
    return replace(line, device=device)


def test_the_cost_takes_the_place_of_the_general_sentence() -> None:
    (told,) = with_known_cost([outage()], [seen(exchange()), seen(FOUND)])
    assert "costs 4 drafts" in told.advice[0]
    assert told.advice[1] == "Wait."


@pytest.mark.parametrize(
    ("verdict", "facts"),
    [
        (outage("other"), FOUND),
        (outage(None), FOUND),
        (replace(outage(), advice=("Wait.",)), FOUND),
        (outage(), replace(FOUND, cost="")),
        (outage(), replace(FOUND, arm="keep_data")),
        (outage(), replace(FOUND, result="refused")),
    ],
    ids=["other phone", "no phone", "other advice", "cost nothing", "kept", "refused"],
)
def test_what_was_not_shown_there_is_not_said(verdict: Verdict, facts: LossesFound) -> None:
    assert with_known_cost([verdict], [seen(facts)]) == [verdict]
