"""A flow as it may be stored: mitmproxy's state of it, without secrets. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from mitmproxy import http
from mitmproxy.connection import Client, Server

from harness.recorder import content_coding
from harness.recorder.flow_bytes import Encoded, encode
from harness.recorder.streaming import copy_of
from harness.redaction.redactor import Redactor

_ENCODING = b"content-encoding"
_FIRST_ENCODING = b"x-harness-content-encoding"
"""The stored body is decoded, so the header that says otherwise gets another name."""
_LONGEST_REPEATED = 512
"""Bytes of a header's value; what is longer is not remembered."""


def clean_state(flow: http.HTTPFlow, shared: SharedParts) -> Any:  # noqa: ANN401 - mitmproxy's untyped state
    """What FlowWriter stores. Certificates are left out but for the origin's own."""
    redactor = shared.redactor
    return {
        "version": shared.version(flow),
        "type": "http",
        "id": flow.id,
        "error": {"msg": redactor.text(flow.error.msg), "timestamp": flow.error.timestamp}
        if flow.error
        else None,
        "client_conn": shared.connection(flow.client_conn),
        "server_conn": shared.connection(flow.server_conn),
        "intercepted": False,
        "is_replay": flow.is_replay,
        "marked": "",
        "metadata": {},
        "comment": "",
        "timestamp_created": flow.timestamp_created,
        "request": _request(flow.request, shared),
        "response": _response(flow, flow.response, shared) if flow.response else None,
        "websocket": flow.websocket.get_state() if flow.websocket else None,
        "backup": None,
    }


class SharedParts:
    """What many flows have alike, cleaned and encoded once: connections and header fields.

    Not safe to use from two threads.
    """

    def __init__(self, redactor: Redactor, most: int = 128) -> None:
        self.redactor = redactor
        self._most = most
        self._field = lru_cache(maxsize=1024)(self._clean_field)
        self._states: dict[tuple[str, float | None], Encoded] = {}
        self._version: Any = None

    def version(self, flow: http.HTTPFlow) -> Any:  # noqa: ANN401 - mitmproxy's untyped state
        """mitmproxy's number of its flow format."""
        if self._version is None:
            self._version = flow.get_state()["version"]
        return self._version

    def fields(self, fields: Iterable[tuple[bytes, bytes]]) -> list[Encoded]:
        """Header fields in their order and number."""
        return [
            self._field(name, value)
            if len(value) <= _LONGEST_REPEATED
            else self._clean_field(name, value)
            for name, value in fields
        ]

    def _clean_field(self, name: bytes, value: bytes) -> Encoded:
        ((kept, clean),) = self.redactor.headers([(_text(name), _text(value))])
        stored = _FIRST_ENCODING if name.lower() == _ENCODING else _raw(kept)
        return Encoded(encode((stored, _raw(clean))))

    def connection(self, connection: Client | Server) -> Encoded:
        """The state of one connection, as of its handshake."""
        key = (connection.id, connection.timestamp_tls_setup)
        kept = self._states.get(key)
        if kept is None:
            known: Any = connection.get_state()
            known["certificate_list"] = (
                known["certificate_list"][:1] if isinstance(connection, Server) else []
            )
            if "mitmcert" in known:
                known["mitmcert"] = None
            if len(self._states) >= self._most:
                self._states.pop(next(iter(self._states)))
            kept = self._states[key] = Encoded(encode(known))
        return kept


def _message(message: http.Message, content: bytes, shared: SharedParts) -> dict[str, Any]:
    return {
        "http_version": message.data.http_version,
        "headers": shared.fields(message.headers.fields),
        "content": content,
        "trailers": shared.fields(message.trailers.fields) if message.trailers else None,
        "timestamp_start": message.timestamp_start,
        "timestamp_end": message.timestamp_end,
    }


def _request(request: http.Request, shared: SharedParts) -> dict[str, Any]:
    raw = request.raw_content
    content = (
        b"[streamed, not kept]" if raw is None else _body(raw, request.headers, shared.redactor)
    )
    return _message(request, content, shared) | {
        "host": request.data.host,
        "port": request.data.port,
        "method": request.data.method,
        "scheme": request.data.scheme,
        "authority": request.data.authority,
        "path": shared.redactor.url(request.path).encode(),
    }


def _response(flow: http.HTTPFlow, response: http.Response, shared: SharedParts) -> dict[str, Any]:
    copy = copy_of(flow)
    raw = copy.data if copy is not None and copy.size else response.raw_content or b""
    if raw is None:
        content = f"[body of {copy.size if copy else 0} bytes, not kept]".encode()
    else:
        content = _body(raw, response.headers, shared.redactor)
    return _message(response, content, shared) | {
        "status_code": response.status_code,
        "reason": response.data.reason,
    }


def _body(raw: bytes, headers: http.Headers, redactor: Redactor) -> bytes:
    coding = headers.get("content-encoding", "").strip().lower()
    if not raw:
        return b""
    try:
        decoded = content_coding.decode(raw, coding) if coding in content_coding.KNOWN else None
    except ValueError:
        decoded = None
    if decoded is None:
        return redactor.body(raw, "application/octet-stream")
    return redactor.body(decoded, headers.get("content-type", ""))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
