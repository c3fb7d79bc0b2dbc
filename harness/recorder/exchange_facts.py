"""From a flow to the facts of an exchange. Pure: no clock, no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from mitmproxy import http
from mitmproxy.connection import ConnectionState
from mitmproxy.net.http.validate import validate_headers

from harness.adapters.whole_text import whole_text
from harness.domain.facts.traffic import Exchange
from harness.recorder.body_class import Body, read_body
from harness.recorder.envelope import Answer, Asked, ReadsAnswers
from harness.recorder.named_host import named_host
from harness.recorder.streaming import copy_of, limit_for
from harness.redaction.redactor import Redactor

Clock = Callable[[float | None], float | None]
"""Wall clock seconds as mitmproxy stamps them → monotonic seconds."""


@dataclass(slots=True)
class Progress:
    """A request that is on its way."""

    flow: http.HTTPFlow
    ordinal: int
    begun: float  # monotonic
    pending_written: bool = False


def exchange_facts(
    progress: Progress,
    *,
    mono: Clock,
    redactor: Redactor,
    reader: ReadsAnswers | None,
    reset_by: str | None = None,
    over: bool = True,
) -> Exchange:
    """The record as of now. `over`: answered or failed; otherwise bodies are not read."""
    flow = progress.flow
    request, response, error = flow.request, flow.response, flow.error
    path, host = whole_text(request.path.partition("?")[0]), named_host(request)
    body = answer_body(flow) if over else Body("none")
    answer = Answer()
    if reader is not None and response is not None and body.kind == "json" and not error:
        asked = Asked(whole_text(request.method), host, path)
        answer = reader.read(asked, body.document, response.headers, response.status_code)
    copy = copy_of(flow)
    socket = flow.websocket
    headers = _headers(response)
    return Exchange(
        flow=flow.id,
        client=flow.client_conn.id,
        ordinal=progress.ordinal,
        method=whole_text(request.method),
        scheme=whole_text(request.scheme),
        host=host,
        port=request.port,
        path=redactor.path(path),
        http_version=whole_text(request.http_version),
        begun=progress.begun,
        sent=mono(request.timestamp_end),
        head=mono(response.timestamp_start) if response else None,
        ended=_ended(flow, mono) if over else None,
        status=response.status_code if response else None,
        error=redactor.text(whole_text(error.msg)) if error else None,
        client_open=flow.client_conn.state is ConnectionState.OPEN if over else None,
        server_open=flow.server_conn.state is ConnectionState.OPEN if over else None,
        reset_by=reset_by,
        request_bytes=_request_bytes(request),
        response_bytes=_response_bytes(flow),
        content_type=_header(headers, "content-type"),
        content_encoding=_header(headers, "content-encoding"),
        server_header=_header(headers, "server"),
        retry_after=_header(headers, "retry-after"),
        location=_location(_header(headers, "location"), redactor),
        body=body.kind,
        streamed=copy is not None and copy.data is None,
        envelope=answer.envelope,
        values=answer.values,
        shape_missing=answer.shape_missing,
        grpc_status=_grpc_status(response),
        websocket_close=socket.close_code if socket else None,
        websocket_closed_by=_closed_by(socket.closed_by_client) if socket else None,
        request_problem=_problem(flow, redactor) if over else None,
        date=_date(_header(headers, "date")),
        upgrade=_upgrade(request),
    )


def _upgrade(request: http.Request) -> str | None:
    asked = request.headers.get("upgrade", "").strip().lower()
    return asked[:40] or None


def answer_body(flow: http.HTTPFlow) -> Body:
    """The answer's body, read from the copy or, if it was not streamed, from the flow."""
    response = flow.response
    if response is None:
        return Body("none")
    kind = response.headers.get("content-type", "")
    copy = copy_of(flow)
    if flow.error is not None:
        return Body("none")  # cut short: nothing can be read from it
    if copy is not None and copy.size:
        raw = copy.data
        if raw is None:
            return Body("binary" if limit_for(kind) == 0 else "none")
    else:
        raw = response.raw_content or b""
    return read_body(
        raw,
        status=response.status_code,
        method=flow.request.method,
        content_type=kind,
        content_encoding=response.headers.get("content-encoding", ""),
    )


def _ended(flow: http.HTTPFlow, mono: Clock) -> float | None:
    """A WebSocket that is still open has its answer, and keeps nobody waiting."""
    if flow.error is not None:
        return mono(flow.error.timestamp)
    if flow.websocket is not None and flow.websocket.timestamp_end is not None:
        return mono(flow.websocket.timestamp_end)
    return mono(flow.response.timestamp_end) if flow.response else None


def _headers(response: http.Response | None) -> dict[bytes, bytes]:
    """By lower-case name; mitmproxy's own look-up goes through all of them each time."""
    if response is None:
        return {}
    return {name.lower(): value for name, value in response.headers.fields}


def _header(headers: dict[bytes, bytes], name: str) -> str | None:
    value = headers.get(name.encode())
    return value[:300].decode("utf-8", "replace") if value else None


def _request_bytes(request: http.Request) -> int:
    if request.raw_content is not None:
        return len(request.raw_content)
    length = request.headers.get("content-length", "")
    return int(length) if length.isdigit() else 0


def _response_bytes(flow: http.HTTPFlow) -> int | None:
    if flow.response is None:
        return None
    copy = copy_of(flow)
    if copy is not None and copy.size:
        return copy.size
    return len(flow.response.raw_content or b"")


def _location(value: str | None, redactor: Redactor) -> str | None:
    """Host and path of a redirect; its query may carry tickets."""
    if value is None:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return redactor.text(value.partition("?")[0])
    host = parts.netloc.rpartition("@")[2]
    return host + redactor.path(parts.path)


def _grpc_status(response: http.Response | None) -> int | None:
    if response is None:
        return None
    for fields in (response.trailers, response.headers):
        value = fields.get("grpc-status", "") if fields else ""
        if value.isdigit():
            return int(value)
    return None


def _closed_by(by_client: bool | None) -> str | None:
    return None if by_client is None else "app" if by_client else "origin"


def _problem(flow: http.HTTPFlow, redactor: Redactor) -> str | None:
    """Why the request is malformed: mitmproxy's own check, which changes no traffic here."""
    if flow.request.timestamp_end is None and flow.error is not None and flow.response is None:
        refused = "refusing" in flow.error.msg or "protocol error" in flow.error.msg.lower()
        return redactor.text(whole_text(flow.error.msg)) if refused else None
    try:
        validate_headers(flow.request)
    except ValueError as problem:
        return redactor.text(whole_text(str(problem).partition(", refusing")[0]))
    return _body_problem(flow)


def _body_problem(flow: http.HTTPFlow) -> str | None:
    """A body that calls itself JSON and is none; looked at where the origin refused it."""
    request, response = flow.request, flow.response
    if response is None or not 400 <= response.status_code < 500 or not request.raw_content:
        return None
    body = read_body(
        request.raw_content,
        status=200,
        method=whole_text(request.method),
        content_type=request.headers.get("content-type", ""),
        content_encoding=request.headers.get("content-encoding", ""),
    )
    return "the request's body is no whole JSON" if body.kind == "malformed" else None


def _date(value: str | None) -> float | None:
    if value is None:
        return None
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None
