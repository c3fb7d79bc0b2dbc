"""What is wrong with an answer that arrived whole."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.answer import answer_problem
from harness.attribution.failure_kind import FailureKind as Kind
from harness.domain.facts.traffic import Envelope
from tests.attribution.build import TIKTOK, exchange

FEED = TIKTOK.needs["feed"]


GRPC: dict[str, Any] = {
    "http_version": "HTTP/2.0",
    "content_type": "application/grpc",
    "body": "binary",
    "client_open": True,
}
"""An answer over gRPC that ends without a status."""


FILTERED: dict[str, Any] = {"server_header": "Zscaler/6.2"}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, None),
        ({"status": None}, None),
        ({"status": 204, "body": "empty"}, None),
        ({"method": "HEAD", "body": "empty"}, None),
        ({"status": 304}, None),
        ({"status": 409}, None),
        ({"status": 403}, Kind.ANSWER_FORBIDDEN),
        ({"status": 404}, Kind.ANSWER_NOT_FOUND),
        ({"status": 407}, Kind.ANSWER_PROXY_LOGIN),
        ({"status": 422}, Kind.ANSWER_BAD_REQUEST),
        ({"status": 429}, Kind.ANSWER_TOO_MANY),
        ({"status": 451}, Kind.ANSWER_LEGAL),
        ({"status": 511, "scheme": "http"}, Kind.ANSWER_PROXY_LOGIN),
        ({"status": 511}, Kind.ANSWER_SERVER_ERROR),
        ({"body": "empty", "content_type": "text/plain"}, None),
        ({"body": "undecodable", "content_encoding": "gzip"}, Kind.ANSWER_UNDECODABLE),
        ({"body": "undecodable", "content_encoding": "ttzip"}, None),
        ({"body": "html", "content_type": "text/html", "path": "/about"}, None),
        ({"body": "html", "path": "/about"}, Kind.ANSWER_HTML),
        ({"envelope": Envelope("app", 0)}, None),
        ({"envelope": Envelope("app", None)}, None),
        ({"envelope": Envelope("app", 8)}, Kind.ENVELOPE_REFUSED),
        ({"status": 403, "envelope": Envelope("app", 8)}, Kind.ENVELOPE_REFUSED),
        ({"status": 503, "envelope": Envelope("app", 8)}, Kind.ANSWER_SERVER_ERROR),
        ({"status": 302, "shape_missing": ("a",)}, None),
        ({"websocket_close": 1000}, None),
        ({"grpc_status": 0, "body": "empty"}, None),
        (FILTERED | {"status": 403}, Kind.UPSTREAM_REFUSED),
        (FILTERED | {"status": 451}, Kind.UPSTREAM_REFUSED),
        (FILTERED | {"status": 503}, Kind.UPSTREAM_UNREACHED),
        (FILTERED | {"status": 407}, Kind.ANSWER_PROXY_LOGIN),
        (FILTERED | {"body": "html"}, Kind.UPSTREAM_REFUSED),
        (FILTERED | {"status": 302, "location": "block.example/"}, Kind.UPSTREAM_REFUSED),
        (FILTERED | {"status": 302}, None),
        (FILTERED | {"status": 302, "location": "a.example/", "path": "/about"}, None),
        (FILTERED, None),
        ({"status": 402}, Kind.ANSWER_REFUSED),
        ({"status": 408}, Kind.ANSWER_REFUSED),
        ({"status": 426}, Kind.ANSWER_REFUSED),
        ({"status": 412}, None),
        ({"status": 416}, None),
        ({"body": "html", "content_type": "text/html", "path": "/a.png"}, Kind.ANSWER_HTML),
        ({"websocket_close": 1001, "websocket_closed_by": "origin"}, Kind.ANSWER_WEBSOCKET_AWAY),
        ({"websocket_close": 1001, "websocket_closed_by": "app"}, None),
        ({"websocket_close": 1000, "websocket_closed_by": "origin"}, None),
        ({"websocket_close": 1008, "websocket_closed_by": "origin"}, Kind.ANSWER_WEBSOCKET_REFUSED),
        ({"websocket_close": 1002, "websocket_closed_by": "app"}, Kind.ANSWER_WEBSOCKET_REFUSED),
        ({"websocket_close": 4001, "websocket_closed_by": "origin"}, Kind.ANSWER_WEBSOCKET_REFUSED),
        ({"websocket_close": 4001, "websocket_closed_by": "app"}, None),
        (GRPC, Kind.ANSWER_GRPC),
        (GRPC | {"grpc_status": 0}, None),
        (GRPC | {"client_open": None}, None),  # of a HAR file, which has no trailers
        (GRPC | {"content_type": "application/grpc-web+proto"}, None),
    ],
)
def test_an_answer_is_read(changes: dict[str, Any], kind: Kind | None) -> None:
    found = answer_problem(exchange(**changes), None)
    assert (found.kind if found else None) is kind


def test_a_need_says_what_is_due() -> None:
    empty = answer_problem(exchange(body="empty", content_type=None), FEED)
    assert empty is not None
    assert empty.kind is Kind.ANSWER_EMPTY
    none = answer_problem(exchange(values={"items": 0}), FEED)
    assert none is not None
    assert (none.kind, none.text) == (Kind.ENVELOPE_VALUE, "items")
    assert answer_problem(exchange(values={"items": 3}), FEED) is None
    text = answer_problem(exchange(body="text", content_type="text/plain"), FEED)
    assert text is not None
    assert text.kind is Kind.ANSWER_MALFORMED


def test_less_than_nothing_is_no_number_of_anything() -> None:
    need = TIKTOK.needs["followers"]
    found = answer_problem(exchange(values={"total": -3, "followers": 3}), need)
    assert found is not None
    assert (found.kind, found.text) == (Kind.ENVELOPE_VALUE, "total")
    assert (
        answer_problem(exchange(values={"total": 3, "followers": 3, "has_more": -1}), need) is None
    )
