"""What several phones say together, for the page."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from harness.domain.verdict import Incident, Verdict
from harness.domain.vocabulary import Outcome, Party
from harness.reporting.phones_compared import compared
from harness.reporting.run_record import RunRecord, Try
from tests.session.jobs.working import verdict


def record(*verdicts: Verdict, incidents: tuple[Incident, ...] = ()) -> RunRecord:
    return RunRecord(Path(), {}, tuple(Try(one) for one in verdicts), incidents, {})


def failed(one: Verdict) -> Verdict:
    return dataclasses.replace(one, outcome=Outcome.FAILED, party=Party.SERVER)


def test_one_phone_compares_with_nobody() -> None:
    assert compared(record(verdict("a"), verdict("a", "followers"))) == ()


def test_phones_that_agree_and_phones_that_do_not() -> None:
    both = record(verdict("a"), verdict("b"))
    assert compared(both) == ("Yes: all phones of this run saw the same.",)

    odd = Incident("i", Party.SERVER, "s", "", "", (), odd_phone="a", statistics=("a failed 3",))
    told = compared(record(failed(verdict("a")), verdict("b"), incidents=(odd,)))
    assert told == (
        "a is the odd one out and was counted by itself, not against the service.",
        "a failed 3.",
        "Log-in did not work on a (1 of 2).",
    )
