"""The code of an HTTP/2 reset or GOAWAY, and what follows from it."""

from __future__ import annotations

import pytest

from harness.attribution.http2_code import http2_code
from tests.attribution.build import exchange, failed, probe, verdict_of

GOAWAY = "HTTP/2 connection closed: <ConnectionTerminated error_code:{}, last_stream_id:0>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("stream reset by client (CANCEL)", "CANCEL"),
        ("stream reset by client (HTTP_1_1_REQUIRED)", "HTTP_1_1_REQUIRED"),
        ("stream reset by client (SOMETHING)", None),
        (GOAWAY.format(0), "NO_ERROR"),
        (GOAWAY.format(13), "HTTP_1_1_REQUIRED"),
        (GOAWAY.format(14), None),
        ("peer closed connection", None),
    ],
)
def test_the_code_is_read_from_the_text(text: str, code: str | None) -> None:
    assert http2_code(text) == code


@pytest.mark.parametrize("code", ["PROTOCOL_ERROR", "FLOW_CONTROL_ERROR", "ENHANCE_YOUR_CALM"])
def test_an_origin_that_accuses_is_never_surely_at_fault(code: str) -> None:
    text = f"stream reset by client ({code})"
    twice = [failed(text, begun, reset_by="origin", server_open=True) for begun in (1.0, 2.0)]
    verdict = verdict_of(exchange(0.5, host="other.example"), *twice, probe())
    assert verdict.party == "server"
    assert verdict.confidence < 0.9


@pytest.mark.parametrize(("status", "sure"), [(14, True), (13, True), (4, False), (12, False)])
def test_a_grpc_status_that_the_caller_has_a_part_in_leaves_a_doubt(
    status: int, sure: bool
) -> None:
    answer = exchange(content_type="application/grpc", body="empty", grpc_status=status)
    again = exchange(1.5, content_type="application/grpc", body="empty", grpc_status=status)
    verdict = verdict_of(exchange(0.5, host="other.example"), answer, again, probe())
    assert verdict.party == "server"
    assert (verdict.confidence >= 0.9) is sure
