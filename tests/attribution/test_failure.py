"""Failures told from states and times: the branches that the recorded rows do not reach."""

from __future__ import annotations

import pytest

from harness.attribution.failure import (
    Patience,
    connection_failure,
    exchange_failure,
    pending_failure,
)
from harness.attribution.failure_kind import FailureKind as Kind
from harness.domain.vocabulary import Layer
from tests.attribution.build import connection, exchange, failed, no_client_tls, no_connect

LEFT = "Client disconnected."


@pytest.mark.parametrize(
    ("wait", "patience", "kind"),
    [
        (None, Patience(), Kind.ABANDONED_UNCLEAR),
        (0.3, Patience(), Kind.ABANDONED_EARLY),
        (2.0, Patience(), Kind.ABANDONED_UNCLEAR),
        (9.0, Patience(), Kind.ABANDONED_AFTER_TIMEOUT),
        (4.0, Patience(10.0, known=True), Kind.ABANDONED_EARLY),
        (6.0, Patience(10.0, known=True), Kind.ABANDONED_UNCLEAR),
        (14.9, Patience(15.0, known=True), Kind.ABANDONED_AFTER_TIMEOUT),
    ],
)
def test_patience_tells_a_time_out_from_a_whim(
    wait: float | None, patience: Patience, kind: Kind
) -> None:
    assert patience.judge(wait) is kind


def test_an_answered_exchange_has_no_transport_failure() -> None:
    assert exchange_failure(exchange()) is None


def test_a_failure_without_an_end_has_no_wait() -> None:
    found = exchange_failure(failed(LEFT, ended=None))
    assert found is not None
    assert (found.kind, found.wait) == (Kind.ABANDONED_UNCLEAR, None)


@pytest.mark.parametrize(
    ("error", "changes", "kind"),
    [
        ("Closing connection due to inactivity: x", {}, Kind.PROXY_IDLE_TIMEOUT),
        ("HTTP/1 … without sending complete message body", {"client_open": True}, Kind.HTTP_FAILED),
        ("Request body exceeds mitmproxy's body_size_limit.", {}, Kind.PROXY_BODY_LIMIT),
        ("something", {"reset_by": "origin"}, Kind.HTTP_RESET_BY_ORIGIN),
        ("something", {"server_open": True}, Kind.HTTP_FAILED),
        ("something", {"status": 200}, Kind.HTTP_TRUNCATED),
        (LEFT, {"sent": None, "request_bytes": 9, "client_open": False}, Kind.HTTP_UPLOAD_CUT),
        ("Upstream proxy x refused HTTP CONNECT request: 407", {}, Kind.UPSTREAM_REFUSED),
    ],
)
def test_the_side_is_told_by_states(error: str, changes: dict[str, object], kind: Kind) -> None:
    found = exchange_failure(failed(error, **changes))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert found is not None
    assert found.kind is kind


def test_a_call_under_way_is_a_hang_only_after_the_apps_patience() -> None:
    waiting = exchange(1.0, ended=None, head=None, status=None)
    assert pending_failure(waiting, 3.0).kind is Kind.PROXY_SHUTDOWN
    long = pending_failure(waiting, 12.0)
    assert (long.kind, long.after_head) == (Kind.HTTP_NO_ANSWER, False)
    assert pending_failure(exchange(1.0, ended=None), 12.0).after_head


@pytest.mark.parametrize(
    ("line", "until", "kind"),
    [
        (no_connect("client disconnected", wait=4.0), None, Kind.TCP_UNANSWERED),
        (no_connect("odd words"), None, Kind.TCP_FAILED),
        (connection(connect_done=None, closed=9.0), None, Kind.TCP_UNANSWERED),
        (connection(connect_done=None, client_tls_done=None, closed=1.1), None, None),
        (connection(server_tls_done=None, client_tls_done=None), 3.0, Kind.TLS_SERVER_UNANSWERED),
        (connection(server_tls_done=None, client_tls_done=None), 1.1, None),
        (connection(origin_closed_early=True), None, Kind.TLS_SERVER_CLOSED),
        (
            connection(server_tls_done=None, server_tls_error="odd words"),
            None,
            Kind.TLS_SERVER_FAILED,
        ),
        (no_client_tls("connection closed early"), None, None),
        (connection(alert_after_handshake="[… 'odd']"), None, None),
        (
            connection(alert_after_handshake="[… 'tlsv13 alert certificate required']"),
            None,
            Kind.PROXY_CLIENT_CERTIFICATE,
        ),
        (connection(closed=2.0, requests=1), None, None),
        (connection(passed_through=True, closed=2.0), None, None),
        (connection(), None, None),
    ],
)
def test_connections_fail_layer_by_layer(line: object, until: float | None, kind: object) -> None:
    found = connection_failure(line, until)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert (found.kind if found else None) is kind


def test_the_early_close_of_an_origin_is_a_known_issue_of_the_proxy() -> None:
    found = connection_failure(connection(origin_closed_early=True))
    assert found is not None
    assert found.known_issue == "eager-stall"
    assert found.layer is Layer.TLS
