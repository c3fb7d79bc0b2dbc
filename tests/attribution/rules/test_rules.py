"""Invariants over all rules, and one case at least for each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.attribution.judge_capture import judge_capture
from harness.attribution.rule import Rule
from harness.attribution.table import TABLE
from harness.domain.facts.capture import CaptureGap, ProxyHeartbeat, ProxyLog
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import (
    AppDeath,
    AppNotResponding,
    DeviceConditions,
    LogEntry,
)
from harness.domain.facts.screen import LocatorMissing, Screen, ScreenValue
from harness.domain.facts.storage import StoredValue
from harness.domain.facts.traffic import Envelope
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome, Party
from tests.attribution.build import (
    GENERIC,
    STARTED,
    TIKTOK,
    connection,
    exchange,
    failed,
    judged,
    no_client_tls,
    no_connect,
    no_server_tls,
    observe,
    probe,
    verdict_of,
)
from tests.attribution.content_truths import (
    COUNTERS,
    FOLLOWERS,
    OFFLINE,
    listed,
    look,
    opened,
    seen,
    shown,
)
from tests.attribution.recorded_rows import ROWS
from tests.attribution.test_attribution import (
    API,
    CORE,
    FEED,
    PROFILE,
    TRUTHS,
    login,
    login_failed,
    profile_answer,
    screen,
)
from tests.attribution.test_opaque import FINE, says, tunnel

LEFT = "Client disconnected."
BASELINE = "GET origin.example/api/items"
LAUNCHER = Screen("com.launcher", None)
TOLD = (0.3, StoredValue("follower_count", 1204, "told"))
VERIFY = "Certificate verify failed: "
PORTAL = {"certificate_issuer": "CN=Portal"}
CONDITION = DeviceConditions


def bare(*facts: Any, **more: Any) -> Callable[[], Verdict]:
    return lambda: verdict_of(*facts, **more)


def tried(*facts: Any, **more: Any) -> Callable[[], Verdict]:
    return lambda: judged(*facts, **more)


def _unclosed(*facts: Any) -> Verdict:
    return judge_capture(observe((0.0, STARTED), *facts), GENERIC).whole


def left(wait: float, begun: float = 1.0, **changes: Any) -> Any:
    return failed(LEFT, begun, wait, client_open=False, **changes)


def resolver(result: str) -> ControlMade:
    return ControlMade("second_resolver", result, "Another resolver.")


NOT_FOUND = "[Errno -2] Name or service not known"
TEMPORARY = "[Errno -3] Temporary failure in name resolution"
UNREACHABLE = "[Errno 101] Network is unreachable"
REFUSED = "[Errno 111] Connect call failed"
TRUST = "The client does not trust the proxy's certificate for x (tlsv1 alert unknown ca)"
QUIT = "client disconnected"
HANDSHAKE = "OpenSSL Error([('SSL routines', '', 'tls alert handshake failure')])"
ALERT = "OpenSSL Error([('SSL routines', '', 'tlsv1 alert {}')])"
EXPIRED = "The client may not trust the proxy's certificate (tls alert certificate expired)"
OTHER = exchange(0.5, host="other.example")

# rule, party, how to get there
CASES: list[tuple[str, str, Callable[[], Verdict]]] = [
    ("capture_slow", "none", bare(exchange(head=5.0, ended=5.1))),
    ("capture_empty", "unknown", bare()),
    (
        "network_inspects_tls",
        "network",
        bare(
            failed(f"{VERIFY}self-signed certificate"),
            probe(stage="tls", why="certificate unknown issuer", **PORTAL),
            ControlMade(
                "control_site",
                "failed",
                "s",
                "site.example:443",
                {"tls": "failed: certificate unknown issuer"},
                certificate_issuer="CN=Portal",
            ),
        ),
    ),
    (
        "network_filters_name",
        "network",
        bare(
            no_server_tls("connection closed"),
            probe(stage="tls", why="reset"),
            ControlMade("other_name", "ok", "s", "origin.example:443"),
        ),
    ),
    (
        "network_many_hosts",
        "network",
        bare(
            no_connect(TEMPORARY),
            no_connect(TEMPORARY, 2.0, host="b.example"),
        ),
    ),
    (
        "network_many_hosts",
        "unknown",
        bare(
            no_connect(REFUSED, host="api.one.example"),
            no_connect(REFUSED, 2.0, host="www.one.example"),
        ),
    ),
    (
        "network_many_hosts",
        "network",
        bare(
            no_connect(REFUSED, host="one.example"),
            no_connect(REFUSED, 2.0, host="two.example"),
            no_connect(REFUSED, 3.0, host="198.51.100.7"),
            no_connect(REFUSED, 4.0, host="www.shop.co.uk"),
        ),
    ),
    ("device_clock_ahead", "device", bare(no_client_tls(EXPIRED), no_client_tls(EXPIRED, 2.0))),
    (
        "harness_proxy_delayed",
        "harness",
        bare(
            exchange(head=4.0, ended=4.0, client_open=False),
            (4.1, ProxyHeartbeat(2.9)),
        ),
    ),
    (
        "harness_held_up",
        "harness",
        bare(
            connection(closed=3.0, client_tls_done=None),
            OTHER,
            (4.0, ProxyHeartbeat(2.5)),
        ),
    ),
    ("harness_capture_torn", "harness", lambda: _unclosed(exchange())),
    (
        "harness_capture_torn",
        "harness",
        bare(exchange(), (2.0, InstrumentFailure("disk", "write", "full"))),
    ),
    ("capture_clean", "none", bare(exchange(), (2.0, InstrumentFailure("probe", "x", "y")))),
    (
        "capture_refused_by_app",
        "unknown",
        bare(no_client_tls(TRUST), OTHER, probe(http_status=503)),
    ),
    (
        "capture_refused_by_app",
        "unknown",
        bare(no_client_tls(TRUST), OTHER, probe(stage="tcp", why="refused")),
    ),
    (
        "http_broken_by_origin",
        "server",
        bare(exchange(status=101, websocket_close=1011, websocket_closed_by="origin")),
    ),
    (
        "envelope_code_unexplained",
        "unknown",
        tried(login(status=400, envelope=Envelope("passport", 4711))),
    ),
    ("network_upstream_proxy", "network", bare(exchange(status=407))),
    ("network_no_route", "network", bare(no_connect(UNREACHABLE))),
    ("dns_name_unknown", "network", bare(no_connect(NOT_FOUND), resolver("ok"))),
    ("dns_name_unknown", "server", bare(no_connect(NOT_FOUND), resolver("failed"), OTHER)),
    ("dns_resolver_fails", "server", bare(no_connect(TEMPORARY), OTHER)),
    ("tcp_unanswered", "unknown", bare(no_connect("client disconnected", wait=4.0), probe())),
    (
        "tls_server_alert",
        "harness",
        bare(no_server_tls(HANDSHAKE), probe()),
    ),
    (
        "tls_server_alert",
        "server",
        bare(
            no_server_tls(ALERT.format("internal error")), probe(stage="tls", why="alert: internal")
        ),
    ),
    ("tls_server_certificate", "server", bare(no_server_tls(f"{VERIFY}CA md too weak"), OTHER)),
    (
        "capture_left_in_handshake",
        "unknown",
        bare(no_client_tls("The client disconnected during the handshake.", wait=3.0)),
    ),
    ("capture_silent_connections", "unknown", bare(connection(closed=1.1))),
    ("http_no_answer", "unknown", bare(left(9.0), probe(stage="tcp"))),
    ("http_no_answer", "server", bare((30.0, exchange(ended=None, head=None, status=None)))),
    ("http_left_after_a_while", "unknown", bare(left(4.0), probe(stage="tcp", why="timed out"))),
    ("http_left_after_a_while", "server", bare(left(3.0), left(3.1, 9.0), probe())),
    ("http_left_after_a_while", "client", bare(exchange(0.5, head=6.0, ended=6.0), left(2.0, 9.0))),
    (
        "http_too_many_requests",
        "unknown",
        bare(*(exchange(0.1 * n) for n in range(70)), exchange(7.5, status=429)),
    ),
    ("http_grpc_status", "unknown", bare(exchange(grpc_status=16))),
    ("http_request_refused", "unknown", bare(exchange(status=400))),
    ("http_request_refused", "client", bare(exchange(status=400, request_problem="bad name"))),
    ("http_not_found", "server", tried(login(status=404), FEED, probe(host=API))),
    ("http_not_found", "unknown", bare(exchange(status=404))),
    (
        "http_not_found",
        "server",
        bare(exchange(status=404), ControlMade("baseline", "ok", "s", BASELINE, usual=0.4)),
    ),
    (
        "network_answers_for_others",
        "network",
        bare(
            exchange(path="/generate_204", status=302, scheme="http", port=80),
            failed(f"{VERIFY}hostname mismatch", 2.0, host="b.example"),
        ),
    ),
    (
        "network_answers_for_others",
        "network",
        bare(
            exchange(path="/generate_204", status=204, body="none", scheme="http", head=3.0),
            exchange(2.0, path="/generate_204", scheme="http", port=80, body="html"),
        ),
    ),
    (
        "client_process_ended",
        "client",
        tried((2.0, AppDeath("com.zhiliaoapp.musically", "other")), (2.4, LAUNCHER)),
    ),
    ("http_legal_reasons", "server", bare(exchange(status=451))),
    (
        "http_bad_body",
        "unknown",
        bare(exchange(scheme="http", port=80, body="html", content_type="text/html")),
    ),
    (
        "proxy_validation",
        "unknown",
        bare(failed("Received x from server, refusing to prevent request smuggling attacks.")),
    ),
    (
        "envelope_value_zero",
        "server",
        tried(
            profile_answer(follower_count=1204, handle="a"),
            exchange(
                3.0,
                host=CORE,
                path="/aweme/v1/user/follower/list/",
                values={"total": 0, "followers": 0},
            ),
            needs=("own_profile", "followers"),
        ),
    ),
    (
        "device_clock_wrong",
        "device",
        tried((1.0, CONDITION(clock_offset=1200.0)), login(status=401), FEED),
    ),
    (
        "client_never_asked",
        "unknown",
        tried(
            FEED,
            (10.0, LocatorMissing("login", "button")),
            result="broken",
            error_kind="locator",
            reason="locator",
        ),
    ),
    (
        "harness_screen_covered",
        "harness",
        tried(
            FEED,
            (10.0, LocatorMissing("login", "button", extra={"covered_by": "Meet boards"})),
            result="broken",
            error_kind="locator",
            reason="locator",
        ),
    ),
    (
        "harness_locator_missing",
        "unknown",
        tried(
            FEED,
            (10.0, LocatorMissing("login", "button")),
            screen(9.0, "something_wrong"),
            result="broken",
            error_kind="locator",
            reason="locator",
            needs=(),
        ),
    ),
    ("opaque_error_text", "unknown", tried(tunnel(), says("something_wrong"))),
    (
        "opaque_value_wrong",
        "unknown",
        tried(tunnel(), TOLD, shown(5.0, "follower_count", "0", 0), **COUNTERS),
    ),
    (
        "opaque_value_wrong",
        "server",
        tried(
            tunnel(),
            TOLD,
            shown(5.0, "follower_count", "0", 0),
            ControlMade("second_phone", "failed", "Fails there too."),
            **COUNTERS,
        ),
    ),
    (
        "opaque_nothing_readable",
        "unknown",
        tried(tunnel(), shown(5.0, "follower_count", "0", 0), **COUNTERS),
    ),
    (
        "opaque_nothing_readable",
        "unknown",
        tried(tunnel(), TOLD, shown(5.0, "follower_count", "9", 9), **COUNTERS),
    ),
    (
        "client_does_not_show",
        "unknown",
        tried(
            listed(17.0, values={"total": 9}), seen(18.0, spinner=True), **FOLLOWERS
        ),  # the answer had only just come
    ),
    (
        "unexplained",
        "unknown",
        tried(seen(18.0, spinner=True), (0.1, CONDITION(free_bytes=9**12)), **OFFLINE),
    ),
    (
        "content_expired_by_policy",
        "client",
        tried((1.0, CONDITION()), look(listed=0, cleared=1.0), look(0.2, listed=0), **OFFLINE),
    ),
    (
        "content_does_not_open",
        "client",
        tried(look(0.1, content="draft"), opened(6.0, "does_not_play", "puzzle"), **OFFLINE),
    ),
    (
        "content_page_stays_shut",
        "client",
        tried(look(content="puzzle", unseen="page_shut"), look(), **OFFLINE),
    ),
    (
        "content_saved_does_not_play",
        "device",
        tried(opened(6.0, "does_not_play", "saved_video"), **OFFLINE),
    ),
    (
        "opaque_no_answer",
        "server",
        tried(tunnel(bytes_down=5000, closed=13.0), FINE, probe(host=API)),
    ),
    (
        "http_broken_by_somebody",
        "unknown",
        bare(failed("something new", client_open=True, server_open=True)),
    ),
    (
        "device_vpn",
        "device",
        tried((1.0, CONDITION(vpn=True, validated=False)), no_connect(REFUSED, 2.0, host=API)),
    ),
    (
        "client_not_http",
        "unknown",
        tried(
            (
                3.0,
                ProxyLog("info", "Bad HTTP request line: b'x'"),
            ),
            needs=(),
        ),
    ),
]


@pytest.mark.parametrize(
    ("rule", "party", "verdict"), CASES, ids=[f"{row[0]}-{row[1]}" for row in CASES]
)
def test_a_rule_fires_and_names_whom_it_should(
    rule: str, party: str, verdict: Callable[[], Verdict]
) -> None:
    made = verdict()
    assert (made.rule, made.party.value) == (rule, party), (made.candidates, made.summary)
    assert abs(sum(entry.weight for entry in made.candidates) - 1.0) < 1e-9
    assert "{" not in made.summary


def test_every_rule_is_fired_by_a_case() -> None:
    fired = {rule for rule, _, _ in CASES}
    fired |= {verdict_of(*row.facts).rule for row in ROWS}
    fired |= {judged(*facts, **script).rule for _, facts, script, _, _ in TRUTHS}
    fired |= {judged(tunnel()).rule}
    fired |= {judged(login(), (3.0, drift()), result="passed").rule}
    fired |= {judged(login(), (3.0, losses()), result="passed").rule}
    assert {rule.id for rule in TABLE} - fired == set()


def drift() -> Any:
    from harness.domain.facts.screen import LocatorMatch

    return LocatorMatch("login", "button", "text: Log in", ("id: abc",))


def losses(told: str = "The app was deleted; lost: 4 drafts.") -> Any:
    from harness.domain.facts.removal import LossesFound

    return LossesFound("uninstall_install", "done", {"draft": 4}, told=told, advice=("Keep it.",))


def test_an_experiment_tells_what_it_cost_and_advises_from_it() -> None:
    made = judged(login(), (3.0, losses()), result="passed")
    assert (made.rule, made.outcome, made.party) == ("experiment_completed", "passed", "none")
    assert made.summary == "The app was deleted; lost: 4 drafts."
    assert made.advice == ("Keep it.",)
    assert judged(login(), (3.0, losses("")), result="passed").summary.startswith("The experiment")
    assert judged(login(), (3.0, losses()), result="broken").rule != "experiment_completed"


def test_ids_are_unique_and_plain() -> None:
    ids = [rule.id for rule in TABLE]
    assert len(ids) == len(set(ids))
    assert all(rule_id.replace("_", "").isalnum() and rule_id.islower() for rule_id in ids)


@pytest.mark.parametrize("rule", TABLE, ids=[rule.id for rule in TABLE])
def test_a_rule_gives_its_reason_and_what_would_overturn_it(rule: Rule) -> None:
    assert len(rule.because) > 20
    assert len(rule.overturned_by) > 20
    assert rule.summary.endswith(".") or rule.summary.endswith("}")
    blames = rule.party in {Party.SERVER, Party.CLIENT, Party.NETWORK, Party.DEVICE, Party.ACCOUNT}
    assert not blames or rule.outcome in {Outcome.FAILED, Outcome.BLOCKED}
    assert rule.party is not Party.HARNESS or rule.outcome is Outcome.INCONCLUSIVE


def test_the_last_rule_always_applies_and_blames_nobody() -> None:
    last = TABLE[-1]
    assert (last.id, last.party) == ("unexplained", Party.UNKNOWN)
    assert judged(needs=()).rule == last.id


def test_our_own_machinery_stands_before_the_product() -> None:
    order = [rule.id for rule in TABLE]
    assert order.index("harness_proxy_died") < order.index("http_server_error")
    assert order.index("device_airplane_mode") < order.index("network_nothing_passes")
    assert order.index("network_nothing_passes") < order.index("tcp_refused")
    assert order.index("tcp_refused") < order.index("http_server_error")


def test_no_rule_knows_the_app_or_the_simulator() -> None:
    from pathlib import Path

    import harness.attribution

    folder = Path(harness.attribution.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py")).lower()
    code = "\n".join(line for line in text.splitlines() if '"""' not in line)
    for word in ("musically", "tiktokv", "aweme", "passport/", "hypercorn", "simphone", "simulat"):
        assert word not in code, word


def test_values_that_differ_by_rounding_or_writing_are_the_same() -> None:
    rounded = ScreenValue("follower_count", "1.2K", 1200, approximate=True)
    same = judged(profile_answer(follower_count=1204, handle="a"), (4.0, rounded), **PROFILE)
    assert same.rule == "client_does_not_show"
    handle = ScreenValue("handle", "@Ann", "@Ann")
    said = judged(profile_answer(follower_count=3, handle="ann"), (4.0, handle), **PROFILE)
    assert said.rule == "client_does_not_show"
    unread = ScreenValue("follower_count", "?", None)
    blind = judged(profile_answer(follower_count=3, handle="ann"), (4.0, unread), **PROFILE)
    assert blind.rule == "client_does_not_show"


def test_an_entry_of_the_log_is_a_witness_for_a_refusal() -> None:
    log = (3.0, LogEntry("x", "W", "SSLPeerUnverifiedException", "tls_refused"))
    with_log = judged(no_client_tls(TRUST, 2.0, host=API), FEED, log)
    without = judged(no_client_tls(TRUST, 2.0, host=API), FEED)
    assert with_log.confidence > without.confidence


def test_a_code_of_the_profile_may_blame_the_service() -> None:
    from tests.attribution.build import PLAIN

    answer = exchange(
        2.0,
        host="accounts.plainnotes.example",
        path="/v2/sign-in",
        method="POST",
        envelope=Envelope("problem", 51),
    )
    assert judged(answer, profile=PLAIN).party is Party.SERVER
    assert TIKTOK.name != PLAIN.name


def test_a_late_failure_of_a_hang_is_told_with_its_wait() -> None:
    verdict = judged(login_failed(LEFT, wait=10.0, client_open=False), FEED)
    assert "10.0 s" in verdict.evidence[0].statement


QUIET = connection(2.0, passed_through=True, closed=3.0, host=API)

# what does not explain a failed log-in: the facts beside HTTP 503
HARMLESS: list[tuple[str, Any]] = [
    ("a gap long before", (0.0, CaptureGap(-90.0, -80.0, "restart"))),
    ("a gap after", (30.0, CaptureGap(30.0, 31.0, "restart"))),
    ("an instrument that recovered", (3.0, InstrumentFailure("adb", "x", "y", recovered=True))),
    ("a report that failed", (3.0, InstrumentFailure("report", "x", "y"))),
    ("our proxy setting in place", (1.0, CONDITION(http_proxy="a:1", proxy_expected="a:1"))),
    ("a clock that is a little off", (1.0, CONDITION(clock_offset=90.0))),
    ("a clock that is much off", (1.0, CONDITION(clock_offset=9e5))),
    ("a VPN that works", (1.0, CONDITION(vpn=True, validated=True))),
    ("a resolver of one's own", (1.0, CONDITION(private_dns="dns.example", validated=True))),
    ("a check that failed", (1.0, CONDITION(network=True, validated=False))),
    ("little storage", (1.0, CONDITION(free_bytes=2**20))),
    ("no default network for a moment", (1.0, CONDITION(network=False))),
    ("a short stall", (2.2, ProxyHeartbeat(0.6))),
    ("an app of others that hangs", (3.0, AppNotResponding("com.other"))),
    ("an app of others that ends", (3.0, AppDeath("com.other", "crash"))),
    ("an ordinary end", (3.0, AppDeath("com.zhiliaoapp.musically", "user"))),
    ("a pass-through", QUIET),
]


@pytest.mark.parametrize("fact", [row[1] for row in HARMLESS], ids=[row[0] for row in HARMLESS])
def test_what_explains_nothing_changes_nothing(fact: Any) -> None:
    verdict = judged(login(status=503), FEED, probe(host=API), fact)
    assert (verdict.party, verdict.rule) == (Party.SERVER, "http_server_error"), verdict.summary


def test_a_stall_elsewhere_does_not_excuse_a_hang() -> None:
    hang = login_failed(LEFT, wait=10.0, client_open=False)
    verdict = judged(hang, FEED, probe(host=API), (3.0, ProxyHeartbeat(0.6)))
    assert verdict.party is Party.SERVER


def test_a_working_clock_or_vpn_is_no_excuse_when_the_app_was_served() -> None:
    clock = judged(FEED, login(), (1.0, CONDITION(clock_offset=9e5)))
    assert clock.party is Party.UNKNOWN
    vpn = judged(login_failed("server closed connection"), (1.0, CONDITION(vpn=True)))
    assert vpn.rule != "device_no_network"
    idle = judged(exchange(2.0, host="ads.example"), (1.0, CONDITION(vpn=True)), needs=())
    assert idle.party is not Party.DEVICE or idle.confidence < 0.8


def test_other_hosts_that_answer_clear_the_network() -> None:
    portal = (1.0, CONDITION(network=True, validated=False))
    closed = login_failed("server closed connection")
    assert judged(closed, portal, FEED).party is Party.SERVER
    assert judged(closed, portal).party is Party.NETWORK


def test_a_canary_that_arrived_leaves_the_question_open() -> None:
    from harness.domain.facts.capture import CaptureVisibility

    verdict = judged(CaptureVisibility("decrypted", "system"), needs=())
    assert verdict.rule == "unexplained"


def test_a_shown_number_needs_a_list_to_be_called_empty() -> None:
    answer = exchange(
        2.0, host=CORE, path="/aweme/v1/user/follower/list/", values={"total": 0, "followers": 0}
    )
    verdict = judged(answer, screen(4.0, "empty_list"), needs=("followers",))
    assert verdict.rule == "client_does_not_show"


def test_other_values_of_the_phone_are_passed_over() -> None:
    verdict = judged(
        profile_answer(follower_count=0, handle="a"),
        (3.0, ScreenValue("cached_handle", "x", "x")),
        (3.1, ScreenValue("cached_follower_count", "9", 9)),
        **PROFILE,
    )
    assert verdict.rule == "envelope_value_zero"


def test_a_vpn_does_not_explain_that_the_app_refuses_our_certificate() -> None:
    before = exchange(0.25, host=CORE, path="/aweme/v1/feed/", values={"items": 3})
    verdict = judged(no_client_tls(TRUST, 2.0, host=API), before, (1.0, CONDITION(vpn=True)))
    assert verdict.party is Party.HARNESS


def test_a_host_answered_before_the_step_clears_the_network_too() -> None:
    portal = (1.0, CONDITION(network=True, validated=False))
    before = exchange(0.25, host=CORE, path="/aweme/v1/feed/", values={"items": 3})
    verdict = judged(login_failed("server closed connection"), portal, before)
    assert verdict.party is Party.SERVER


def test_an_unrelated_call_that_failed_before_the_step_explains_nothing() -> None:
    before = exchange(1.0, host=CORE, path="/other", status=503)
    verdict = judged(before, needs=(), step_begun=5.0)
    assert verdict.party is Party.UNKNOWN


def test_a_phone_whose_date_is_right_does_not_call_our_certificate_expired_for_its_clock() -> None:
    refused = no_client_tls(EXPIRED, 2.0, host=API)
    verdict = judged(refused, (1.0, CONDITION(clock_offset=0.2)), FEED)
    assert verdict.party is Party.HARNESS
    same = judged(refused, (1.0, CONDITION(clock_offset=9e6)), FEED)
    assert same.party is Party.DEVICE


def test_a_stall_that_did_not_cost_the_app_its_answer_is_harmless() -> None:
    slow = exchange(head=4.0, ended=4.0)
    assert verdict_of(slow, (4.1, ProxyHeartbeat(2.9))).outcome is Outcome.PASSED
    gone = exchange(head=4.0, ended=4.0, client_open=False)
    assert verdict_of(gone, (4.1, ProxyHeartbeat(0.6))).outcome is Outcome.PASSED


def test_a_spare_connection_beside_a_short_stall_is_harmless() -> None:
    spare = connection(closed=3.0, client_tls_done=None)
    assert verdict_of(spare, OTHER, (4.0, ProxyHeartbeat(0.7))).outcome is Outcome.PASSED
