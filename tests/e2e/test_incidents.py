"""Every incident × scenario × phone has its due outcome and party, through the real chain.

HARNESS_LAB_SEED draws another sample; `make prove` plays all incidents.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.incident_truths import PROFILES, ROWS, SCENARIOS, TRUTHS
from tests.e2e.lab import Lab, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

PHONES = dict(zip(PROFILES, ("sim", "sim-retail"), strict=True))
"""By profile: the phone of devices.yaml that has it."""


def wrong(incident: str, profile: str, scenario: str, verdict: dict[str, Any]) -> str | None:
    """What is not as due, in a sentence; None when all is."""
    due = TRUTHS[incident, scenario, profile]
    pair = (verdict["outcome"], verdict["party"])
    told = f"{incident}, {scenario} on {profile}: {pair} at {verdict['confidence']:.2f}"
    why = f" by {verdict['rule']}: {verdict['summary']}"
    if pair not in due.pairs:
        return f"{told}, due {due.pairs}{why}"
    if pair == due.pairs[0] and verdict["confidence"] < due.least:
        return f"{told}, due at least {due.least}{why}"
    return None


def play(lab: Lab, out: Path, incident: str) -> None:
    """All scenarios on both phones under the incident."""
    phones = [word for phone in PHONES.values() for word in ("--device", phone)]
    lab.harness(
        "run", *phones, "--incident", incident, "--allow-destructive", "--out", str(out),
        timeout=560,
    )  # fmt: skip
    made = {(one["device"]["name"], one["scenario"]): one for one in verdicts(out)}
    assert set(made) == {(phone, name) for phone in PHONES.values() for name in SCENARIOS}
    faults = [
        wrong(incident, profile, scenario, made[phone, scenario])
        for profile, phone in PHONES.items()
        for scenario in SCENARIOS
    ]
    assert [fault for fault in faults if fault] == []


def test_a_drawn_incident(lab: Lab, tmp_path: Path) -> None:
    draw = random.Random(os.environ.get("HARNESS_LAB_SEED") or "incident")
    play(lab, tmp_path / "out", draw.choice(sorted(set(ROWS) - {"none", "login-outage"})))


@pytest.mark.slow
@pytest.mark.parametrize("incident", ROWS)
def test_every_incident(lab: Lab, tmp_path: Path, incident: str) -> None:
    play(lab, tmp_path / "out", incident)
