"""From a flow to the facts of an exchange."""

from __future__ import annotations

from typing import Any

import pytest
from mitmproxy import http
from mitmproxy.connection import ConnectionState
from mitmproxy.test import tflow

from harness.domain.facts.traffic import Exchange
from harness.recorder.envelope import AnswerReader
from harness.recorder.exchange_facts import Progress, exchange_facts
from harness.recorder.host_roles import HostRoles
from harness.recorder.streaming import Streaming
from harness.redaction.redactor import Redactor
from tests.recorder.flows import flow
from tests.recorder.recording_stand_in import KEY, PROFILE

REDACTOR = Redactor(KEY)
READER = AnswerReader(PROFILE, HostRoles(PROFILE), REDACTOR)


def _same(wall: float | None) -> float | None:
    return wall


def facts(made: http.HTTPFlow, **more: Any) -> Exchange:
    given: dict[str, Any] = {"mono": _same, "redactor": REDACTOR, "reader": READER}
    return exchange_facts(Progress(made, 3, 1.0), **(given | more))


def test_bytes_that_are_no_text_are_marked() -> None:
    made = flow(status=None, error="odd \udce9")
    made.request.data.method, made.request.data.path = b"G\xff", b"/caf\xe9/\xc3\xa9?x"
    made.request.host = "na\udce9"
    seen = facts(made)
    assert (seen.method, seen.path, seen.host, seen.error) == (
        "G\ufffd", "/caf\ufffd/é", "na\ufffd", "odd \ufffd",
    )  # fmt: skip


def test_a_plain_success() -> None:
    seen = facts(flow(path="/v1/follower/list/?user_id=7", body=b'{"status_code":0,"total":5}'))
    assert (seen.status, seen.error, seen.body, seen.ordinal) == (200, None, "json", 3)
    assert (seen.host, seen.path) == ("api16.example.com", "/v1/follower/list/")
    assert seen.envelope is not None
    assert seen.values == {"follower_count": 5}
    assert seen.shape_missing == ("followers",)
    assert seen.response_bytes == 27
    assert (seen.client_open, seen.server_open) == (True, True)


def test_an_answer_that_the_proxy_made_up_has_no_status() -> None:
    made = flow(status=None, error="server closed connection")
    made.server_conn.state = ConnectionState.CLOSED
    seen = facts(made, reset_by=None)
    assert (seen.status, seen.error, seen.head) == (None, "server closed connection", None)
    assert (seen.client_open, seen.server_open) == (True, False)
    assert seen.ended is not None


def test_a_failure_after_the_head_leaves_both_and_reads_no_body() -> None:
    seen = facts(flow(error="peer closed connection"), reset_by="origin")
    assert (seen.status, seen.error, seen.body) == (200, "peer closed connection", "none")
    assert (seen.envelope, seen.reset_by) == (None, "origin")


def test_what_is_still_waiting_has_no_end() -> None:
    seen = facts(flow(status=None), over=False)
    assert (seen.ended, seen.client_open, seen.body) == (None, None, "none")
    assert seen.sent is not None


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"server": "nginx", "retry-after": "30"}, {"server_header": "nginx", "retry_after": "30"}),
        ({"location": "https://u:p@b.test/x/7001234567?ticket=1"},
         {"location": f"b.test/x/{REDACTOR.tag('7001234567')}"}),
        ({"location": "http://[broken?x=1"}, {"location": "http://[broken"}),
        ({"date": "Sun, 23 Nov 2025 08:36:40 GMT"}, {"date": 1763887000.0}),
        ({"date": "yesterday"}, {"date": None}),
        ({"grpc-status": "14"}, {"grpc_status": 14}),
        ({"content-encoding": "ttzip"}, {"body": "undecodable"}),
    ],
)  # fmt: skip
def test_headers(headers: dict[str, str], wanted: dict[str, object]) -> None:
    seen = facts(flow(headers=headers))
    assert {name: getattr(seen, name) for name in wanted} == wanted


def test_grpc_trailers_count_before_headers() -> None:
    made = flow(kind="application/grpc", body=b"\0\0")
    assert made.response is not None
    made.response.trailers = http.Headers([(b"grpc-status", b"13")])
    seen = facts(made)
    assert (seen.grpc_status, seen.body) == (13, "protobuf")


@pytest.mark.parametrize(
    ("kind", "pieces", "body", "streamed"),
    [
        ("application/json", [b'{"a":', b"1}"], "json", False),
        ("video/mp4", [b"x" * 10], "binary", True),
        ("text/event-stream", [b"data"], "binary", True),
        ("application/json", [], "empty", False),
    ],
)
def test_streamed_bodies(kind: str, pieces: list[bytes], body: str, *, streamed: bool) -> None:
    made = flow(kind=kind, body=b"")
    Streaming().responseheaders(made)
    assert made.response is not None
    assert callable(made.response.stream)
    for piece in pieces:
        made.response.stream(piece)
    seen = facts(made)
    assert (seen.body, seen.streamed) == (body, streamed)
    assert seen.response_bytes == sum(map(len, pieces))


@pytest.mark.parametrize(("by_client", "side"), [(True, "app"), (False, "origin"), (None, None)])
def test_websockets(by_client: bool | None, side: str | None) -> None:
    made = tflow.twebsocketflow()
    assert made.websocket is not None
    made.websocket.closed_by_client = by_client
    made.websocket.close_code = 1006
    seen = facts(made)
    assert (seen.websocket_close, seen.websocket_closed_by, seen.status) == (1006, side, 101)


def test_a_malformed_request_is_told_although_it_is_sent_on() -> None:
    made = flow()
    made.request.headers["X Bad"] = "1"
    seen = facts(made)
    assert seen.request_problem is not None
    assert "invalid header name" in seen.request_problem


def test_an_upload_that_was_cut_is_told() -> None:
    made = flow(status=None, error="HTTP/1 protocol error: peer closed connection without …")
    made.request.timestamp_end = None
    assert (facts(made).request_problem or "").startswith("HTTP/1 protocol error")


def test_streamed_requests_are_measured_by_their_header() -> None:
    made = flow()
    made.request.content = None
    made.request.headers["content-length"] = "123"
    assert facts(made).request_bytes == 123


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (400, b'{"a": 1', "the request's body is no whole JSON"),
        (400, b'{"a": 1}', None),
        (400, b"", None),
        (200, b'{"a": 1', None),
        (503, b'{"a": 1', None),
    ],
)
def test_a_refused_request_whose_body_is_cut(status: int, body: bytes, told: str | None) -> None:
    made = flow(path="/v1/albums", status=status)
    made.request.method = "POST"
    made.request.headers["content-type"] = "application/json; charset=utf-8"
    made.request.raw_content = body
    assert facts(made).request_problem == told
