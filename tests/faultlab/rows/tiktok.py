"""Answers that only the app's own envelope explains; profile tiktok."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.faultlab import client
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import Reply, answer, by_path, hang, in_turn
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    CLIENT,
    FINE,
    SERVER,
    SERVER_GATE,
    Truth,
    get,
    post,
    row,
    site,
    together,
)
from tests.faultlab.tiktok_bodies import (
    Body,
    app_body,
    feed,
    followers,
    logged_in,
    passport_error,
    profile,
    says,
)
from tests.faultlab.world import Host

TIKTOK = "api16-normal-c-useast1a.tiktokv.com"
TELEMETRY = "log19-normal-useast1a.tiktokv.com"
SETTINGS, LOGIN = "/service/settings/v3/", "/passport/user/login/"
PROFILE, FEED = "/aweme/v1/user/profile/self/", "/aweme/v1/feed/"
FOLLOWERS = "/aweme/v1/user/follower/list/"
FORM = "mix_mode=1&username=0a0b&password=0c0d&account_sdk_source=app"
HTML = "<html><body><h1>We are under maintenance</h1></body></html>"

log_in = post(TIKTOK, LOGIN, FORM, "application/x-www-form-urlencoded")
start = get(TIKTOK, SETTINGS)
report = post(TELEMETRY, "/service/2/app_log/")


def service(**ill: Reply) -> tuple[Host, ...]:
    """The API host with some endpoints ill (by need: login, profile, …), and telemetry."""
    places = {
        "settings": SETTINGS,
        "login": LOGIN,
        "profile": PROFILE,
        "feed": FEED,
        "followers": FOLLOWERS,
    }
    fine: Mapping[str, Reply] = {
        "settings": says(app_body(data={"settings": {}})),
        "login": says(logged_in()),
        "profile": says(profile()),
        "feed": says(feed()),
        "followers": says(followers()),
    }
    replies = {places[need]: ill.get(need, reply) for need, reply in fine.items()}
    return (
        site(TIKTOK, by_path(replies)),
        site(TELEMETRY, says({"e": 0, "message": "success"})),
    )


def tiktok(name: str, truth: Truth, breaks: str, play: Play, **ill: Reply) -> Fault:
    """Settings and telemetry are fine, then the app does `play`."""
    fault = row(name, truth, breaks, service(**ill), together(start, report, play))
    return replace(fault, profile="tiktok")


def refused_log_in(name: str, truth: Truth, code: int, description: str = "") -> Fault:
    """The log-in service refuses with this code."""
    reply = says(passport_error(code, description))
    return tiktok(name, truth, f"error_code {code}", log_in, login=reply)


def listed(name: str, truth: Truth, breaks: str, body: Body) -> Fault:
    """The follower list says this, after a fine profile."""
    return tiktok(
        name,
        truth,
        breaks,
        together(get(TIKTOK, PROFILE), get(TIKTOK, FOLLOWERS)),
        followers=says(body),
    )


def shown(name: str, truth: Truth, breaks: str, body: Body) -> Fault:
    """The own profile says this."""
    return tiktok(name, truth, breaks, get(TIKTOK, PROFILE), profile=says(body))


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def second_try(route: client.Route, capture: Capture) -> None:
    """A typing error, then the right password."""
    log_in(route, capture)
    log_in(route, capture)


everything = together(log_in, get(TIKTOK, PROFILE), get(TIKTOK, FEED), get(TIKTOK, FOLLOWERS))

ROWS = (
    tiktok("tt_all_fine", FINE, "nothing", everything),
    refused_log_in("tt_wrong_password", ACCOUNT, 1009, "Incorrect account or password"),
    refused_log_in("tt_wrong_password_no_text", ACCOUNT, 1009),
    refused_log_in("tt_wrong_password_shop", ACCOUNT, 1033, "password error"),
    refused_log_in("tt_unknown_user", ACCOUNT, 1011, "User doesn't exist"),
    refused_log_in("tt_mail_not_registered", ACCOUNT, 1006),
    refused_log_in("tt_wrong_code", ACCOUNT, 1202, "Incorrect code"),
    refused_log_in("tt_captcha", ACCOUNT_GATE, 1105, "Drag the slider to fit the puzzle"),
    refused_log_in(
        "tt_rate_limited", ACCOUNT_GATE, 7, "You are visiting our service too frequently."
    ),
    refused_log_in(
        "tt_too_many_tries",
        ACCOUNT_GATE,
        1034,
        "Maximum number of attempts reached. Try again later.",
    ),
    refused_log_in("tt_two_step", ACCOUNT_GATE, 2135, "Verify it's you"),
    refused_log_in("tt_banned", ACCOUNT_GATE, 9101, "Your account was permanently banned"),
    refused_log_in("tt_age_gate", ACCOUNT_GATE, 9102, "When's your birthday?"),
    refused_log_in("tt_region_ban", SERVER_GATE, 9103, "Sorry, TikTok isn't available right now"),
    refused_log_in("tt_forced_update", SERVER_GATE, 9104, "Please update TikTok to continue"),
    refused_log_in("tt_own_making", SERVER, 9105, "Internal server error"),
    refused_log_in("tt_busy", SERVER, 9106, "Server is busy, try again later"),
    unclear(refused_log_in("tt_unknown_code", SERVER, 9107)),
    unclear(refused_log_in("tt_undocumented_2154", ACCOUNT, 2154)),
    tiktok(
        "tt_second_try",
        FINE,
        "a typing error, then the right password",
        second_try,
        login=in_turn(says(passport_error(1009)), says(logged_in())),
    ),
    shown("tt_session_expired", ACCOUNT, "status_code 8", app_body(8, "Login expired")),
    shown(
        "tt_profile_generic_failure",
        SERVER,
        "status_code 5 and words of its own",
        app_body(5, "Internal server error"),
    ),
    unclear(shown("tt_code_2", SERVER, "status_code 2, unexplained", app_body(2, ""))),
    shown("tt_profile_without_user", SERVER, "status_code 0 and no user", app_body()),
    shown("tt_profile_without_counter", SERVER, "status_code 0 and no counter", profile(None)),
    shown("tt_counter_zero", SERVER, "0 followers, at most 1310 in the past", profile(0)),
    shown("tt_handle_blank", SERVER, "the handle is blank", profile(1204, "")),
    listed("tt_list_private", ACCOUNT, "status_code 2096", app_body(2096, "")),
    listed("tt_list_unknown_user", ACCOUNT, "status_code 2065", app_body(2065, "")),
    listed("tt_list_rate_limited", ACCOUNT_GATE, "status_code 7", app_body(7, "")),
    listed("tt_list_empty_of_many", SERVER, "total 1204, no follower listed", followers(0, 1204)),
    listed("tt_list_zero_of_many", SERVER, "total 0, the profile says 1204", followers(0, 0)),
    listed("tt_list_without_keys", SERVER, "status_code 0 and nothing else", app_body()),
    tiktok(
        "tt_feed_empty", SERVER, "status_code 0, no items", get(TIKTOK, FEED), feed=says(feed(0))
    ),
    tiktok(
        "tt_feed_protobuf",
        FINE,
        "a feed that we cannot read",
        get(TIKTOK, FEED),
        feed=answer(200, b"\x08\x00\x12\x80\x01" + bytes(range(120)), "application/x-protobuf"),
    ),
    tiktok(
        "tt_feed_ttzip",
        FINE,
        "a feed in a coding that we cannot undo",
        get(TIKTOK, FEED),
        feed=answer(
            200,
            b"\x28\xb5\x2f\xfd" + bytes(range(200)),
            "application/json",
            content_encoding="ttzip",
        ),
    ),
    tiktok(
        "tt_feed_zero_bytes",
        SERVER,
        "200 and nothing",
        get(TIKTOK, FEED),
        feed=answer(200, b"", "application/json"),
    ),
    tiktok(
        "tt_login_503",
        SERVER,
        "the log-in service answers 503",
        log_in,
        login=answer(503, {"message": "unavailable"}),
    ),
    tiktok(
        "tt_login_hangs",
        SERVER,
        "the log-in service never answers, twice 11 s",
        get(TIKTOK, LOGIN, timeout=11.0),
        login=hang,
    ),
    tiktok(
        "tt_login_maintenance_page",
        SERVER,
        "a page instead of JSON",
        log_in,
        login=answer(200, HTML, "text/html; charset=utf-8"),
    ),
    tiktok(
        "tt_login_without_user",
        SERVER,
        "success without a user",
        log_in,
        login=says({"data": {}, "message": "success"}),
    ),
    tiktok(
        "tt_feed_half_json",
        SERVER,
        "JSON that stops in the middle",
        get(TIKTOK, FEED),
        feed=answer(200, '{"status_code": 0, "aweme_list": [{"aw', "application/json"),
    ),
    tiktok(
        "tt_login_500_envelope",
        SERVER,
        "500 with an envelope",
        log_in,
        login=says(passport_error(1), 500),
    ),
    unclear(
        tiktok(
            "tt_login_400",
            CLIENT,
            "the app leaves a parameter out",
            log_in,
            login=says(passport_error(9108, "invalid parameters"), 400),
        )
    ),
)
