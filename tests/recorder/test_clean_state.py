"""Flows as they may be stored."""

from __future__ import annotations

import gzip
import io

from mitmproxy import http
from mitmproxy.io import FlowReader
from mitmproxy.test import tflow

from harness.recorder.clean_state import SharedParts, clean_state
from harness.recorder.flow_bytes import encode
from harness.recorder.streaming import Streaming
from harness.redaction.redactor import Redactor
from tests.recorder.flows import flow
from tests.recorder.recording_stand_in import KEY

REDACTOR = Redactor(KEY)


def stored(made: http.HTTPFlow) -> http.HTTPFlow:
    """As mitmproxy reads it back."""
    file = io.BytesIO(encode(clean_state(made, SharedParts(REDACTOR))))
    (read,) = FlowReader(file).stream()
    assert isinstance(read, http.HTTPFlow)
    return read


def test_what_is_stored_is_a_flow_without_secrets() -> None:
    made = flow(
        path="/login/?password=hunter2&device_id=7",
        body=b'{"session_key":"hunter2","n":1}',
        headers={"set-cookie": "sid=hunter2; Path=/"},
    )
    made.request.headers["x-tt-token"] = "hunter2"
    made.request.content = b'{"password":"hunter2"}'
    before = made.get_state()
    read = stored(made)
    assert made.get_state() == before, "the flow itself is not touched"
    assert b"hunter2" not in repr(read.get_state()).encode()
    assert read.id == made.id
    assert read.request.path.startswith("/login/?password=<dropped>&device_id=~")
    assert read.response is not None
    assert read.response.content == b'{"session_key":"<dropped>","n":1}'
    assert read.response.headers["set-cookie"] == "sid=<dropped>; Path=/"
    assert (read.request.host, read.response.status_code) == ("api16.example.com", 200)


def test_coded_bodies_are_stored_decoded() -> None:
    made = flow(headers={"content-encoding": "gzip"})
    assert made.response is not None
    made.response.raw_content = gzip.compress(b'{"a":1}')
    read = stored(made)
    assert read.response is not None
    assert read.response.content == b'{"a":1}'
    assert read.response.headers["x-harness-content-encoding"] == "gzip"
    made.response.headers["content-encoding"] = "ttzip"
    read = stored(made)
    assert read.response is not None
    assert (read.response.raw_content or b"").startswith(b"[body of ")


def test_streamed_bodies_come_from_the_copy() -> None:
    for kind, pieces, content in (
        ("application/json", [b'{"a":', b"1}"], b'{"a":1}'),
        ("video/mp4", [b"x" * 10], b"[body of 10 bytes, not kept]"),
    ):
        made = flow(kind=kind, body=b"")
        Streaming().responseheaders(made)
        assert made.response is not None
        assert callable(made.response.stream)
        for piece in pieces:
            made.response.stream(piece)
        made.request.content = None
        read = stored(made)
        assert read.response is not None
        assert read.response.raw_content == content
        assert read.request.raw_content == b"[streamed, not kept]"


def test_failures_and_trailers_are_kept() -> None:
    made = flow(error="peer closed; token=hunter2")
    assert made.response is not None
    made.response.trailers = http.Headers([(b"grpc-status", b"13")])
    read = stored(made)
    assert read.error is not None
    assert "hunter2" not in read.error.msg
    assert read.response is not None
    assert read.response.trailers is not None
    assert read.response.trailers["grpc-status"] == "13"
    assert stored(flow(status=None)).response is None


def test_connections_are_made_once_and_memory_is_bounded() -> None:
    states = SharedParts(REDACTOR, most=2)
    one = flow()
    assert states.connection(one.client_conn) is states.connection(one.client_conn)
    for _ in range(5):
        states.connection(tflow.tclient_conn())
    assert len(states._states) == 2
