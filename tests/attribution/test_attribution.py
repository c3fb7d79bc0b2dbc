"""The table of truths for scenarios: what happened, and what the verdict must say."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.facts.capture import CaptureGap, CaptureVisibility, ProxyHeartbeat
from harness.domain.facts.control import InstrumentFailure
from harness.domain.facts.device import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    DeviceConditions,
    LogEntry,
)
from harness.domain.facts.screen import (
    LocatorMatch,
    LocatorMissing,
    Screen,
    ScreenMessage,
    ScreenValue,
)
from harness.domain.facts.storage import ContentLook, StoredValue
from harness.domain.facts.traffic import Envelope, Exchange
from harness.domain.vocabulary import Layer, Level, Outcome, Party, Visibility
from tests.attribution.build import (
    PLAIN,
    connection,
    exchange,
    failed,
    judged,
    no_client_tls,
    no_connect,
    probe,
    site,
)
from tests.attribution.content_truths import CONTENT_TRUTHS

APP = "com.zhiliaoapp.musically"
API = "api16-normal-c-useast1a.tiktokv.com"
CORE = "api16-core-c-useast1a.tiktokv.com"
LOGIN = "/passport/user/login/"
FINE = DeviceConditions(airplane=False, network=True, validated=True, free_bytes=8 * 2**30)
CANARY = CaptureVisibility("decrypted", "system")


def login(begun: float = 2.0, **changes: Any) -> Exchange:
    base: dict[str, Any] = {"host": API, "path": LOGIN, "method": "POST"}
    return exchange(begun, **(base | changes))


def login_failed(error: str, begun: float = 2.0, wait: float = 0.05, **changes: Any) -> Exchange:
    base: dict[str, Any] = {"host": API, "path": LOGIN, "method": "POST"}
    return failed(error, begun, wait, **(base | changes))


def refused(code: int | None, message: str = "", family: str = "passport") -> Exchange:
    return login(envelope=Envelope(family, code, message, "20261101000000ABC"))


def profile_answer(begun: float = 2.0, **values: Any) -> Exchange:
    return exchange(begun, host=CORE, path="/aweme/v1/user/profile/self/", values=values)


def profile_refused(code: int) -> Exchange:
    path = "/aweme/v1/user/profile/self/"
    return exchange(2.0, host=CORE, path=path, envelope=Envelope("app", code))


def screen(at: float, *ids: str, **changes: Any) -> tuple[float, Screen]:
    messages = tuple(ScreenMessage(text_id, text_id) for text_id in ids)
    return at, Screen(APP, None, messages=messages, **changes)


def value(at: float, name: str, shown: int | str, **changes: Any) -> tuple[float, ScreenValue]:
    return at, ScreenValue(name, str(shown), shown, **changes)


FEED = exchange(0.6, host=CORE, path="/aweme/v1/feed/", values={"items": 8})
HERE = probe(host=API)
PROFILE: dict[str, Any] = {"needs": ("own_profile",)}
REFUSED = "[Errno 111] Connect call failed ('192.0.2.1', 443)"
LEFT = "Client disconnected."
TRUST = "The client does not trust the proxy's certificate for x (tlsv1 alert unknown ca)"

# what happened, the facts, changes of the script, outcome, party
TRUTHS: list[tuple[str, tuple[Any, ...], dict[str, Any], str, str]] = [
    ("it worked", (login(), CANARY), {"result": "passed"}, "passed", "none"),
    ("it worked slowly", (login(head=5.0, ended=5.0),), {"result": "passed"}, "passed", "none"),
    ("http 503", (login(status=503), FEED, HERE), {}, "failed", "server"),
    (
        "http 500 and 503 and a hang",
        (login(status=500), login(3.0, status=503), login_failed(LEFT, 4.0, 10.0), FEED, HERE),
        {},
        "failed",
        "server",
    ),
    ("http 429", (login(status=429), FEED), {}, "failed", "server"),
    (
        "hang",
        (login_failed(LEFT, wait=10.0, client_open=False), FEED, HERE),
        {},
        "failed",
        "server",
    ),
    (
        "reset",
        (login_failed("stream reset by client (X)", reset_by="origin"),),
        {},
        "failed",
        "server",
    ),
    ("closed", (login_failed("server closed connection"), FEED), {}, "failed", "server"),
    ("refused", (no_connect(REFUSED, 2.0, host=API), FEED), {}, "failed", "server"),
    (
        "name gone",
        (no_connect("[Errno -2] Name or service not known", 2.0, host=API), FEED),
        {},
        "failed",
        "server",
    ),
    (
        "certificate expired",
        (login_failed("Certificate verify failed: certificate has expired"), FEED),
        {},
        "failed",
        "server",
    ),
    ("empty body", (login(body="empty"), FEED), {}, "failed", "server"),
    ("page", (login(body="html", content_type="text/html"), FEED), {}, "failed", "server"),
    ("cut JSON", (login(body="malformed"), FEED), {}, "failed", "server"),
    ("own error", (refused(1, "Internal server error"), FEED, HERE), {}, "failed", "server"),
    ("code without source or word", (refused(2154), FEED, HERE), {}, "failed", "unknown"),
    ("code without source", (refused(2154, "Odd thing."), FEED, HERE), {}, "failed", "server"),
    (
        "turned away, and the screen says so",
        (login(status=429, body="text"), FEED, screen(2.6, "rate_limited")),
        {},
        "failed",
        "server",
    ),
    (
        "the process is gone",
        ((2.0, AppDeath(APP, "other")), (2.5, Screen("com.launcher", None))),
        {},
        "failed",
        "client",
    ),
    ("parts missing", (login(shape_missing=("data.user_id",)), FEED), {}, "failed", "server"),
    (
        "counter 0 against its own history",
        (profile_answer(follower_count=0, history_max_follower_count=1204),),
        PROFILE,
        "failed",
        "server",
    ),
    (
        "counter 0 against the cache",
        (profile_answer(follower_count=0, handle="a"), value(3.0, "cached_follower_count", 1204)),
        PROFILE,
        "failed",
        "server",
    ),
    (
        "counter 0 against the log-in answer",
        (
            login(0.6, values={"follower_count": 1204}),
            profile_answer(follower_count=0, handle="a"),
        ),
        PROFILE,
        "failed",
        "server",
    ),
    ("names lost", (profile_answer(handle="", follower_count=3),), PROFILE, "failed", "server"),
    (
        "list empty, total not",
        (
            exchange(
                2.0,
                host=CORE,
                path="/aweme/v1/user/follower/list/",
                values={"followers": 0, "total": 1204},
            ),
        ),
        {"needs": ("followers",)},
        "failed",
        "server",
    ),
    (
        "crash",
        ((5.0, AppCrash(APP, "java.lang.NPE")),),
        {},
        "failed",
        "client",
    ),
    (
        "native crash with its death",
        (
            (5.0, AppCrash(APP, "SIGSEGV", native=True)),
            (5.1, AppDeath(APP, "crash_native")),
            screen(6.0, system_dialog="crash"),
        ),
        {},
        "failed",
        "client",
    ),
    (
        "death by crash",
        ((5.0, AppDeath(APP, "crash")),),
        {},
        "failed",
        "client",
    ),
    ("crash dialog", (screen(5.0, system_dialog="crash"),), {}, "failed", "client"),
    ("anr", ((5.0, AppNotResponding(APP)),), {}, "failed", "client"),
    ("anr dialog", (screen(5.0, system_dialog="anr"),), {}, "failed", "client"),
    (
        "malformed request",
        (
            login_failed(
                "Received invalid header name: b'X B' from client, refusing to prevent request",
                request_problem="invalid header name",
            ),
        ),
        {},
        "failed",
        "client",
    ),
    (
        "gave up early",
        (login_failed(LEFT, wait=0.5, client_open=False), FEED, HERE),
        {},
        "failed",
        "client",
    ),
    (
        "shows another number",
        (profile_answer(follower_count=1204, handle="a"), value(4.0, "follower_count", 0)),
        PROFILE,
        "failed",
        "client",
    ),
    (
        "shows the old copy",
        (
            profile_answer(follower_count=1204, handle="a"),
            value(3.0, "cached_follower_count", 1100),
            value(4.0, "follower_count", 1100),
        ),
        PROFILE,
        "failed",
        "client",
    ),
    (
        "shows an empty list",
        (
            exchange(
                2.0,
                host=CORE,
                path="/aweme/v1/user/follower/list/",
                values={"followers": 20, "total": 1204},
            ),
            screen(4.0, "empty_list"),
        ),
        {"needs": ("followers",)},
        "failed",
        "client",
    ),
    ("never asked", (FEED, CANARY), {}, "failed", "client"),
    (
        "never asked, old copy shown",
        (
            FEED,
            CANARY,
            value(3.0, "cached_follower_count", 1100),
            value(4.0, "follower_count", 1100),
        ),
        PROFILE,
        "failed",
        "client",
    ),
    (
        "airplane mode",
        ((1.0, DeviceConditions(airplane=True, network=False)), screen(5.0, "no_internet")),
        {},
        "failed",
        "device",
    ),
    (
        "radios off",
        ((1.0, DeviceConditions(airplane=False, wifi=False, mobile_data=False)),),
        {},
        "failed",
        "device",
    ),
    (
        "storage full",
        (
            (1.0, DeviceConditions(free_bytes=2**20)),
            (2.0, LogEntry("x", "E", "ENOSPC", "no_space")),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "clock wrong",
        (
            (1.0, DeviceConditions(clock_offset=-2 * 365 * 86400.0)),
            no_client_tls(TRUST, 2.0, host=API),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "low memory",
        (
            (1.0, DeviceConditions(memory_low=True)),
            (5.0, AppDeath(APP, "low_memory")),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "private dns",
        (
            (1.0, DeviceConditions(private_dns="dns.example", network=True, validated=False)),
            (2.0, LogEntry("x", "E", "UnknownHost", "dns")),
            screen(5.0, "no_internet"),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "vpn",
        (
            (1.0, DeviceConditions(vpn=True, network=True, validated=False)),
            screen(5.0, "no_internet"),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "captive portal",
        (
            (1.0, DeviceConditions(network=True, validated=False, captive_portal=True)),
            login_failed("Certificate verify failed: self-signed certificate"),
        ),
        {},
        "failed",
        "network",
    ),
    (
        "no internet behind the network",
        ((1.0, DeviceConditions(network=True, validated=False)), screen(5.0, "no_internet")),
        {},
        "failed",
        "network",
    ),
    (
        "nothing passes",
        (no_connect(REFUSED, 2.0, host=API), site("failed"), probe(host=API, stage="tcp")),
        {},
        "failed",
        "network",
    ),
    (
        "no route",
        (no_connect("[Errno 101] Network is unreachable", 2.0, host=API),),
        {},
        "failed",
        "network",
    ),
    (
        "resolver dead",
        (
            no_connect("[Errno -3] Temporary failure in name resolution", 2.0, host=API),
            probe(host=API, stage="dns", why="temporary failure"),
        ),
        {},
        "failed",
        "network",
    ),
    (
        "wrong password",
        (refused(1009, "Incorrect account or password"), HERE),
        {},
        "failed",
        "account",
    ),
    ("wrong password by text", (screen(5.0, "wrong_password"), login()), {}, "failed", "account"),
    ("unknown user", (refused(1011),), {}, "failed", "account"),
    (
        "session expired",
        (
            exchange(
                2.0, host=CORE, path="/aweme/v1/user/profile/self/", envelope=Envelope("app", 8)
            ),
        ),
        PROFILE,
        "failed",
        "account",
    ),
    (
        "private list by text",
        (screen(5.0, "private_list"), FEED),
        {"needs": ()},
        "failed",
        "account",
    ),
    ("captcha by code", (refused(1105),), {}, "blocked", "account"),
    (
        "rate limit",
        (refused(7, "You are visiting our service too frequently."),),
        {},
        "blocked",
        "account",
    ),
    (
        "banned by text",
        (refused(9001, "Your account was permanently banned"),),
        {},
        "blocked",
        "account",
    ),
    (
        "two-step on screen",
        (login(), screen(5.0, "two_step")),
        {"result": "blocked"},
        "blocked",
        "account",
    ),
    (
        "captcha told by the scenario",
        (login(),),
        {"result": "blocked", "reason": "captcha"},
        "blocked",
        "account",
    ),
    (
        "a gate without a name",
        (login(),),
        {"result": "blocked", "reason": "door"},
        "blocked",
        "account",
    ),
    ("region ban", (screen(5.0, "region_ban"),), {"result": "blocked"}, "blocked", "server"),
    ("forced update", (screen(5.0, "forced_update"),), {"result": "blocked"}, "blocked", "server"),
    (
        "the proxy died",
        (login_failed("server closed connection"), (3.0, CaptureGap(1.5, None, "killed"))),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the proxy failed",
        ((3.0, InstrumentFailure("proxy", "run", "exit code -9")), login(status=503)),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "adb gave up",
        ((3.0, InstrumentFailure("adb", "shell", "device offline")),),
        {"result": "broken", "error_kind": "instrument"},
        "inconclusive",
        "harness",
    ),
    (
        "adb gave up, told by the scenario",
        (FEED,),
        {"result": "broken", "reason": "adb", "error_kind": None},
        "inconclusive",
        "harness",
    ),
    (
        "adb gave up, told by the step",
        (FEED,),
        {"result": "broken", "error_kind": "instrument"},
        "inconclusive",
        "harness",
    ),
    (
        "the proxy stood still",
        (login_failed(LEFT, wait=9.5, client_open=False), (12.0, ProxyHeartbeat(9.0))),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the phone lost our setting",
        ((1.0, DeviceConditions(http_proxy="", proxy_expected="127.0.0.1:8080")), FEED),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "no host takes our certificate",
        (no_client_tls(TRUST, 2.0, host=API), CaptureVisibility("refused", "none")),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "the app takes only its own certificates",
        (no_client_tls(TRUST, 2.0, host=API), FEED, CANARY, screen(5.0, "no_internet")),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "pinned after the handshake",
        (
            connection(2.0, host=API, closed=2.1),
            (2.2, LogEntry("x", "W", "Pin verification failed", "tls_refused")),
            screen(5.0, "no_internet"),
        ),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "traffic past the proxy",
        (CaptureVisibility("not_seen", "none"),),
        {},
        "inconclusive",
        "harness",
    ),
    (
        "element not found",
        (FEED, (10.0, LocatorMissing("login", "password"))),
        {"result": "broken", "error_kind": "locator", "reason": "locator", "needs": ()},
        "inconclusive",
        "harness",
    ),
    (
        "the script broke",
        (FEED,),
        {"result": "broken", "error_kind": "other", "reason": "script", "needs": ()},
        "inconclusive",
        "harness",
    ),
    (
        "a system window in the way",
        (FEED, screen(5.0, system_dialog="permission")),
        {"needs": ()},
        "inconclusive",
        "harness",
    ),
    (
        "our step ended before the app's patience did",
        (login(19.0, ended=None, head=None, status=None),),
        {},
        "inconclusive",
        "harness",
    ),
    ("not run", (), {"result": "not_run", "reason": "no_log_in_left"}, "not_run", "none"),
    (
        "a crash after a 500",
        (login(status=500), (4.0, AppCrash(APP, "NPE"))),
        {},
        "failed",
        "unknown",
    ),
    ("answered and not shown", (login(), FEED), {}, "failed", "unknown"),
    (
        "session lost just after it was given",
        (
            login(0.6),
            exchange(
                2.0, host=CORE, path="/aweme/v1/user/profile/self/", envelope=Envelope("app", 8)
            ),
        ),
        PROFILE,
        "failed",
        "unknown",
    ),
    (
        "code that no source explains, without a word",
        (
            exchange(
                2.0, host=CORE, path="/aweme/v1/user/profile/self/", envelope=Envelope("app", 2)
            ),
        ),
        PROFILE,
        "failed",
        "unknown",
    ),
    (
        "one malformed request and one 503",
        (
            login_failed("Received x from client, refusing to prevent", 2.0),
            login(3.0, status=503),
        ),
        {},
        "failed",
        "unknown",
    ),
    (
        "only the background failed",
        (exchange(2.0, host="mon.tiktokv.com", status=500),),
        {"needs": ()},
        "inconclusive",
        "unknown",
    ),
    ("nothing explains it", (FEED,), {"needs": ()}, "inconclusive", "unknown"),
    *CONTENT_TRUTHS,
]


@pytest.mark.parametrize(
    ("facts", "script", "outcome", "party"),
    [truth[1:] for truth in TRUTHS],
    ids=[truth[0] for truth in TRUTHS],
)
def test_the_verdict_says_what_truly_happened(
    facts: tuple[Any, ...], script: dict[str, Any], outcome: str, party: str
) -> None:
    verdict = judged(*facts, **script)
    said = (verdict.rule, verdict.candidates, verdict.summary)
    assert (verdict.outcome.value, verdict.party.value) == (outcome, party), said
    assert verdict.confidence >= 0.7 or verdict.next_control is not None or party == "none"
    assert verdict.summary
    assert "{" not in verdict.summary


def test_an_outage_of_the_log_in_is_told_surely_and_in_plain_words() -> None:
    verdict = judged(login(status=500), login(3.0, status=503), FEED, HERE, CANARY)
    assert verdict.confidence >= 0.9
    assert verdict.summary == (
        "TikTok's log-in service is failing; your phone, app and account show no fault."
    )
    assert any("Do not delete the app" in sentence for sentence in verdict.advice)
    assert verdict.visibility is Visibility.OPEN
    assert verdict.next_control is None


def test_slowness_and_drift_are_notes_of_a_passed_try() -> None:
    drift = (3.0, LocatorMatch("login", "button", "text: Log in", ("id: abc",)))
    verdict = judged(login(head=6.0, ended=6.0), drift, result="passed")
    assert (verdict.outcome, verdict.party) == (Outcome.PASSED, Party.NONE)
    assert verdict.rule == "passed_with_locator_drift"
    assert any("drift" in note for note in verdict.notes)
    assert any("Slow" in note for note in verdict.notes)


def test_a_retry_that_worked_and_background_trouble_are_notes_only() -> None:
    telemetry = exchange(2.5, host="mon.tiktokv.com", status=500)
    verdict = judged(login(status=503), login(3.0), telemetry, result="passed")
    assert verdict.outcome is Outcome.PASSED
    assert any("tried again" in note for note in verdict.notes)
    assert any("background" in note for note in verdict.notes)


def test_a_failed_call_that_a_retry_mended_blames_nobody() -> None:
    verdict = judged(login(status=503), login(3.0), FEED)
    assert verdict.party is Party.UNKNOWN


def test_what_fails_after_the_step_is_late_and_does_not_count() -> None:
    verdict = judged(FEED, login(22.0, status=503), step_end=20.0, needs=())
    assert verdict.party is Party.UNKNOWN


def test_a_5xx_from_another_step_explains_a_step_without_needs() -> None:
    verdict = judged(login(status=503), FEED, needs=())
    assert verdict.party is Party.SERVER


def test_the_same_rules_serve_an_app_described_by_other_data() -> None:
    wrong = exchange(
        2.0,
        host="accounts.plainnotes.example",
        path="/v2/sign-in",
        method="POST",
        envelope=Envelope("problem", 41),
    )
    verdict = judged(wrong, profile=PLAIN)
    assert (verdict.outcome, verdict.party) == (Outcome.FAILED, Party.ACCOUNT)
    broken = judged(
        exchange(2.0, host="api-eu1.plainnotes.example", path="/v2/notes", status=500),
        exchange(1.0, host="accounts.plainnotes.example", path="/v2/sign-in", method="POST"),
        profile=PLAIN,
        needs=("notes",),
    )
    assert broken.summary.startswith("Plain Notes' note service is failing")


def test_evidence_above_broken_ground_is_discarded() -> None:
    verdict = judged(no_connect(REFUSED, 2.0, host=API), FEED, screen(5.0, "no_internet"))
    levels = {(row.layer.value, row.level.value) for row in verdict.evidence}
    assert ("tcp", "counted") in levels
    assert ("ui", "discarded") in levels
    assert ("application", "none") in levels


def test_conflicting_evidence_is_kept() -> None:
    verdict = judged(login(status=503), FEED, HERE, screen(5.0, "wrong_password"))
    assert verdict.party is Party.SERVER
    crash = judged(
        (1.0, DeviceConditions(airplane=True)),
        (4.0, AppCrash(APP, "NPE")),
    )
    assert crash.party is Party.DEVICE
    assert any("client" in row.statement for row in crash.conflicts)


def test_another_apps_crash_is_not_ours() -> None:
    verdict = judged((4.0, AppCrash("com.other.app", "NPE")), login(status=503), FEED)
    assert verdict.party is Party.SERVER


def test_a_second_phone_that_works_speaks_against_the_service() -> None:
    from harness.domain.facts.control import ControlMade

    other = ControlMade("second_phone", "ok", "It works on phone 2.")
    with_it = judged(login(status=503), other)
    without = judged(login(status=503))
    assert with_it.confidence < without.confidence
    worse = judged(login(status=503), ControlMade("second_phone", "failed", "Fails there too."))
    assert worse.confidence > without.confidence


def test_what_happened_before_the_try_is_not_held_against_it() -> None:
    verdict = judged(FEED, CANARY, result="passed")
    assert verdict.outcome is Outcome.PASSED
    assert verdict.id == "phone-1-log-in-1"
    assert verdict.started is not None
    assert verdict.started.endswith("Z")


def test_what_the_phone_hides_is_said_as_evidence() -> None:
    verdict = judged(
        (0.3, StoredValue("follower_count", None, "app_file", "closed")),
        (0.4, StoredValue("account", "<a>", "app_file")),
        (0.5, StoredValue("total", 9, "told")),
        (0.6, ContentLook("draft", unseen="closed")),
        result="passed",
    )
    said = {row.statement: row.level for row in verdict.evidence if row.layer is Layer.STORAGE}
    assert said == {
        "What the phone has stored of follower_count is not visible: closed.": Level.NONE,
        "The account's owner told us of about 9 for total.": Level.COUNTED,
        "Content draft: nothing was seen. Not visible: closed.": Level.NONE,
    }
