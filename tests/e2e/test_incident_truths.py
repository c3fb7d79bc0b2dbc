"""The table of truths fits the incidents, the vocabularies and the contract."""

from __future__ import annotations

import pytest

from harness.domain.vocabulary import Outcome, Party
from harness.simphone.service.incidents import INCIDENTS
from tests.e2e.incident_truths import PROFILES, ROWS, SCENARIOS, TRUTHS, Due


def test_every_incident_has_its_rows_and_no_other_has() -> None:
    assert set(ROWS) == set(INCIDENTS)
    assert len(TRUTHS) == len(INCIDENTS) * len(SCENARIOS) * len(PROFILES)


@pytest.mark.parametrize("key", sorted(TRUTHS), ids="/".join)
def test_a_row_speaks_the_contracts_words(key: tuple[str, str, str]) -> None:
    due = TRUTHS[key]
    assert due.pairs
    for outcome, party in due.pairs:
        assert Party(party) is not Party.HARNESS
        assert (Outcome(outcome) is Outcome.PASSED) == (Party(party) is Party.NONE)


def parties(due: Due) -> set[str]:
    return {party for _, party in due.pairs}


def test_no_row_of_a_server_incident_blames_anyone_else() -> None:
    for (incident, _, _), due in TRUTHS.items():
        if incident != "this-phone-only":
            assert parties(due) <= {"none", "server", "unknown"}, incident
        else:
            assert parties(due) <= {"none", "device"}


def test_offline_content_plays_in_every_incident() -> None:
    for (_, scenario, _), due in TRUTHS.items():
        if scenario == "offline_content":
            assert due.pairs[0] == ("passed", "none")
