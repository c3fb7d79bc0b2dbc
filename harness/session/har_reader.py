"""Turns the entries of a HAR 1.2 of any tool into exchanges, as a stream.

A HAR says nothing of connections, and less than it seems: mitmproxy writes a call that
failed after its head as plain 200. What it does say is taken as it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from harness.adapters.har_scanner import HarError, entries
from harness.adapters.har_tools import LEFT, LONG_WAIT, NOT_SAID, own_page, stated_error
from harness.adapters.recording_kind import LONGEST, moment
from harness.domain.facts.traffic import Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.recorder.body_class import Body
from harness.recorder.envelope import Answer, Asked
from harness.session.answers_of import AnswersOf, answers_of
from harness.session.har_body import body_of, request_problem

__all__ = ["HarError", "read_har"]


@dataclass(frozen=True, slots=True)
class _Times:
    begun: float
    sent: float
    head: float | None
    ended: float


def _number(value: object) -> float:
    """-1 for what is no number, and for one that nothing here can be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return -1.0
    return float(value) if 0 <= value <= LONGEST * 1000 else -1.0


def _map(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _header(part: dict[str, Any], name: str) -> str | None:
    listed = part.get("headers")
    for row in cast("list[Any]", listed) if isinstance(listed, list) else []:
        pair = _map(row)
        if str(pair.get("name", "")).lower() == name:
            return str(pair.get("value", ""))[:300]
    return None


def _headers(part: dict[str, Any]) -> dict[str, str]:
    """By lower-case name."""
    listed = part.get("headers")
    rows = [_map(row) for row in cast("list[Any]", listed)] if isinstance(listed, list) else []
    return {str(row.get("name", "")).lower(): str(row.get("value", "")) for row in rows}


def _times(entry: dict[str, Any]) -> _Times:
    """UTC seconds; `time` and `timings` are milliseconds, -1 = does not apply."""
    try:
        said = datetime.fromisoformat(str(entry.get("startedDateTime", ""))).timestamp()
    except (ValueError, OverflowError):
        said = 0.0
    begun = moment(said) or 0.0
    timings = _map(entry.get("timings"))
    before = [_number(timings.get(name)) for name in ("blocked", "dns", "connect", "send")]
    sent = begun + sum(value for value in before if value > 0) / 1000
    wait = max(_number(timings.get("wait")), 0.0) / 1000
    whole = max(_number(entry.get("time")), 0.0) / 1000
    head = sent + wait
    return _Times(begun, sent, head, max(begun + whole, head))


def _exchange(entry: dict[str, Any], number: int, answers: AnswersOf) -> Exchange | None:
    request, answer = _map(entry.get("request")), _map(entry.get("response"))
    try:
        parts = urlsplit(str(request.get("url", "")))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or str(request.get("method", "")).upper() == "CONNECT":
        return None
    times, code = _times(entry), int(_number(answer.get("status")))
    error = stated_error(entry, answer, request)
    status = code if code > 0 else None
    made_up = own_page(answer) if code in {502, 503, 504} else None
    if made_up is not None:
        status, error = None, made_up
    if status is None and error is None:
        error = LEFT if times.ended - times.begun >= LONG_WAIT else NOT_SAID
    path, method = parts.path or "/", str(request.get("method", "GET")).upper()
    body = body_of(answer, method) if status is not None else Body("none")
    read = Answer()
    if answers.reader is not None and body.kind == "json" and error is None:
        asked = Asked(method, host, path)
        read = answers.reader.read(asked, body.document, _headers(answer), code)
    content = _map(answer.get("content"))
    return Exchange(
        flow=f"har-{number}",
        client=f"har-{number}",
        ordinal=1,
        method=method,
        scheme=parts.scheme or "https",
        host=host,
        port=port or (80 if parts.scheme == "http" else 443),
        path=answers.redactor.path(path),
        http_version=str(request.get("httpVersion", "")).upper(),
        begun=times.begun,
        sent=times.sent,
        head=times.head if status is not None else None,
        ended=times.ended,
        status=status,
        error=error,
        content_type=_header(answer, "content-type") or str(content.get("mimeType") or "") or None,
        content_encoding=_header(answer, "content-encoding"),
        server_header=_header(answer, "server"),
        retry_after=_header(answer, "retry-after"),
        location=_place(_header(answer, "location")),
        body=body.kind,
        envelope=read.envelope,
        values=read.values,
        shape_missing=read.shape_missing,
        request_problem=request_problem(request, code),
    )


def _place(location: str | None) -> str | None:
    if location is None:
        return None
    try:
        parts = urlsplit(location)
    except ValueError:
        return None
    return f"{parts.hostname or ''}{parts.path}"


def read_har(
    path: Path, notes: list[str], profile: AppProfile | None = None
) -> Iterator[Observation]:
    """The exchanges of a HAR; `notes` gets a sentence for whatever could not be used.

    `profile`: what the app's answers mean; None = only what HTTP says of them. Times
    are UTC seconds, used as the monotonic ones as well. Raises HarError for a file that
    is no HAR.
    """
    answers = answers_of(profile)
    skipped = number = 0
    for entry in entries(path, notes):
        number += 1
        facts = _exchange(entry, number, answers)
        if facts is None:
            skipped += 1
            continue
        ended = facts.ended or facts.begun
        yield Observation(f"har-{number}", ended, ended, "proxy", "har", "exchange", facts)
    if skipped:
        notes.append(f"{skipped} of {number} entries name no usable request and were left out")
