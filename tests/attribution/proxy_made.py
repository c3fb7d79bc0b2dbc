"""What our own proxy, its certificate, its clock or its machine leave in a capture by themselves.

Each row is a cause that lies with us and the facts that it leaves, as seen in recorded runs
of mitmproxy 12.2.3; nothing in them is the service's or the app's doing.
"""

from __future__ import annotations

from typing import Any

from harness.domain.facts import Facts
from harness.domain.facts.capture import (
    CaptureGap,
    CaptureVisibility,
    ProxyHeartbeat,
    ProxyLog,
    ProxyStarted,
)
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import DeviceConditions
from tests.attribution.build import connection, no_client_tls, no_connect, no_server_tls
from tests.attribution.log_in_facts import API, CORE, login, login_failed
from tests.attribution.proxy_texts import (
    ALERT,
    EXPIRED,
    HANDSHAKE,
    LEFT,
    NOT_FOUND,
    TEMPORARY,
    TRUST,
    UNREACHABLE,
    VERIFY,
)

type Line = Facts | tuple[float, Facts]

AGAIN = ProxyStarted(pid=2, port=8080, mitmproxy="12.2.3", ca_sha256="00")
SETTINGS = "unexpected server response: b'\\x00\\x00*\\x04\\x00\\x00\\x00\\x00\\x00\\x00'"
H1_CUT = "HTTP/1 protocol error: peer closed connection without sending complete message body"


def _waits(begun: float, client: str = "w") -> Facts:
    """The last line of a call whose proxy is gone: nobody wrote how it ended."""
    nothing: dict[str, Any] = {"ended": None, "head": None, "status": None, "body": "none"}
    return login(begun, client=client, flow=client, **nothing)


def _hands_off(result: str) -> ControlMade:
    return ControlMade("pass_through", result, "Tried.", API, {"trial": result}, 4.0)


def _site(stage: str, why: str) -> ControlMade:
    stages = {"dns": "ok", "tcp": "ok", "tls": "ok", "http": "ok"} | {stage: f"failed: {why}"}
    return ControlMade("control_site", "failed", "The site.", "site.example:443", stages)


def _probe(stage: str, why: str) -> ControlMade:
    stages = {"dns": "ok", "tcp": "ok", "tls": "ok", "http": "ok"} | {stage: f"failed: {why}"}
    return ControlMade("host_probe", "failed", "The probe.", f"{API}:443", stages, 0.1)


ENDED_BY_US: dict[str, tuple[Line, ...]] = {
    "an addon ends the call": (login_failed("Connection killed.", server_open=True),),
    "the proxy closes an idle connection": (login_failed("closed due to inactivity"),),
    "the proxy shuts down": (login_failed("server closed connection", client_open=False),),
    "the proxy shuts down, HTTP/2": (login_failed("peer closed connection", client_open=False),),
    "the capture ends while the app waits": (_waits(18.0),),
    "the proxy is killed and comes back": (
        (2.6, _waits(1.5)),
        (6.0, AGAIN),
        (6.0, CaptureGap(2.7, 6.0, "killed")),
    ),
    "the proxy is killed and gives up": (
        (2.6, _waits(1.5)),
        (9.0, CaptureGap(2.7, None, "killed")),
        (9.0, InstrumentFailure("proxy", "look after it", "started 3 times in vain")),
    ),
    "a body is larger than the proxy takes": (
        login_failed("HTTP/2 body too large, body_size_limit exceeded", server_open=True),
    ),
    "the proxy holds an endless stream back": (
        login_failed(
            LEFT, wait=9.0, client_open=False, status=200, head=2.1,
            content_type="text/event-stream",
        ),
    ),
    "the proxy answered by itself, as another tool saw it": (
        login(status=502, server_header="mitmproxy 12.2.3", body="html", content_type="text/html"),
    ),
    "the proxy called the request bad, as another tool saw it": (
        login(status=400, server_header="mitmproxy 12.2.3", body="html", content_type="text/html"),
    ),
}  # fmt: skip

STOOD_STILL: dict[str, tuple[Line, ...]] = {
    "while the app waited": (
        login_failed(LEFT, wait=9.5, client_open=False),
        (12.0, ProxyHeartbeat(9.0)),
    ),
    "before the request was read": (
        (11.0, ProxyHeartbeat(9.5)),
        login_failed(LEFT, 11.0, wait=0.2, client_open=False),
    ),
    "until the origin closed the idle connection": (
        login_failed("server closed connection", 2.0, wait=9.5),
        (11.6, ProxyHeartbeat(9.4)),
    ),
    "until the upload was given up": (
        login_failed(
            f"{H1_CUT} (received 20 bytes, expected 50)", wait=9.5, sent=None, client_open=False,
            server_open=True, request_bytes=50,
        ),
        (11.6, ProxyHeartbeat(9.4)),
    ),
    "while it connected": (
        (12.0, no_connect("client disconnected", 2.0, 9.5, host=API, connect_refused_status=None)),
        (12.1, ProxyHeartbeat(9.5)),
    ),
    "in the handshake with the app": (
        no_client_tls("The client disconnected during the handshake.", 2.0, wait=9.5, host=API),
        (11.7, ProxyHeartbeat(9.5)),
    ),
    "in the handshake with the origin": (
        (11.8, no_server_tls("connection closed", 2.0, host=API, closed=11.7)),
        (11.8, ProxyHeartbeat(9.5)),
    ),
}  # fmt: skip

_TRUSTS = (
    TRUST,
    EXPIRED,
    "The client may not trust the proxy's certificate for x (OpenSSL ZeroReturnError())",
    "The client does not trust the proxy's certificate for x (tls alert certificate unknown)",
    "The client may not trust the proxy's certificate for x (tlsv1 alert internal error)",
    "The client disconnected during the handshake.",
    "self-signed certificate in certificate chain",
)
OUR_CERTIFICATE: dict[str, tuple[Line, ...]] = {
    **{f"refused: {text[-40:]}": (no_client_tls(text, 2.0, host=API),) for text in _TRUSTS},
    "refused after the handshake": (
        connection(
            2.0, host=API, closed=2.6, alert_after_handshake="tls alert certificate unknown"
        ),
    ),
    "left after the handshake, again and again": tuple(
        connection(2.0 + at, host=API, closed=2.1 + at) for at in (0.0, 0.5, 1.0)
    ),
    "refused on every host": (
        no_client_tls(TRUST, 2.0, host=API),
        no_client_tls(TRUST, 2.5, host=CORE),
        (3.0, CaptureVisibility("refused", "none")),
    ),
    "refused, and fine with our hands off": (
        no_client_tls(TRUST, 2.0, host=API),
        (21.0, _hands_off("ok")),
    ),
    "the phone's clock is wrong for it": (
        no_client_tls(EXPIRED, 2.0, host=API),
        (3.0, DeviceConditions(clock_offset=3.5e7)),
    ),
}
OUR_HANDSHAKE: dict[str, tuple[Line, ...]] = {
    "the origin wants a certificate of the client": (
        no_server_tls("OpenSSL Error([('SSL routines', '', 'tlsv13 alert certificate required')])",
                      2.0, host=API, closed=2.1),
    ),
    "the origin wants a certificate after the handshake": (
        connection(2.0, client="m", host=API, closed=2.2, requests=1,
                   origin_alert="tlsv13 alert certificate required"),
        login_failed("server closed connection", 2.05, client="m"),
    ),
    "the same, told by a line of the log": (
        (2.1, ProxyLog("warning", "TLS Error: tlsv13 alert certificate required", "m")),
        login_failed("server closed connection", 2.05, client="m"),
    ),
    **{
        f"the origin dislikes it ({alert}), and ours alone": (
            no_server_tls(alert, 2.0, host=API, closed=2.1),
            (21.0, _hands_off("ok")),
        )
        for alert in (HANDSHAKE, ALERT.format("internal error"), ALERT.format("access denied"))
    },
    **{
        f"an authority that only the app knows ({why})": (
            no_server_tls(VERIFY + why, 2.0, host=API, closed=2.1),
            (21.0, _hands_off("ok")),
        )
        for why in ("unable to get local issuer certificate", "self-signed certificate")
    },
    "HTTP/1 spoken to an origin of HTTP/2": (login_failed(SETTINGS),),
    "headers of the answer that our proxy does not pass": (
        login_failed("Received invalid header name: b'X Bad' from server, refusing to prevent "
                     "request smuggling attacks."),
    ),
}  # fmt: skip
OUR_RESOLVER: dict[str, tuple[Line, ...]] = {
    "gives no answer, another one does": (
        no_connect(TEMPORARY, 2.0, host=API),
        (20.5, _probe("dns", "temporary failure (errno -3)")),
        (20.6, ControlMade("second_resolver", "ok", "Known.", f"{API}:443")),
    ),
    "does not know the name, another one does": (
        no_connect(NOT_FOUND, 2.0, host=API),
        (20.5, _probe("dns", "name not resolved (errno -2)")),
        (20.6, ControlMade("second_resolver", "ok", "Known.", f"{API}:443")),
    ),
}
PAST_US: dict[str, tuple[Line, ...]] = {
    "the phone's traffic does not reach us": ((1.0, CaptureVisibility("not_seen", "none")),),
    "the phone lost our setting": (
        (1.0, DeviceConditions(http_proxy="", proxy_expected="127.0.0.1:8080")),
    ),
    "the proxy was down in the middle of the step": (
        (0.1, CaptureVisibility("decrypted", "system")),
        (8.0, AGAIN),
        (8.0, CaptureGap(1.0, 8.0, "killed")),
    ),
    "adb failed": ((3.0, InstrumentFailure("adb", "shell", "device offline")),),
}

OUR_MACHINE: dict[str, tuple[Line, ...]] = {
    **{
        f"its clock is wrong: certificates {why}": (
            no_server_tls(VERIFY + text, 2.0, host=API, closed=2.1),
            (20.5, _probe("tls", f"certificate {why}")),
            (20.6, _site("tls", f"certificate {why}")),
        )
        for why, text in (
            ("expired", "certificate has expired"),
            ("not yet valid", "certificate is not yet valid or the system clock is incorrect"),
        )
    },
    "its clock is wrong, and nobody else was asked": (
        no_server_tls(f"{VERIFY}certificate has expired", 2.0, host=API, closed=2.1),
    ),
    "its resolver gives no answer": (
        no_connect(TEMPORARY, 2.0, host=API),
        (20.5, _probe("dns", "temporary failure (errno -3)")),
        (20.6, _site("dns", "temporary failure (errno -3)")),
    ),
    "its resolver knows nothing": (
        no_connect(NOT_FOUND, 2.0, host=API),
        no_connect(NOT_FOUND, 2.5, host=CORE),
        (20.5, _probe("dns", "name not resolved (errno -2)")),
        (20.6, _site("dns", "name not resolved (errno -2)")),
    ),
    "its resolver knows nothing, and nobody else was asked": (
        no_connect(NOT_FOUND, 2.0, host=API),
    ),
    "it has no network": (
        no_connect(UNREACHABLE, 2.0, host=API),
        (20.5, _probe("tcp", "unreachable: network is unreachable")),
        (20.6, _site("tcp", "unreachable: network is unreachable")),
    ),
}
"""Where nothing can be reached from our machine, so that no control or other host can be well."""

EARLIER: dict[str, tuple[Line, ...]] = {
    "the proxy was down just before the step": (
        (0.1, CaptureVisibility("decrypted", "system")),
        (9.0, AGAIN),
        (9.0, CaptureGap(4.0, 9.0, "killed")),
    ),
    "the proxy was killed in an earlier step": (
        (3.9, _waits(2.8)),
        (9.0, AGAIN),
        (9.0, CaptureGap(4.0, 9.0, "killed")),
    ),
}
"""Before the failed step began, at 12 seconds."""

ALL: dict[str, tuple[Line, ...]] = {
    f"{title}: {name}": lines
    for title, rows in (
        ("ended by us", ENDED_BY_US),
        ("our proxy stood still", STOOD_STILL),
        ("our certificate", OUR_CERTIFICATE),
        ("our handshake", OUR_HANDSHAKE),
        ("our resolver", OUR_RESOLVER),
        ("past us", PAST_US),
    )
    for name, lines in rows.items()
}
"""Every cause by its name."""
