"""A flow as it may be stored: mitmproxy's state of it, without secrets. Pure."""

from __future__ import annotations

from collections.abc import Iterable
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


def clean_state(flow: http.HTTPFlow, redactor: Redactor, connections: ConnectionStates) -> Any:  # noqa: ANN401 - mitmproxy's untyped state
    """What FlowWriter stores. Certificates are left out but for the origin's own."""
    return {
        "version": connections.version(flow),
        "type": "http",
        "id": flow.id,
        "error": {"msg": redactor.text(flow.error.msg), "timestamp": flow.error.timestamp}
        if flow.error
        else None,
        "client_conn": connections.of(flow.client_conn),
        "server_conn": connections.of(flow.server_conn),
        "intercepted": False,
        "is_replay": flow.is_replay,
        "marked": "",
        "metadata": {},
        "comment": "",
        "timestamp_created": flow.timestamp_created,
        "request": _request(flow.request, redactor),
        "response": _response(flow, flow.response, redactor) if flow.response else None,
        "websocket": flow.websocket.get_state() if flow.websocket else None,
        "backup": None,
    }


class ConnectionStates:
    """States of connections, made and encoded once: flows of one connection share them."""

    def __init__(self, most: int = 128) -> None:
        self._most = most
        self._states: dict[tuple[str, float | None], Encoded] = {}
        self._version: Any = None

    def version(self, flow: http.HTTPFlow) -> Any:  # noqa: ANN401 - mitmproxy's untyped state
        """mitmproxy's number of its flow format."""
        if self._version is None:
            self._version = flow.get_state()["version"]
        return self._version

    def of(self, connection: Client | Server) -> Encoded:
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


def _message(message: http.Message, content: bytes, redactor: Redactor) -> dict[str, Any]:
    return {
        "http_version": message.data.http_version,
        "headers": _fields(message.headers.fields, redactor),
        "content": content,
        "trailers": _fields(message.trailers.fields, redactor) if message.trailers else None,
        "timestamp_start": message.timestamp_start,
        "timestamp_end": message.timestamp_end,
    }


def _request(request: http.Request, redactor: Redactor) -> dict[str, Any]:
    raw = request.raw_content
    content = b"[streamed, not kept]" if raw is None else _body(raw, request.headers, redactor)
    return _message(request, content, redactor) | {
        "host": request.data.host,
        "port": request.data.port,
        "method": request.data.method,
        "scheme": request.data.scheme,
        "authority": request.data.authority,
        "path": redactor.url(request.path).encode(),
    }


def _response(flow: http.HTTPFlow, response: http.Response, redactor: Redactor) -> dict[str, Any]:
    copy = copy_of(flow)
    raw = copy.data if copy is not None and copy.size else response.raw_content or b""
    if raw is None:
        content = f"[body of {copy.size if copy else 0} bytes, not kept]".encode()
    else:
        content = _body(raw, response.headers, redactor)
    return _message(response, content, redactor) | {
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


def _fields(fields: Iterable[tuple[bytes, bytes]], redactor: Redactor) -> tuple[Any, ...]:
    texts = [(_text(name), _text(value)) for name, value in fields]
    return tuple(
        (_FIRST_ENCODING if name.lower() == _ENCODING.decode() else _raw(name), _raw(value))
        for name, value in redactor.headers(texts)
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
