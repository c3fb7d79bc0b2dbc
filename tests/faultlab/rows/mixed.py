"""Several things at once, background traffic, and the second app profile."""

from __future__ import annotations

from dataclasses import replace

from tests.faultlab.client_refusing import untrusting
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import answer, by_path, close_unanswered, hang, in_turn
from tests.faultlab.origin_raw import reset_in_handshake
from tests.faultlab.rows.app import UPLOAD
from tests.faultlab.rows.app import says as says_raw
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    API,
    FINE,
    MEDIA,
    NEWS,
    SERVER,
    Truth,
    below_tls,
    get,
    post,
    row,
    site,
    together,
    unreachable,
)
from tests.faultlab.rows.tiktok import (
    FEED,
    LOGIN,
    PROFILE,
    TELEMETRY,
    TIKTOK,
    everything,
    log_in,
    report,
    service,
    start,
)
from tests.faultlab.tiktok_bodies import feed, passport_error, profile, says
from tests.faultlab.world import Host

SINGAPORE = "api16-normal-c-alisg.tiktokv.com"
CDN = "v16m.tiktokcdn.com"
CONFIG = "gecko16-normal-useast5.tiktokv.us"
MONITOR = "mon.tiktokv.com"
FOREIGN = "ads.some-other-app.example"
NOTES, ACCOUNTS, STATS = (
    "api-eu1.plainnotes.example",
    "accounts.plainnotes.example",
    "stats.plainnotes.example",
)


def beside(name: str, truth: Truth, breaks: str, *hosts: Host, play: Play) -> Fault:
    """The TikTok service is fine; something stands beside it."""
    fault = row(name, truth, breaks, (service()[0], *hosts), together(start, play, everything))
    return replace(fault, profile="tiktok")


def notes(name: str, truth: Truth, breaks: str, *hosts: Host, play: Play) -> Fault:
    """The plain demo app."""
    return replace(row(name, truth, breaks, hosts, play), profile="plain")


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


sign_in = post(ACCOUNTS, "/v2/sign-in", '{"user": "lab"}')
read_notes = get(NOTES, "/v2/notes")
NOTES_FINE = site(NOTES, answer(200, {"notes": [{"id": 1}], "count": 1}))


def problem(number: int, text: str, status: int = 200) -> Host:
    """The sign-in host with an error of the app's own kind."""
    return site(
        ACCOUNTS, answer(status, {"error": {"number": number, "text": text}, "trace": "t1"})
    )


ROWS = (
    beside(
        "telemetry_503",
        FINE,
        "telemetry answers 503",
        site(TELEMETRY, answer(503)),
        play=together(report, report),
    ),
    beside(
        "telemetry_refused",
        FINE,
        "telemetry refuses",
        unreachable(TELEMETRY, "refused"),
        play=together(report, report),
    ),
    beside(
        "telemetry_dead_name",
        FINE,
        "a telemetry name is dead",
        unreachable(MONITOR, "dead_name"),
        play=get(MONITOR, "/monitor/collect/", times=2),
    ),
    beside(
        "telemetry_hangs",
        FINE,
        "telemetry never answers",
        site(TELEMETRY, hang, front=hang),
        play=get(TELEMETRY, "/service/2/app_log/", timeout=2.0),
    ),
    beside(
        "config_500",
        FINE,
        "a web resource host fails, the app goes on",
        site(CONFIG, answer(500)),
        play=get(CONFIG, "/src/server/v3/package"),
    ),
    beside(
        "foreign_app_500",
        FINE,
        "another app's host fails",
        site(FOREIGN, answer(500)),
        play=get(FOREIGN, "/bid", times=2),
    ),
    beside(
        "foreign_app_pinned",
        FINE,
        "another app refuses our certificate",
        site(FOREIGN),
        play=lambda route, _: [untrusting(route, FOREIGN) for _ in range(3)],
    ),
    beside(
        "foreign_app_dead_name",
        FINE,
        "another app's name is dead",
        unreachable(FOREIGN, "dead_name"),
        play=get(FOREIGN, "/bid", times=2),
    ),
    beside(
        "cdn_503",
        SERVER,
        "the videos' host answers 503",
        site(CDN, answer(503, "busy")),
        play=get(CDN, "/video/tos/1.mp4", times=3),
    ),
    beside(
        "cdn_reset",
        SERVER,
        "the videos' host resets handshakes",
        below_tls(CDN, reset_in_handshake),
        play=get(CDN, "/video/tos/1.mp4", times=3),
    ),
    beside(
        "one_region_503",
        SERVER,
        "one region of two is ill",
        site(SINGAPORE, answer(503)),
        play=get(SINGAPORE, PROFILE, times=3),
    ),
    replace(
        row(
            "login_503_and_telemetry_500",
            SERVER,
            "the log-in fails, telemetry as well",
            (*service(login=answer(503))[:1], site(TELEMETRY, answer(500))),
            together(start, report, log_in, report),
        ),
        profile="tiktok",
    ),
    replace(
        row(
            "wrong_password_and_telemetry_503",
            ACCOUNT,
            "wrong password; telemetry is ill",
            (*service(login=says(passport_error(1009)))[:1], site(TELEMETRY, answer(503))),
            together(start, report, log_in, report),
        ),
        profile="tiktok",
    ),
    replace(
        row(
            "feed_recovers",
            FINE,
            "the feed is empty once, then full",
            service(feed=in_turn(says(feed(0)), says(feed()), says(feed()))),
            together(start, get(TIKTOK, FEED), get(TIKTOK, FEED), get(TIKTOK, FEED)),
        ),
        profile="tiktok",
    ),
    replace(
        row(
            "counter_zero_and_feed_fine",
            SERVER,
            "counters 0, content fine",
            service(profile=says(profile(0))),
            together(start, get(TIKTOK, FEED), get(TIKTOK, PROFILE)),
        ),
        profile="tiktok",
    ),
    replace(
        row(
            "login_down_content_fine",
            SERVER,
            "log-in answers errors, content is fine",
            service(login=in_turn(answer(503), answer(500), hang)),
            together(start, get(TIKTOK, FEED), log_in, log_in, get(TIKTOK, LOGIN, timeout=3.0)),
        ),
        profile="tiktok",
    ),
    row(
        "one_of_two_503",
        SERVER,
        "one of two hosts",
        (site(API, answer(503)), site(NEWS)),
        together(get(NEWS), get(times=2), get(NEWS, "/b")),
    ),
    row(
        "dead_and_503",
        SERVER,
        "two hosts of one service, ill in two ways",
        (site(API, answer(503)), unreachable("static.corner-shop.example", "refused"), site(NEWS)),
        together(get(NEWS), get(times=2), get("static.corner-shop.example", "/a.js", times=2)),
    ),
    row(
        "retries_in_the_end",
        FINE,
        "three failures of three kinds, then an answer",
        (site(API, in_turn(answer(503), close_unanswered, answer(500), answer())), site(MEDIA)),
        together(get(times=5), get(MEDIA)),
    ),
    row(
        "old_failure_long_recovered",
        FINE,
        "one 500 at the start, ten good answers of it later",
        (site(API, in_turn(answer(500), answer())),),
        together(*([get(times=2)] + [get()] * 9)),
    ),
    unclear(
        row(
            "server_and_client",
            SERVER,
            "503 on one call, and the app dies inside another",
            (site(API, by_path({"/v1/orders": answer(503)})),),
            together(get(API, "/v1/orders", times=2), says_raw(UPLOAD, then="rst")),
        )
    ),
    notes(
        "notes_fine",
        FINE,
        "nothing",
        NOTES_FINE,
        site(ACCOUNTS, answer(200, {"token": "x"})),
        play=together(sign_in, read_notes),
    ),
    notes(
        "notes_wrong_password",
        ACCOUNT,
        "error 41",
        NOTES_FINE,
        problem(41, "wrong password"),
        play=sign_in,
    ),
    notes(
        "notes_two_step",
        ACCOUNT_GATE,
        "error 42",
        NOTES_FINE,
        problem(42, "second factor"),
        play=sign_in,
    ),
    notes(
        "notes_own_fault", SERVER, "error 51", NOTES_FINE, problem(51, "storage gone"), play=sign_in
    ),
    notes(
        "notes_without_token",
        SERVER,
        "a success without a token",
        NOTES_FINE,
        site(ACCOUNTS, answer(200, {"hello": 1})),
        play=sign_in,
    ),
    notes(
        "notes_without_notes",
        SERVER,
        "an answer without notes",
        site(NOTES, answer(200, {"a": 1})),
        play=read_notes,
    ),
    notes(
        "notes_stats_down",
        FINE,
        "only statistics fail",
        NOTES_FINE,
        site(STATS, answer(500)),
        play=together(post(STATS, "/v1/hit", times=2), read_notes),
    ),
)
