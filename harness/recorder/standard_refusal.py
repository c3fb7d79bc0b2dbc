"""Reads refusals inside good answers of services that no profile describes. Pure.

Only shapes that standards or wide use fix: problem details (RFC 9457), OAuth 2 (RFC 6749,
5.2), JSON-RPC 2.0, GraphQL and JSON:API `errors`, Google's `error` object, JSend's
`status`, and the flags `success` and `ok`. What such a word means is for the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from harness.domain.facts.traffic import Envelope
from harness.recorder.json_path import as_int
from harness.redaction.redactor import Redactor

FAMILY = "standard"
"""Of the envelopes that this module reads."""

_LONGEST = 200
_FLAGS = ("success", "ok", "succeeded")
_STATUS = frozenset({"error", "fail", "failed", "failure"})
_WORDS = ("message", "error_description", "errorMessage", "msg", "detail", "title", "reason",
          "description", "status", "type", "code")  # fmt: skip
_NUMBERS = ("code", "status", "error_code", "errorCode", "errno")
_IN_WORDS = range(400, 600)
"""A `code` beside a message that means what HTTP's status means."""


def standard_refusal(document: object, redactor: Redactor) -> Envelope | None:
    """The refusal that a JSON document of a successful answer states; None where it states
    none, or gives data beside it."""
    if not isinstance(document, dict):
        return None
    body = cast("dict[str, Any]", document)
    if body.get("data"):
        return None  # a partial answer is no refusal
    told = next(_refusals(body), None)
    if told is None:
        return None
    number = next((n for key in _NUMBERS if (n := as_int(told.get(key))) is not None), None)
    words = next((w for key in _WORDS if isinstance(w := told.get(key), str) and w.strip()), "")
    return Envelope(FAMILY, number, redactor.text(words[:_LONGEST]), refused=True)


def _refusals(body: dict[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Where the refusal is described, the most telling place first."""
    error, errors = body.get("error"), body.get("errors")
    if isinstance(error, dict) and error:
        yield cast("dict[str, Any]", error)
    if isinstance(errors, list) and errors:
        first = cast("list[Any]", errors)[0]
        yield cast("dict[str, Any]", first) if isinstance(first, dict) else {"message": str(first)}
    if isinstance(error, str) and error.strip():
        yield {"message": _both(error, body.get("error_description") or body.get("message"))}
    plain = any(body.get(flag) is False for flag in _FLAGS) or error is True
    said = body.get("status")
    named = isinstance(said, str) and said.lower() in _STATUS
    number = as_int(body.get("code"))
    told = any(isinstance(body.get(key), str) for key in ("message", "msg"))
    if plain or named or (told and number is not None and number in _IN_WORDS):
        yield {key: value for key, value in body.items() if not (named and key == "status")}


def _both(word: str, more: object) -> str:
    return f"{word}: {more}" if isinstance(more, str) and more else word
