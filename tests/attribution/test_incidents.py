"""One outage is one incident."""

from __future__ import annotations

import dataclasses

from harness.attribution.incidents import group_incidents
from harness.domain.verdict import DeviceLabel, Verdict
from harness.domain.vocabulary import Party
from tests.attribution.build import TIKTOK, capture, exchange, judged
from tests.attribution.log_in_facts import API, CORE, FEED, login

EU = "api22-normal-c-alisg.tiktokv.com"


def at(verdict: Verdict, started: str, ended: str, name: str) -> Verdict:
    device = DeviceLabel(name)
    return dataclasses.replace(
        verdict, started=started, ended=ended, device=device, id=f"{name}-{started}"
    )


DOWN = judged(login(status=503), FEED)


def test_failures_of_one_cause_on_several_phones_are_one() -> None:
    first = at(DOWN, "2026-11-01T10:00:00Z", "2026-11-01T10:00:30Z", "a")
    second = at(DOWN, "2026-11-01T10:05:00Z", "2026-11-01T10:05:30Z", "b")
    (incident,) = group_incidents([second, first], TIKTOK)
    assert incident.party is Party.SERVER
    assert (incident.first_seen, incident.last_seen) == (first.started, second.ended)
    assert incident.verdicts == (first.id, second.id)
    assert "2 times" in incident.summary


def test_a_long_quiet_time_ends_an_incident() -> None:
    first = at(DOWN, "2026-11-01T10:00:00Z", "2026-11-01T10:00:30Z", "a")
    later = at(DOWN, "2026-11-01T15:00:00Z", "2026-11-01T15:00:30Z", "a")
    found = group_incidents([first, later], TIKTOK)
    assert [entry.verdicts for entry in found] == [(first.id,), (later.id,)]
    assert len({entry.id for entry in found}) == 2


def test_what_went_well_is_no_incident() -> None:
    assert group_incidents([judged(login(), result="passed")]) == []
    assert group_incidents([]) == []


def test_exchanges_of_a_capture_are_grouped_by_region() -> None:
    made = capture(
        exchange(host=API, status=503),
        exchange(2.0, host=CORE, status=500),
        exchange(3.0, host=EU, status=502),
        profile=TIKTOK,
    )
    found = group_incidents(made.verdicts, TIKTOK)
    assert {entry.region for entry in found} == {"useast1a", "alisg"}
    one_host = next(entry for entry in found if entry.region == "alisg")
    assert one_host.host == EU
    assert made.whole.id not in {name for entry in found for name in entry.verdicts}


def test_other_parties_are_grouped_by_what_they_have_in_common() -> None:
    unsure = capture(exchange(status=401), exchange(2.0, host="b.example", status=401))
    assert len(group_incidents(unsure.verdicts)) == 2
    network = capture(
        exchange(status=407, scheme="http"),
        exchange(2.0, host="b.example", status=407, scheme="http"),
    )
    assert len(group_incidents(network.verdicts)) == 1
    phones = [
        dataclasses.replace(DOWN, party=Party.ACCOUNT, id=name, device=DeviceLabel(name))
        for name in ("a", "b")
    ]
    assert len(group_incidents(phones)) == 2
    assert len(group_incidents([dataclasses.replace(phones[0], device=None)])) == 1
