"""Bare captures: the whole first, then each failed exchange; endless ones in little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from harness.attribution.judge_capture import MOST_LISTED, judge_capture
from harness.domain.facts.capture import ProxyLog
from harness.domain.facts.device import AppCrash, DeviceConditions
from harness.domain.observation import Observation
from harness.domain.vocabulary import Outcome, Party, Visibility
from tests.attribution.build import (
    GENERIC,
    STARTED,
    STOPPED,
    TIKTOK,
    capture,
    connection,
    exchange,
    failed,
    no_client_tls,
    no_connect,
    observe,
    pending,
    probe,
    verdict_of,
)
from tests.attribution.log_in_facts import CORE

TRUST = "The client does not trust the proxy's certificate for x (tlsv1 alert unknown ca)"
LEFT = "Client disconnected."
REFUSED = "[Errno 111] Connect call failed"


def test_the_whole_comes_first_then_each_failed_exchange() -> None:
    made = capture(exchange(), exchange(2.0, status=503), exchange(3.0, host="b.example"))
    assert (made.whole.scenario, made.whole.step) == (None, None)
    assert made.whole.party is Party.SERVER
    assert [verdict.step for verdict in made.exchanges] == ["GET origin.example/api/items"]
    assert (made.failed, made.seen) == (1, 3)
    assert made.verdicts[0] is made.whole
    assert made.exchanges[0].started is not None


def test_a_connection_that_failed_is_listed_by_its_host() -> None:
    made = capture(no_client_tls(TRUST))
    assert [verdict.step for verdict in made.exchanges] == ["CONNECT origin.example:443"]
    assert made.whole.visibility is Visibility.OPAQUE


def test_a_connection_and_the_exchange_on_it_fail_once() -> None:
    text = "Certificate verify failed: hostname mismatch"
    line = connection(server_tls_done=None, server_tls_error=text, client="c")
    made = capture(line, failed(text, client="c"))
    assert len(made.exchanges) == 1


def test_an_early_close_below_explains_an_abandoned_call_above() -> None:
    line = connection(origin_closed_early=True, client="c", closed=5.0)
    verdict = verdict_of(line, failed(LEFT, wait=2.0, client="c", client_open=False))
    assert (verdict.party, verdict.rule) == (Party.UNKNOWN, "tls_server_handshake")
    assert verdict.candidates[0].party is Party.SERVER


def test_a_client_certificate_that_we_lack_is_ours() -> None:
    alert = "[('SSL routines', '', 'tlsv13 alert certificate required')]"
    line = connection(alert_after_handshake=alert, client="c", closed=5.0)
    verdict = verdict_of(line, failed("server closed connection", client="c"))
    assert verdict.party is Party.HARNESS


def test_a_malformed_head_is_told_only_by_the_log() -> None:
    line = connection(client="c", closed=1.6)
    told = ProxyLog("info", "127.0.0.1:9: Invalid header line: b'nonsense'", "c")
    verdict = verdict_of((1.5, told), (1.6, line))
    assert (verdict.party, verdict.rule) == (Party.CLIENT, "http_broken_by_app")


def test_an_origins_wish_for_a_certificate_is_ours_to_meet() -> None:
    line = connection(origin_alert="tlsv13 alert certificate required", client="c", closed=5.0)
    assert verdict_of(line).party is Party.HARNESS


def test_different_parties_leave_the_whole_undecided() -> None:
    made = capture(exchange(status=503), failed("Received x from client, refusing to", 2.0))
    assert {verdict.party for verdict in made.exchanges} == {Party.SERVER, Party.CLIENT}
    assert (made.whole.outcome, made.whole.party) == (Outcome.FAILED, Party.UNKNOWN)


def test_one_party_that_outweighs_the_others_is_named() -> None:
    many = [exchange(float(n), host=f"h{n}.example", status=503) for n in range(1, 9)]
    verdict = verdict_of(*many, exchange(20.0, host="z.example", status=401))
    assert verdict.party is Party.SERVER


def test_a_refusal_of_rights_that_a_renewal_mended_does_not_count() -> None:
    made = capture(exchange(status=401), exchange(2.0))
    assert made.whole.outcome is Outcome.PASSED
    assert any("mended by a retry" in note for note in made.whole.notes)
    host = capture(no_client_tls("The client disconnected during the handshake."), exchange(2.0))
    assert host.whole.outcome is Outcome.PASSED


def test_a_retry_that_was_answered_is_a_note_and_a_later_failure_counts() -> None:
    mended = capture(exchange(status=503), exchange(2.0))
    assert (mended.whole.outcome, len(mended.exchanges)) == (Outcome.PASSED, 1)
    assert verdict_of(exchange(), exchange(2.0, status=503)).party is Party.SERVER
    elsewhere = verdict_of(exchange(status=503), exchange(2.0, host="other.example"))
    assert elsewhere.party is Party.SERVER


def test_a_host_that_was_passed_through_at_last_is_no_loss() -> None:
    tunnel = connection(5.0, passed_through=True, closed=9.0, bytes_down=9000)
    assert verdict_of(no_client_tls(TRUST), tunnel).outcome is Outcome.PASSED


def test_pictures_that_are_missing_or_scrolled_past_are_no_failure() -> None:
    def reset(path: str) -> Outcome:
        gone = failed(
            "stream reset by client (CANCEL)", reset_by="app", server_open=True, path=path
        )
        return verdict_of(gone, exchange(2.0)).outcome

    assert reset("/a.webp") is Outcome.PASSED
    assert reset("/pictures/1") is Outcome.PASSED
    assert reset("/v1/other") is Outcome.FAILED
    assert verdict_of(exchange(status=404, path="/a.png"), exchange(2.0)).outcome is Outcome.PASSED


def test_hosts_of_other_apps_do_not_count_where_the_app_is_known() -> None:
    known = exchange(2.0, host="api16-core-c-useast1a.tiktokv.com")
    other = exchange(host="other.example", status=503)
    assert verdict_of(other, known, profile=TIKTOK).outcome is Outcome.PASSED
    assert verdict_of(other, profile=TIKTOK).party is Party.SERVER


def test_values_of_different_answers_are_compared() -> None:
    core = "api16-core-c-useast1a.tiktokv.com"
    profile = exchange(
        host=core,
        path="/aweme/v1/user/profile/self/",
        values={"follower_count": 1204, "handle": "a"},
    )
    empty = exchange(
        2.0, host=core, path="/aweme/v1/user/follower/list/", values={"total": 0, "followers": 0}
    )
    verdict = verdict_of(profile, empty, profile=TIKTOK)
    assert (verdict.party, verdict.rule) == (Party.SERVER, "envelope_value_zero")


@pytest.mark.parametrize(("total", "party"), [(1284, Party.SERVER), (0, Party.NONE)])
def test_a_list_speaks_against_an_own_profile_that_says_nothing(total: int, party: Party) -> None:
    core = "api16-core-c-useast1a.tiktokv.com"
    profile = exchange(
        host=core,
        path="/aweme/v1/user/profile/self/",
        values={"follower_count": 0, "handle": "a"},
    )
    listed = exchange(
        2.0,
        host=core,
        path="/aweme/v1/user/follower/list/",
        values={"total": total, "followers": min(total, 20)},
    )
    verdict = verdict_of(profile, listed, profile=TIKTOK)
    assert verdict.party is party
    assert verdict.confidence < 0.9  # the list may be another user's


def test_a_log_line_tells_that_the_origin_wants_a_certificate() -> None:
    line = (1.1, ProxyLog("warning", "TLS Error: [… 'tlsv13 alert certificate required']", "c1.0"))
    assert verdict_of(line, failed("server closed connection")).party is Party.HARNESS


def test_background_hosts_of_the_profile_do_not_count() -> None:
    made = capture(
        exchange(host="mon.tiktokv.com", status=500),
        exchange(2.0, host="api16-core-c-useast1a.tiktokv.com"),
        profile=TIKTOK,
    )
    assert made.whole.outcome is Outcome.PASSED
    assert len(made.exchanges) == 1


def test_a_call_under_way_at_a_proper_end_is_no_failure_beside_answered_ones() -> None:
    waiting = exchange(3.0, ended=None, head=None, status=None)
    assert verdict_of(exchange(), (3.5, waiting)).outcome is Outcome.PASSED
    assert verdict_of((3.5, waiting)).party is Party.HARNESS


def test_a_capture_torn_off_in_a_call_is_ours() -> None:
    waiting = exchange(3.0, ended=None, head=None, status=None)
    lines = observe((0.0, STARTED), exchange(), (3.5, waiting))
    verdict = judge_capture(lines, GENERIC).whole
    assert (verdict.outcome, verdict.party) == (Outcome.INCONCLUSIVE, Party.HARNESS)


def test_a_pending_connection_counts_by_its_age() -> None:
    line = connection(connect_done=None, hello=None, server_tls_begun=None, client_tls_done=None)
    first = observe((0.0, STARTED), (2.5, line))
    lines = [first[0], pending(first[1]), *observe((9.0, STOPPED))]
    assert judge_capture(lines, GENERIC).whole.rule == "tcp_unanswered"
    short = [first[0], pending(first[1]), *observe((1.1, STOPPED))]
    assert judge_capture(short, GENERIC).exchanges == ()


def test_the_phone_and_the_process_come_before_single_exchanges() -> None:
    crash = (2.0, AppCrash("any.app", "NPE"))
    assert verdict_of(exchange(), crash).party is Party.CLIENT
    airplane = (0.5, DeviceConditions(airplane=True))
    assert verdict_of(airplane).party is Party.DEVICE


def test_probes_are_found_by_host_and_port() -> None:
    here = verdict_of(exchange(status=503), probe())
    elsewhere = verdict_of(exchange(status=503), probe(host="other.example"))
    assert here.confidence > elsewhere.confidence


def test_passed_through_traffic_is_said_to_be_opaque() -> None:
    tunnel = connection(passed_through=True, closed=2.0, bytes_down=9)
    assert verdict_of(tunnel).visibility is Visibility.OPAQUE
    assert verdict_of(tunnel, exchange(2.0)).visibility is Visibility.PARTLY_OPAQUE
    assert judge_capture([], GENERIC).whole.visibility is Visibility.NOT_CAPTURED


def _endless(count: int) -> Iterator[Observation]:
    yield from observe((0.0, STARTED))
    for number in range(count):
        begun = float(number)
        status = 503 if number % 3 == 0 else 200
        facts = exchange(begun, host=f"h{number % 20000}.example", status=status)
        yield Observation(f"e{number}", begun, begun, "proxy", "h", "exchange", facts)


def test_an_endless_capture_needs_little_memory_and_lists_a_thousand() -> None:
    tracemalloc.start()
    made = judge_capture(_endless(9000), GENERIC)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.failed == 3000
    assert len(made.exchanges) == MOST_LISTED
    assert any("2000 further" in note for note in made.whole.notes)
    assert peak < 60e6


def test_nothing_seen_failing_is_less_than_certain() -> None:
    verdict = verdict_of(exchange())
    assert (verdict.party, verdict.outcome) == (Party.NONE, Outcome.PASSED)
    assert 0.8 <= verdict.confidence < 0.9


def test_a_slow_connect_that_carried_nothing_is_passed_over() -> None:
    line = connection(client="c", connect_begun=None, connect_done=None, closed=9.0)
    verdict = verdict_of(line, exchange(client="c", head=3.5, ended=3.6))
    assert verdict.rule == "capture_clean"


def test_a_call_that_fails_again_and_again_is_no_hiccup() -> None:
    calls = [exchange(float(n), status=503 if n % 2 else 200) for n in range(1, 13)]
    assert verdict_of(*calls).party is Party.SERVER
    assert verdict_of(*calls[:4]).outcome is Outcome.PASSED


CDN, LOG = "v16m.tiktokcdn.com", "log19-normal-useast1a.tiktokv.com"


def video(begun: float, **changes: Any) -> Any:
    cut = "HTTP/1 protocol error: peer closed connection without sending complete message body"
    base: dict[str, Any] = {
        "host": CDN,
        "path": "/video/1.mp4",
        "status": 200,
        "head": begun + 0.02,
    }
    return failed(cut, begun, **(base | changes))


@pytest.mark.parametrize(
    ("facts", "party"),
    [
        ((video(1.0), video(2.0)), Party.SERVER),
        ((video(1.0),), Party.NONE),
        ((video(1.0), video(2.0, path="/video/2.mp4")), Party.NONE),
        ((video(1.0), video(2.0), exchange(3.0, host=CDN, path="/video/1.mp4")), Party.NONE),
        ((video(1.0, host=LOG), video(2.0, host=LOG)), Party.NONE),
        ((no_connect("[Errno 111] Connect call failed", host=CDN),), Party.NONE),
    ],
)
def test_what_a_person_sees_counts_once_it_fails_again(
    facts: tuple[Any, ...], party: Party
) -> None:
    assert capture(*facts, exchange(0.5, host=CORE), profile=TIKTOK).whole.party is party


def _turns(*statuses: int) -> list[Any]:
    return [exchange(float(number), status=status) for number, status in enumerate(statuses, 1)]


@pytest.mark.parametrize(
    ("statuses", "party"),
    [
        ((503, 503, 200, 200), Party.NONE),
        ((200, 503, 200, 200, 503, 200), Party.NONE),
        ((503, 200, 503, 200, 200, 503, 200), Party.SERVER),  # it comes and goes
    ],
)
def test_what_breaks_anew_time_and_again_is_no_hiccup(
    statuses: tuple[int, ...], party: Party
) -> None:
    assert capture(*_turns(*statuses)).whole.party is party


VIDEOS = "v16.tiktokcdn.com"


@pytest.mark.parametrize(
    ("facts", "party"),
    [
        ((no_connect(REFUSED, 2.0, host=VIDEOS),), Party.NONE),
        (
            (no_connect(REFUSED, 2.0, host=VIDEOS), no_connect(REFUSED, 3.0, host=VIDEOS)),
            Party.SERVER,
        ),
        (
            (
                no_connect(REFUSED, 2.0, host=VIDEOS),
                no_connect(REFUSED, 3.0, host=VIDEOS),
                exchange(4.0, host="v19.tiktokcdn.com"),
            ),
            Party.NONE,
        ),
    ],
    ids=["once", "twice", "another one gave it"],
)
def test_media_that_cannot_be_reached_are_missed(facts: tuple[Any, ...], party: Party) -> None:
    asked = exchange(1.0, host="api16-normal-c-useast1a.tiktokv.com", path="/aweme/v1/feed/")
    assert capture(asked, *facts, profile=TIKTOK).whole.party is party
