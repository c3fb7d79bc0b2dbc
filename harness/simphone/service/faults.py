"""The table of the service's faults: name, true party, and the function that breaks one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.simphone.service import answers, config_answers, odd_answers
from harness.simphone.service.door import Door
from harness.simphone.service.hosts import ALL_NEEDS, API_NEEDS
from harness.simphone.service.refusals import Answer, refuse, status

DATA_NEEDS = ("login", "profile", "followers", "following", "feed")


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which the service can be broken.

    `party` and `outcome` are the truth that a diagnosis has to find when the
    fault meets the need that a scenario is about. Exactly one of `answer` and
    `door` is set. `need` fixes the need it acts on, whatever its scope says.
    """

    name: str
    party: str
    outcome: str
    about: str
    answer: Answer | None = None
    door: Callable[[Door], None] | None = None
    scopes: tuple[str, ...] = API_NEEDS
    need: str | None = None


def _door(**changes: object) -> Callable[[Door], None]:
    def change(door: Door) -> None:
        for name, value in changes.items():
            setattr(door, name, value)

    return change


def _broken_door(name: str, about: str, **changes: object) -> Fault:
    return Fault(name, "server", "failed", about, door=_door(**changes))


def _server(name: str, about: str, answer: Answer, scopes: tuple[str, ...] = API_NEEDS) -> Fault:
    return Fault(name, "server", "failed", about, answer=answer, scopes=scopes)


def _gate(name: str, about: str, code: str, text: str, **more: object) -> Fault:
    answer = refuse(code, text, **more)
    return Fault(name, "account", "blocked", about, answer=answer, scopes=("login",))


_ROWS = (
    _server("http-500", "HTTP 500", status(500, b"Internal Server Error")),
    _server(
        "http-502",
        "its gateway answers 502",
        status(502, b"Bad Gateway", "text/html", server="nginx"),
    ),
    _server(
        "http-503", "overload, Retry-After", status(503, b"Service Unavailable", retry_after="30")
    ),
    _server("http-429", "429 to a normal pace", status(429, b"Too Many Requests")),
    _server(
        "error-envelope",
        "HTTP 200 with an error of the server's own making",
        refuse("internal", "Internal server error"),
    ),
    _server("empty-body", "200 with an empty body", answers.empty_body, DATA_NEEDS),
    _server("html-body", "200 with a maintenance page", answers.html_body, DATA_NEEDS),
    _server("wrong-json", "200 with JSON cut in the middle", answers.wrong_json, DATA_NEEDS),
    _server("zero-counters", "counters 0", answers.zero_counters, ("login", "profile")),
    _server("stale-counters", "counters of days ago", answers.stale_counters, ("profile",)),
    _server("empty-list", "list without rows", answers.empty_list, ("followers", "following")),
    _server("names-lost", "user names missing", answers.names_lost, ("profile",)),
    _server("feed-reset", "feed starts over", answers.feed_reset, ("feed",)),
    _server("hang", "never answers", answers.hang),
    Fault("slow", "none", "passed", "right answers after 2.5 s", answers.slow, scopes=ALL_NEEDS),
    _server("drip-body", "one byte a second", answers.drip_body, DATA_NEEDS),
    _server("reset-after-request", "TCP RST after the request", answers.reset_after_request),
    _server("close-after-request", "closes after the request", answers.close_after_request),
    _server("truncated-body", "body cut by a close", answers.truncated_body, DATA_NEEDS),
    _server("h2-reset", "RST_STREAM INTERNAL_ERROR", answers.h2_reset),
    _server("h2-goaway", "GOAWAY ENHANCE_YOUR_CALM", answers.h2_goaway),
    _server("bad-gzip", "gzip body cut short", answers.bad_gzip, DATA_NEEDS),
    _broken_door("refused-connection", "nothing listens", listening=False),
    _broken_door("reset-in-handshake", "RST at ClientHello", hello="reset"),
    _broken_door("silent-handshake", "ClientHello unanswered", hello="silence"),
    _broken_door("expired-certificate", "certificate of 2020", certificate="expired"),
    _broken_door("not-yet-valid-certificate", "of next month", certificate="not-yet-valid"),
    _broken_door("self-signed-certificate", "unknown issuer", certificate="self-signed"),
    _broken_door("wrong-host-certificate", "another host's", certificate="wrong-host"),
    Fault(
        "dead-dns-name",
        "server",
        "failed",
        "log-in host without a DNS record",
        answer=config_answers.dead_dns_name,
        scopes=("login",),
        need="config",
    ),
    _server(
        "http-500-page",
        "a gateway's page with 500",
        odd_answers.gateway_page(500, "Internal Server Error", "openresty"),
    ),
    _server(
        "http-503-upstream",
        "a mesh proxy finds no upstream",
        status(503, b"no healthy upstream", server="envoy"),
    ),
    _server(
        "http-504",
        "its gateway waits in vain",
        odd_answers.late(
            odd_answers.GATEWAY_SECONDS, odd_answers.gateway_page(504, "Gateway Time-out", "nginx")
        ),
    ),
    _server("http-507", "its disk is full", status(507, b"Insufficient Storage")),
    _server(
        "http-520",
        "the CDN gets nonsense from its origin",
        odd_answers.gateway_page(520, "Web server is returning an unknown error", "cloudflare"),
    ),
    _server("http-404", "a deployment lost the route", status(404, b"404 page not found")),
    _server(
        "unknown-error-code",
        "an error code of its own that nobody documents",
        refuse("undocumented", "Server is busy, please try again later"),
    ),
    _server("shapeless", "a success without its data", odd_answers.shapeless, DATA_NEEDS),
    _server("null-data", "a success whose data is null", odd_answers.null_data, DATA_NEEDS),
    _server("stack-trace", "200 with a stack trace", odd_answers.stack_trace, DATA_NEEDS),
    _server("zero-bytes", "200 with zero bytes", odd_answers.zero_bytes, DATA_NEEDS),
    _server("bad-brotli", "says br, is noise", odd_answers.bad_brotli, DATA_NEEDS),
    _server("not-gzip", "says gzip, is plain", odd_answers.not_gzip, DATA_NEEDS),
    _server("reset-in-body", "TCP RST inside the body", odd_answers.reset_in_body, DATA_NEEDS),
    _server("hang-in-body", "half the body, then silence", odd_answers.hang_in_body, DATA_NEEDS),
    _server("h2-refused-stream", "RST_STREAM REFUSED_STREAM", odd_answers.h2_refused),
    _server("h2-goaway-internal", "GOAWAY INTERNAL_ERROR", odd_answers.h2_goaway_internal),
    _broken_door("close-in-handshake", "FIN at ClientHello", hello="close"),
    _broken_door("alert-in-handshake", "TLS alert internal_error", hello="alert"),
    _broken_door("plain-on-tls-port", "HTTP in clear on the TLS port", hello="plain"),
    _gate("captcha-without-text", "slider captcha, no word of it", "captcha", ""),
    _gate("rate-limit-without-text", "code 7, no word of it", "too-frequent", ""),
    Fault(
        "wrong-password-other-code",
        "account",
        "failed",
        "the password is not this one (code 1033)",
        answer=refuse("wrong-password-shop", "Password error"),
        scopes=("login",),
    ),
    Fault(
        "account-gone",
        "account",
        "failed",
        "the account does not exist any more",
        answer=refuse("no-such-user", "User does not exist", followers=[]),
        scopes=("followers", "following"),
    ),
    _gate("captcha", "slider captcha first", "captcha", "Please complete the verification"),
    Fault(
        "wrong-password",
        "account",
        "failed",
        "the password is not this one",
        answer=refuse("wrong-password", "Incorrect account or password"),
        scopes=("login",),
    ),
    _gate("banned", "account banned", "banned", "Your account was permanently banned"),
    _gate("two-step", "second step asked", "two-step", "Verify it's you", verify_ticket="ticket"),
    _gate("new-device", "new device asked about", "new-device", "Verify this device"),
    _gate("age-gate", "birthday asked", "age-gate", "When's your birthday?"),
    _gate("rate-limit", "code 7", "too-frequent", "You are visiting our service too frequently."),
    _gate(
        "too-many-attempts",
        "code 1034",
        "too-many-attempts",
        "Maximum number of attempts reached. Try again later.",
    ),
    Fault(
        "session-expired",
        "account",
        "failed",
        "the session is not valid any more",
        answer=refuse("session-expired", "Login expired"),
        scopes=("profile", "followers", "following"),
    ),
    Fault(
        "list-hidden",
        "account",
        "failed",
        "list hidden by its owner",
        answer=refuse("list-hidden", "This list is private", followers=[]),
        scopes=("followers", "following"),
    ),
    Fault(
        "unknown-user",
        "account",
        "failed",
        "no such account",
        answer=refuse("unknown-user", "User does not exist"),
        scopes=("login",),
    ),
    Fault(
        "region-ban",
        "server",
        "blocked",
        "the notice of January 2025",
        answer=config_answers.region_ban,
        scopes=("login", "profile", "feed"),
        need="config",
    ),
    Fault(
        "welcome-back",
        "none",
        "passed",
        "the card after the ban of January 2025",
        answer=config_answers.welcome_back,
        scopes=("login", "profile", "feed"),
        need="config",
    ),
    Fault(
        "username-change",
        "none",
        "passed",
        "the card of September 2020 that asks for a new user name",
        answer=config_answers.username_change,
        scopes=("login", "profile", "feed"),
        need="config",
    ),
    Fault(
        "forced-update",
        "server",
        "blocked",
        "wants a version that no store has",
        answer=config_answers.forced_update,
        scopes=("login", "profile", "feed"),
        need="config",
    ),
)

FAULTS: Mapping[str, Fault] = {row.name: row for row in _ROWS}
"""All faults of the service by name."""
