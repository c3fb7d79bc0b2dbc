"""Fifth draw: envelopes, their codes and words in many languages; profiles tiktok and plain."""

from __future__ import annotations

from dataclasses import replace

from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import Reply, after, answer, close_unanswered, in_turn
from tests.faultlab.rows.fifth_wire import opens, socket_closing
from tests.faultlab.rows.making import (
    ACCOUNT,
    ACCOUNT_GATE,
    FINE,
    SERVER,
    SERVER_GATE,
    Truth,
    get,
    post,
    row,
    site,
    together,
    unreachable,
)
from tests.faultlab.rows.mixed import (
    ACCOUNTS,
    CDN,
    CONFIG,
    NOTES,
    NOTES_FINE,
    notes,
    problem,
    read_notes,
    sign_in,
)
from tests.faultlab.rows.telling import log_in_within
from tests.faultlab.rows.tiktok import (
    FEED,
    FOLLOWERS,
    PROFILE,
    TELEMETRY,
    TIKTOK,
    everything,
    listed,
    log_in,
    refused_log_in,
    service,
    shown,
    start,
    tiktok,
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

US, WEB, CDN_TOO = "api16-normal-useast5.tiktokv.us", "www.tiktok.com", "v19.tiktokcdn-us.com"
CAPTCHA, CHAT = "rc-verification-i18n.tiktokv.com", "im-ws.tiktok.com"
CHECK = "/passport/user/check_login_name/"
see = get(TIKTOK, PROFILE)
see_list = get(TIKTOK, FOLLOWERS)


def unclear(fault: Fault) -> Fault:
    """Abstaining is due."""
    return replace(fault, separable=False)


def looks(name: str, truth: Truth, breaks: str, *profiles: Body) -> Fault:
    """The own profile is asked for once for each of these answers."""
    reply = in_turn(*(says(one) for one in profiles))
    return tiktok(name, truth, breaks, together(*[see] * len(profiles)), profile=reply)


def web(name: str, truth: Truth, code: int, text: str) -> Fault:
    """The web pages inside the app say this."""
    reply = says({"statusCode": code, "statusMsg": text, "status_msg": text})
    hosts = (*service(), site(WEB, reply))
    fault = row(name, truth, f"statusCode {code}", hosts, together(start, get(WEB, "/api/me/")))
    return replace(fault, profile="tiktok")


def beside(name: str, truth: Truth, breaks: str, play: Play, *hosts: Host, **ill: Reply) -> Fault:
    """The service and more hosts; one of its own by the same name gives way."""
    known = {host.name for host in hosts}
    own = tuple(host for host in service(**ill) if host.name not in known)
    fault = row(name, truth, breaks, (*own, *hosts), together(start, play))
    return replace(fault, profile="tiktok")


def checked(name: str, truth: Truth, breaks: str, check: Reply, *then: Play) -> Fault:
    """The name is checked before the log-in; the check is answered so."""
    host = site(
        TIKTOK,
        lambda wire, request: (check if CHECK in request.path else FINE_LOG_IN)(wire, request),
    )
    play = together(post(TIKTOK, CHECK, "mix_mode=1", "application/x-www-form-urlencoded"), *then)
    fault = row(name, truth, breaks, (host, site(TELEMETRY)), together(play))
    return replace(fault, profile="tiktok")


FINE_LOG_IN = says(logged_in())
PAGE_1 = followers(20, 1204)
PAGE_2 = app_body(followers=[], total=1204, has_more=True)

ROWS = (
    refused_log_in("f5_turkish_unknown", ACCOUNT, 1011, "Kullanıcı mevcut değil"),
    refused_log_in("f5_phone_not_registered", ACCOUNT, 1054),
    refused_log_in("f5_mail_malformed", ACCOUNT, 1044, "Enter a valid email address"),
    refused_log_in("f5_mail_code_expired", ACCOUNT, 1703, "Code expired. Send a new one."),
    refused_log_in("f5_portuguese_password", ACCOUNT, 9202, "Senha incorreta. Tente novamente."),
    refused_log_in("f5_polish_password", ACCOUNT, 9203, "Nieprawidłowe hasło"),
    refused_log_in(
        "f5_spanish_ban", ACCOUNT_GATE, 9204, "Tu cuenta ha sido suspendida permanentemente"
    ),
    refused_log_in(
        "f5_french_limit", ACCOUNT_GATE, 9205, "Trop de tentatives. Réessayez plus tard."
    ),
    refused_log_in("f5_puzzle_under_7", ACCOUNT_GATE, 7, "Drag the puzzle piece into place"),
    refused_log_in(
        "f5_authenticator", ACCOUNT_GATE, 2135, "Enter the code from your authenticator app"
    ),
    refused_log_in(
        "f5_not_in_your_country",
        SERVER_GATE,
        9206,
        "TikTok is not available in your country or region",
    ),
    refused_log_in(
        "f5_version_too_old",
        SERVER_GATE,
        9207,
        "This version is no longer supported. Please update TikTok.",
    ),
    refused_log_in(
        "f5_japanese_server_error",
        SERVER,
        9208,
        "サーバーエラーが発生しました。しばらくしてから再度お試しください。",
    ),
    refused_log_in(
        "f5_english_overload", SERVER, 9209, "Service unavailable: too much load on our servers"
    ),
    unclear(
        refused_log_in("f5_number_against_words", SERVER, 1009, "Server is busy. Please try again.")
    ),
    unclear(refused_log_in("f5_login_2150", ACCOUNT, 2150, "Login failed")),
    unclear(
        tiktok(
            "f5_error_without_data",
            SERVER,
            "message error and nothing else",
            log_in,
            login=says({"message": "error"}),
        )
    ),
    web("f5_web_not_logged_in", ACCOUNT, 10102, "not login"),
    web("f5_web_captcha", ACCOUNT_GATE, 10000, "verify"),
    unclear(web("f5_web_unknown_number", SERVER, 10777, "")),
    looks(
        "f5_counter_falls_to_12",
        SERVER,
        "1204, then 12; 1310 in the past",
        profile(1204),
        profile(12),
    ),
    looks(
        "f5_counter_falls_by_one_fine",
        FINE,
        "1204, then 1203: somebody left",
        profile(1204),
        profile(1203),
    ),
    looks(
        "f5_other_account_shown",
        SERVER,
        "the second look shows another account",
        profile(1204),
        profile(77, "somebody.else"),
    ),
    looks("f5_counter_negative", SERVER, "-1 followers", profile(-1)),
    looks(
        "f5_profile_busy_once_fine",
        FINE,
        "status 3 with words of load once, then the profile",
        app_body(3, "Server is busy"),
        profile(1204),
    ),
    shown(
        "f5_german_session_over",
        ACCOUNT,
        "status_code 8, in German",
        app_body(8, "Anmeldung abgelaufen"),
    ),
    shown("f5_user_is_a_list", SERVER, "an empty list where the user is due", app_body(user=[])),
    listed(
        "f5_total_off_by_one_fine", FINE, "total 1203, the profile says 1204", followers(20, 1203)
    ),
    listed(
        "f5_list_of_another_size",
        SERVER,
        "total 3, three shown, the profile says 1204",
        followers(3, 3),
    ),
    listed(
        "f5_list_rate_limited_words",
        ACCOUNT_GATE,
        "status_code 7 with words",
        app_body(7, "You are visiting our service too frequently."),
    ),
    tiktok(
        "f5_second_page_empty",
        SERVER,
        "page one has 20 of 1204, page two none, and says there is more",
        together(see, *[see_list] * 3),
        followers=in_turn(says(PAGE_1), says(PAGE_2)),
    ),
    tiktok(
        "f5_feed_null",
        SERVER,
        "aweme_list null",
        get(TIKTOK, FEED),
        feed=says(app_body(aweme_list=None)),
    ),
    tiktok(
        "f5_feed_busy_once_fine",
        FINE,
        "busy once, then a feed",
        together(*[get(TIKTOK, FEED)] * 2),
        feed=in_turn(says(app_body(4, "Server is busy")), says(feed())),
    ),
    tiktok(
        "f5_log_in_9s_fine",
        FINE,
        "the log-in takes 9 s",
        log_in_within(20.0),
        login=after(9.0, says(logged_in())),
    ),
    tiktok(
        "f5_log_in_anew_fine",
        FINE,
        "the session was over; logged in again, the profile is there",
        together(see, log_in, see),
        profile=in_turn(says(app_body(8, "Login expired")), says(profile())),
    ),
    tiktok(
        "f5_log_in_body_cut",
        SERVER,
        "JSON of a log-in that stops",
        together(log_in, log_in),
        login=answer(200, '{"data": {"user_id": 70123', "application/json"),
    ),
    tiktok(
        "f5_profile_504_twice",
        SERVER,
        "504 to the profile, the rest is well",
        together(log_in, get(TIKTOK, PROFILE, times=2), get(TIKTOK, FEED)),
        profile=answer(504, ""),
    ),
    checked(
        "f5_check_500_log_in_fine",
        FINE,
        "the check of the name fails, the log-in works",
        answer(500, ""),
        log_in,
    ),
    checked(
        "f5_check_wants_captcha",
        ACCOUNT_GATE,
        "the check wants a captcha; no log-in is tried",
        says(passport_error(1105, "Drag the slider to fit the puzzle")),
    ),
    beside(
        "f5_us_region_503",
        SERVER,
        "the American region answers 503, the other one is well",
        together(get(US, PROFILE, times=3), see),
        site(US, answer(503, "")),
    ),
    beside(
        "f5_us_region_resets",
        SERVER,
        "the American region closes connections unanswered",
        together(get(US, PROFILE, times=3), see),
        site(US, lambda wire, request: False),
    ),
    beside(
        "f5_other_cdn_fine",
        FINE,
        "404 for a video at one CDN, the other has it",
        together(everything, get(CDN, "/video/7.mp4"), get(CDN_TOO, "/video/7.mp4")),
        site(CDN, answer(404, "")),
        site(CDN_TOO, answer(200, b"\x00\x00\x00\x18ftypmp42", "video/mp4")),
    ),
    beside(
        "f5_both_cdns_dead",
        SERVER,
        "both CDNs' names are dead, the API is well",
        together(
            everything, get(CDN, "/video/7.mp4", times=2), get(CDN_TOO, "/video/7.mp4", times=2)
        ),
        unreachable(CDN, "dead_name"),
        unreachable(CDN_TOO, "dead_name"),
    ),
    beside(
        "f5_config_certificate_fine",
        FINE,
        "a resource host's certificate ran out, all else is well",
        together(get(CONFIG, "/src/pkg", times=2), everything),
        site(CONFIG, cert="expired"),
    ),
    unclear(
        beside(
            "f5_captcha_host_down",
            ACCOUNT_GATE,
            "a captcha is wanted and its host answers 503",
            together(log_in, get(CAPTCHA, "/captcha/get", times=2)),
            site(CAPTCHA, answer(503, "")),
            login=says(passport_error(1105, "Drag the slider to fit the puzzle")),
        )
    ),
    unclear(
        beside(
            "f5_chat_down",
            SERVER,
            "the chat's WebSocket fails each time, all else is well",
            together(everything, opens(3, CHAT)),
            site(CHAT, socket_closing(1011)),
        )
    ),
    beside(
        "f5_ban_beside_dead_telemetry",
        ACCOUNT_GATE,
        "banned; telemetry hangs up",
        together(get(TELEMETRY, "/service/2/app_log/", times=2), log_in),
        site(TELEMETRY, close_unanswered),
        login=says(passport_error(9101, "Your account was permanently banned")),
    ),
    notes(
        "f5_notes_401_number_41",
        ACCOUNT,
        "HTTP 401 with number 41: the password is wrong",
        NOTES_FINE,
        problem(41, "wrong password", 401),
        play=sign_in,
    ),
    notes(
        "f5_notes_count_against_list",
        SERVER,
        "three notes and a count of 0",
        site(NOTES, answer(200, {"notes": [{"id": n} for n in range(3)], "count": 0})),
        play=read_notes,
    ),
    notes(
        "f5_notes_second_factor_passed_fine",
        FINE,
        "a second factor was asked for, then in",
        NOTES_FINE,
        site(
            ACCOUNTS,
            in_turn(
                answer(200, {"error": {"number": 42, "text": "second factor"}}),
                answer(200, {"token": "x"}),
            ),
        ),
        play=together(sign_in, sign_in, read_notes),
    ),
    unclear(
        notes(
            "f5_notes_500_number_41",
            SERVER,
            "HTTP 500 with number 41",
            NOTES_FINE,
            problem(41, "wrong password", 500),
            play=sign_in,
        )
    ),
    notes(
        "f5_notes_refused",
        SERVER,
        "the note service's port is closed",
        unreachable(NOTES, "refused"),
        site(ACCOUNTS, answer(200, {"token": "x"})),
        play=together(sign_in, get(NOTES, "/v2/notes", times=2)),
    ),
)
