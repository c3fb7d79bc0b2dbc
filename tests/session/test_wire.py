"""Gates and meanings in what the service answered."""

from __future__ import annotations

import pytest

from harness.session.wire import gate_on_wire, meaning_of
from tests.session.traffic import PROFILE, exchange, seen


@pytest.mark.parametrize(
    ("code", "family", "reason"),
    [(7, "passport", "rate_limited"), (1009, "passport", None), (0, "passport", None),
     (None, "passport", None), (1105, "app", None)],
)  # fmt: skip
def test_gates_on_the_wire(code: int | None, family: str, reason: str | None) -> None:
    gate = gate_on_wire(PROFILE, [seen("exchange", exchange(code, family))])

    assert (gate.meaning if gate else None) == reason


def test_meanings_of_codes() -> None:
    meaning = meaning_of(PROFILE, exchange(1009))

    assert meaning is not None
    assert meaning.meaning == "wrong_password"
    assert meaning_of(PROFILE, exchange(424242)) is None
