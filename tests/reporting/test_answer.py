"""The answer at a glance: who, since when, do, do not, how sure; one an incident."""

from pathlib import Path
from typing import Any

import pytest

from harness.domain.verdict import Candidate, Incident, Verdict
from harness.domain.vocabulary import Outcome, Party
from harness.reporting.answer import KEEP_THE_APP, advice_of, answers, in_two
from harness.reporting.run_record import RunRecord, Try
from tests.reporting.records import verdict


def record(*verdicts: Verdict, incidents: tuple[Incident, ...] = (), **more: Any) -> RunRecord:
    tries = tuple(Try(one) for one in verdicts)
    return RunRecord(Path("run"), {}, tries, incidents, {}, **more)


def test_one_outage_on_two_phones_is_one_answer_with_the_earliest_moment() -> None:
    first, second = verdict(id="a", confidence=0.8), verdict(id="b", scenario="followers")
    outage = Incident("i", Party.SERVER, "s", "2026-01-01T09:00:00Z", "x", ("a", "b"))

    (lead,) = answers(record(first, second, incidents=(outage,), zones={"sim": "Europe/Paris"}))

    assert lead.since == "10:00 on 1 January (Paris time)"
    assert (lead.who, lead.percent, lead.sure) == ("the service", 95, "almost certain")
    assert lead.where == ("log-in on Pixel 8", "followers on Pixel 8")
    assert lead.anchor == "v-b"


def test_what_failed_leads_before_what_is_open() -> None:
    gate = verdict(id="g", outcome=Outcome.BLOCKED, party=Party.ACCOUNT, summary="A captcha.")
    leads = answers(record(gate, verdict(id="f", confidence=0.6)))

    assert [lead.anchor for lead in leads] == ["v-f", "v-g"]


@pytest.mark.parametrize(
    ("advice", "do", "do_not"),
    [
        (
            ("Do not log out and do not change the password; wait and try again later.",),
            ("Wait and try again later.",),
            ("Do not log out and do not change the password.",),
        ),
        ((), ("Wait and try again later.",), (KEEP_THE_APP,)),
        (("Change nothing on the phone yet.",), ("Wait and try again later.",), None),
    ],
)
def test_advice_is_split_and_neither_side_is_empty(
    advice: tuple[str, ...], do: tuple[str, ...], do_not: tuple[str, ...] | None
) -> None:
    found = advice_of(verdict(advice=advice))

    assert found == (do, do_not or advice)


def test_a_verdict_without_a_party_names_who_it_could_be() -> None:
    open_one = verdict(
        outcome=Outcome.INCONCLUSIVE, party=Party.UNKNOWN, confidence=0.4,
        candidates=(
            Candidate(Party.SERVER, 0.6),
            Candidate(Party.NETWORK, 0.3),
            Candidate(Party.DEVICE, 0.1),
        ),
    )  # fmt: skip

    (lead,) = answers(record(open_one))

    assert lead.could_be == "the service 60 %, the network 30 %"
    assert lead.tone == "open"


def test_in_health_the_answer_says_what_works() -> None:
    fine: dict[str, Any] = {
        "outcome": Outcome.PASSED,
        "party": Party.NONE,
        "summary": "Log-in works.",
    }

    (one,) = answers(record(verdict(**fine)))
    (two,) = answers(record(verdict(**fine), verdict(id="v-2", scenario="followers", **fine)))

    assert (one.sentence, one.tone) == ("Log-in works.", "good")
    assert two.sentence == "Everything that was tried works: log-in, followers."


def test_nothing_run_is_not_health() -> None:
    skipped = verdict(outcome=Outcome.NOT_RUN, party=Party.NONE, summary="Nobody may log out.")

    (lead,) = answers(record(skipped))

    assert lead.tone == "open"
    assert lead.who == "nothing was tried"
    assert answers(record()) == []


@pytest.mark.parametrize(
    ("summary", "parts"),
    [
        ("A fails; your phone is fine.", ("A fails.", "Your phone is fine.")),
        ("A fails.", ("A fails.", "")),
    ],
)
def test_in_two(summary: str, parts: tuple[str, str]) -> None:
    assert in_two(summary) == parts
