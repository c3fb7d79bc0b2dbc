"""Refusals inside good answers of services that nobody described."""

from __future__ import annotations

import pytest

from harness.recorder.standard_refusal import FAMILY, standard_refusal
from harness.redaction.redactor import Redactor
from tests.recorder.recording_stand_in import KEY

REDACTOR = Redactor(KEY)

REFUSALS: list[tuple[object, int | None, str]] = [
    ({"error": {"code": 401, "message": "Token expired"}}, 401, "Token expired"),
    ({"errors": [{"message": "not found"}], "data": None}, None, "not found"),
    ({"errors": ["bad"]}, None, "bad"),
    ({"errors": [{"title": "No", "status": "422"}]}, 422, "No"),
    ({"error": "invalid_grant", "error_description": "Bad password"}, None,
     "invalid_grant: Bad password"),
    ({"error": "oops"}, None, "oops"),
    ({"error": True, "message": "no"}, None, "no"),
    ({"jsonrpc": "2.0", "error": {"code": -32603, "message": "Internal error"}}, -32603,
     "Internal error"),
    ({"success": False, "message": "locked"}, None, "locked"),
    ({"ok": False, "error": "not_authed"}, None, "not_authed"),
    ({"status": "error", "message": "down", "code": "E1"}, None, "down"),
    ({"code": 500, "msg": "server error"}, 500, "server error"),
    ({"success": False}, None, ""),
]  # fmt: skip

NO_REFUSALS: list[object] = [
    {"error": None, "items": []},
    {"error": ""},
    {"error": 0},
    {"error": {}},
    {"errors": []},
    {"errors": [{"message": "one field"}], "data": {"a": 1}},
    {"success": True},
    {"status": "ok", "message": "done"},
    {"code": 200, "message": "OK"},
    {"code": 7, "msg": "x"},
    {"code": 404},
    {"status": 500},
    [{"error": "x"}],
    "error",
    None,
]


@pytest.mark.parametrize(("document", "number", "words"), REFUSALS)
def test_a_refusal_is_read(document: object, number: int | None, words: str) -> None:
    read = standard_refusal(document, REDACTOR)
    assert read is not None
    assert (read.family, read.code, read.message) == (FAMILY, number, words)
    assert read.refuses


@pytest.mark.parametrize("document", NO_REFUSALS)
def test_a_plain_answer_is_none(document: object) -> None:
    assert standard_refusal(document, REDACTOR) is None


def test_words_are_redacted_and_cut() -> None:
    read = standard_refusal({"error": "no user anna@example.org " + "x" * 400}, REDACTOR)
    assert read is not None
    assert "anna@example.org" not in read.message
    assert len(read.message) <= 230
