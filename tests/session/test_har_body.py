"""Bodies of a HAR: what the origin sent is told from what the tool left out or cut."""

from __future__ import annotations

from typing import Any

import pytest

from harness.session.har_body import body_of, request_problem

JSON = "application/json"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"size": 2, "mimeType": JSON, "text": "{}"}, "json"),
        ({"size": 2, "mimeType": JSON, "text": "e30=", "encoding": "base64"}, "json"),
        ({"size": 2, "mimeType": JSON, "text": "e30", "encoding": "base64"}, "none"),
        ({"size": 2, "mimeType": JSON, "text": "e30", "encoding": "rot13"}, "none"),
        ({"mimeType": JSON, "text": "{"}, "malformed"),
        ({"size": 1, "mimeType": JSON, "text": "{"}, "malformed"),
        ({"size": 900, "mimeType": JSON, "text": "{"}, "none"),
        ({"size": 900, "mimeType": JSON, "text": ""}, "none"),
        ({"size": 0, "mimeType": JSON}, "empty"),
        ({"mimeType": JSON, "text": ""}, "empty"),
        ({"size": True, "mimeType": None, "text": "plain"}, "text"),
        ({}, "none"),
        (7, "none"),
    ],
)
def test_what_kind_of_body_an_answer_has(content: object, kind: str) -> None:
    assert body_of({"status": 200, "content": content}, "GET").kind == kind


@pytest.mark.parametrize(("status", "method"), [(204, "GET"), (304, "GET"), (200, "HEAD")])
def test_answers_that_have_no_body(status: int, method: str) -> None:
    content = {"size": 0, "mimeType": JSON, "text": ""}
    assert body_of({"status": status, "content": content}, method).kind == "none"


@pytest.mark.parametrize(
    ("request_part", "status", "problem"),
    [
        ({"postData": {"mimeType": JSON, "text": "{"}}, 400, True),
        ({"postData": {"mimeType": JSON, "text": "{"}}, 200, False),
        ({"postData": {"mimeType": JSON, "text": "{}"}}, 400, False),
        ({"postData": {"mimeType": JSON, "text": "{"}, "bodySize": 9000}, 400, False),
        ({"postData": 3}, 400, False),
        ({}, 400, False),
    ],
)
def test_a_request_that_is_no_json_is_named_where_it_was_refused(
    request_part: dict[str, Any], status: int, *, problem: bool
) -> None:
    assert (request_problem(request_part, status) is not None) is problem
