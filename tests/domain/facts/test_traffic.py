"""What an envelope says of itself."""

from __future__ import annotations

import pytest

from harness.domain.facts.traffic import Envelope


@pytest.mark.parametrize(
    ("envelope", "refuses", "name"),
    [
        (Envelope("app", 0), False, "app 0"),
        (Envelope("app", None), False, "app"),
        (Envelope("app", 8), True, "app 8"),
        (Envelope("standard", None, refused=True), True, "standard"),
    ],
)
def test_a_refusal_is_told_by_number_or_by_its_own_word(
    envelope: Envelope, refuses: bool, name: str
) -> None:
    assert (envelope.refuses, envelope.name) == (refuses, name)
