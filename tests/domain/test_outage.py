"""Outages start, spread and end by what was looked at; what settled nothing changes nothing."""

import pytest

from harness.domain.outage import Change, ChangeKind, Look, Outage, follow
from harness.domain.vocabulary import Outcome, Party


def look(at: float, place: str = "a/login", outcome: str = "failed", party: str = "server") -> Look:
    phone, _, scenario = place.partition("/")
    blamed = Party.NONE if outcome == "passed" else Party(party)
    return Look(at, phone, scenario, Outcome(outcome), blamed, "It fails.")


def told(changes: list[Change]) -> list[tuple[str, float]]:
    return [(str(change.kind), change.at) for change in changes]


def rounds(*each: list[Look]) -> tuple[list[Outage], list[Change]]:
    outages: list[Outage] = []
    changes: list[Change] = []
    for looks in each:
        outages, new = follow(outages, looks, {})
        changes += new
    return outages, changes


def test_an_outage_starts_spreads_and_ends_when_all_is_back() -> None:
    outages, changes = rounds(
        [look(1), look(2, "b/login", "passed")],
        [look(11), look(12, "b/login")],
        [look(21, outcome="passed"), look(22, "b/login")],
        [look(31, outcome="passed"), look(32, "b/login", "passed")],
    )

    assert told(changes) == [("started", 1), ("spread", 12), ("ended", 32)]
    assert [(o.started, o.ended, o.failing) for o in outages] == [(1, 32, ())]
    assert outages[0].touched == (("a", "login"), ("b", "login"))


def test_coming_back_for_one_look_and_failing_again_is_no_new_spread() -> None:
    _, changes = rounds([look(1), look(2, "b/login")], [look(11, outcome="passed")], [look(21)])

    assert told(changes) == [("started", 1), ("spread", 2)]


def test_after_the_end_the_next_failure_is_another_outage() -> None:
    outages, changes = rounds([look(1)], [look(2, outcome="passed")], [look(3)])

    assert told(changes) == [("started", 1), ("ended", 2), ("started", 3)]
    assert len({outage.id for outage in outages}) == 2


@pytest.mark.parametrize(
    ("outcome", "party"),
    [
        ("inconclusive", "unknown"),
        ("not_run", "none"),
        ("blocked", "account"),
        ("failed", "harness"),
    ],
)
def test_what_settles_nothing_neither_starts_nor_ends(outcome: str, party: str) -> None:
    assert rounds([look(1, outcome=outcome, party=party)]) == ([], [])
    _, changes = rounds([look(1)], [look(2, outcome=outcome, party=party)])
    assert told(changes) == [("started", 1)]


def test_another_party_is_another_outage_and_nothing_is_told_to_be_back() -> None:
    outages, changes = rounds([look(1)], [look(2, party="network")])

    assert told(changes) == [("started", 1), ("started", 2)]
    assert [(o.party, o.ended) for o in outages] == [(Party.SERVER, 2), (Party.NETWORK, None)]


def test_each_phone_has_its_own_trouble() -> None:
    outages, changes = rounds(
        [look(1, party="device"), look(2, "a/followers", party="device")],
        [look(3, "b/login", party="device")],
    )

    assert told(changes) == [("started", 1), ("spread", 2), ("started", 3)]
    assert len(outages) == 2


def test_the_start_says_when_it_was_last_seen_to_work() -> None:
    outages, _ = follow([], [look(9)], {("a", "login"): 4.0})

    assert (outages[0].last_good, outages[0].summary) == (4.0, "It fails.")
    assert ChangeKind.STARTED == "started"
