"""Every recorded fault as a bare capture: who is named, and never too surely."""

from __future__ import annotations

import pytest

from harness.domain.vocabulary import Outcome, Party
from tests.attribution.build import verdict_of
from tests.attribution.recorded_row import Row
from tests.attribution.recorded_rows import ROWS


def _name(row: Row) -> str:
    return f"{row.number}-{row.name}"


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_a_recorded_fault_is_blamed_on_nobody_but_its_author(row: Row) -> None:
    verdict = verdict_of(*row.facts)
    assert verdict.party.value in row.parties, (verdict.rule, verdict.candidates)
    if row.outcome is not None:
        assert verdict.outcome.value == row.outcome
    if verdict.party is Party.HARNESS:
        assert verdict.outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("row", ROWS, ids=_name)
def test_one_witness_alone_is_never_sure(row: Row) -> None:
    verdict = verdict_of(*row.facts)
    alone = len(row.facts) == 1 and verdict.party in {Party.SERVER, Party.CLIENT}
    assert not alone or verdict.confidence < 0.9 or verdict.rule == "http_broken_by_app"
    assert abs(sum(entry.weight for entry in verdict.candidates) - 1.0) < 1e-9
    assert verdict.confidence >= 0.7 or verdict.next_control or verdict.party is Party.NONE
