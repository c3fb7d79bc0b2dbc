"""What is wrong with an answer that arrived whole."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.answer import answer_problem
from harness.attribution.failure_kind import FailureKind as Kind
from harness.domain.facts.traffic import Envelope
from tests.attribution.build import TIKTOK, exchange

FEED = TIKTOK.needs["feed"]


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
