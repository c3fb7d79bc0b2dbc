"""A phone that fails alone is set apart; an outage on all phones is nobody's oddity."""

from __future__ import annotations

import pytest

from harness.attribution.incidents import group_incidents
from harness.attribution.odd_phone import find_odd_phones, with_odd_phones_apart
from harness.domain.verdict import Candidate, DeviceLabel, Verdict
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility

SCENARIOS = ("offline_content", "followers", "login", "reinstall")


def verdict(
    phone: str | None, scenario: str, party: Party = Party.NONE,
    outcome: Outcome | None = None, visibility: Visibility = Visibility.OPAQUE,
) -> Verdict:  # fmt: skip
    usual = Outcome.PASSED if party is Party.NONE else Outcome.FAILED
    return Verdict(
        id=f"{phone}-{scenario}", scenario=scenario, step=None, outcome=outcome or usual,
        party=party, candidates=(Candidate(party, 1.0),), confidence=0.8, layer=Layer.TCP,
        rule="r", rules_version="1", summary="It is the service.", advice=(), evidence=(),
        conflicts=(), controls=(), visibility=visibility,
        device=DeviceLabel(phone) if phone else None,
        started="2026-11-01T10:00:00Z", ended="2026-11-01T10:00:30Z",
    )  # fmt: skip


def fleet(
    bad: Party, visibility: Visibility = Visibility.OPAQUE, outage: str | None = None
) -> list[Verdict]:
    """p1 fails everything by `bad`; the peers only what the `outage` hits."""
    rows = [verdict("p1", name, bad, visibility=visibility) for name in SCENARIOS]
    for phone in ("p2", "p3", "p4"):
        rows += [
            verdict(phone, name, Party.SERVER if name == outage else Party.NONE)
            for name in SCENARIOS
        ]
    return rows


@pytest.mark.parametrize("bad", [Party.SERVER, Party.DEVICE, Party.UNKNOWN, Party.HARNESS])
def test_a_phone_that_fails_everything_alone_is_named(bad: Party) -> None:
    (odd,) = find_odd_phones(fleet(bad))

    assert (odd.phone, odd.failed, odd.tried, odd.peers_failed) == ("p1", 4, 4, 0)


def test_an_outage_that_all_phones_see_makes_none_odd() -> None:
    rows = [verdict(p, name, Party.SERVER) for p in ("a", "b", "c") for name in SCENARIOS]

    assert find_odd_phones(rows) == ()


def test_beside_an_outage_the_odd_phone_is_told_by_what_only_it_fails() -> None:
    (odd,) = find_odd_phones(fleet(Party.DEVICE, outage="login"))
    assert (odd.phone, odd.failed, odd.peers_failed) == ("p1", 4, 0)

    (same,) = find_odd_phones(fleet(Party.SERVER, outage="login"))
    assert (same.failed, same.tried) == (3, 4)


def test_where_nobody_is_named_an_outage_of_all_is_no_difference() -> None:
    (odd,) = find_odd_phones(fleet(Party.UNKNOWN, outage="login"))

    assert odd.failed == 3


def test_what_was_only_concluded_from_outside_blames_the_service_no_more() -> None:
    rows = fleet(Party.SERVER)
    changed = with_odd_phones_apart(rows, find_odd_phones(rows))

    mine = [row for row in changed if row.device == DeviceLabel("p1")]
    assert {row.party for row in mine} == {Party.UNKNOWN}
    assert sum(one.weight for one in mine[0].candidates) == pytest.approx(1.0)
    assert mine[0].candidates[0].party is Party.DEVICE
    assert (mine[0].outcome, mine[0].next_control) == (Outcome.FAILED, "second_phone")
    assert "p1 failed 4 of 4" in mine[0].conflicts[0].statement
    assert changed[4:] == rows[4:]


@pytest.mark.parametrize(
    ("bad", "visibility"),
    [(Party.SERVER, Visibility.OPEN), (Party.DEVICE, Visibility.OPAQUE)],
    ids=["what was read stays as it was read", "who is its own is its own"],
)
def test_other_verdicts_keep_their_party_and_get_the_note(
    bad: Party, visibility: Visibility
) -> None:
    rows = fleet(bad, visibility)
    changed = with_odd_phones_apart(rows, find_odd_phones(rows))

    assert [row.party for row in changed] == [row.party for row in rows]
    assert changed[0].notes[0].startswith("The odd one out: p1 failed 4 of 4 where")


def test_the_odd_phone_is_left_out_of_the_incident_of_the_service() -> None:
    rows = fleet(Party.SERVER, Visibility.OPEN, outage="login")
    odd = {one.phone: str(one) for one in find_odd_phones(rows)}

    found = group_incidents(rows, odd=odd)

    assert [(one.odd_phone, one.phones) for one in found] == [
        ("p1", ("p1",)), (None, ("p2", "p3", "p4")),
    ]  # fmt: skip
    assert found[0].statistics == (odd["p1"],)
    assert found[1].statistics == ()


def test_what_has_no_phone_or_no_peer_tells_nothing() -> None:
    alone = [verdict("p1", f"s{number}", Party.SERVER) for number in range(4)]
    peers = [verdict(p, "login") for p in ("p2", "p3")]
    skipped = verdict("p2", "s1", outcome=Outcome.NOT_RUN)

    assert find_odd_phones([*alone, *peers, skipped, verdict(None, "login", Party.SERVER)]) == ()
    assert with_odd_phones_apart([skipped], ()) == [skipped]
