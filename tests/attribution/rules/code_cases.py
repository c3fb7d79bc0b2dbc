"""Cases of codes by which one side ends an HTTP/2 stream or a WebSocket."""

from __future__ import annotations

from typing import Any

from tests.attribution.build import exchange, failed
from tests.attribution.rules.rule_case import RuleCase, bare

OTHER = exchange(0.5, host="other.example")


def reset(side: str, code: str) -> Any:
    text = f"stream reset by client ({code})"
    return failed(text, reset_by=side, server_open=True)


def plain(host: str) -> Any:
    return exchange(1.0, host=host, scheme="http", port=80, status=503, body="html")


def goaway(number: int) -> Any:
    return failed(f"HTTP/2 connection closed: <ConnectionTerminated error_code:{number}, x>")


def socket_closed(begun: float, lasted: float) -> Any:
    return exchange(
        begun,
        path="/ws",
        status=101,
        ended=begun + lasted,
        websocket_close=4000,
        websocket_closed_by="origin",
    )


CODE_CASES: list[RuleCase] = [
    ("http_broken_by_origin", "unknown", bare(reset("origin", "HTTP_1_1_REQUIRED"), OTHER)),
    ("http_broken_by_origin", "unknown", bare(goaway(12), OTHER)),
    ("http_broken_by_origin", "server", bare(reset("origin", "PROTOCOL_ERROR"), OTHER)),
    ("http_broken_by_origin", "server", bare(goaway(99), OTHER)),
    ("http_answer_rejected", "unknown", bare(reset("app", "COMPRESSION_ERROR"), OTHER)),
    ("capture_clean", "none", bare(socket_closed(1.0, 5.0), exchange(8.0))),
    ("websocket_refused", "unknown", bare(socket_closed(1.0, 0.2), exchange(8.0))),
    ("websocket_refused", "unknown", bare(socket_closed(1.0, 5.0))),
    (
        "websocket_refused",
        "unknown",
        bare(socket_closed(1.0, 5.0), socket_closed(8.0, 5.0), exchange(15.0)),
    ),
    ("http_server_error", "server", bare(exchange(status=505), OTHER)),
    ("network_one_voice", "unknown", bare(plain("one.example"), plain("two.example"))),
    ("http_server_error", "server", bare(plain("one.example"), plain("api.one.example"))),
]
