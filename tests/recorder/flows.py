"""Flows and connections as mitmproxy hands them to hooks."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, cast

from mitmproxy import http
from mitmproxy.connection import ConnectionState
from mitmproxy.proxy.server_hooks import ServerConnectionHookData
from mitmproxy.test import tflow, tutils
from mitmproxy.tls import ClientHelloData, TlsData


def flow(
    *,
    status: int | None = 200,
    body: bytes = b'{"status_code":0}',
    kind: str = "application/json",
    path: str = "/path",
    error: str | None = None,
    headers: dict[str, str] | None = None,
) -> http.HTTPFlow:
    """An HTTPS exchange of a moment ago."""
    now = time.time()
    request = tutils.treq(
        host="api16.example.com", port=443, scheme=b"https", path=path.encode(),
        timestamp_start=now - 0.3, timestamp_end=now - 0.2,
    )  # fmt: skip
    made = tflow.tflow(req=request, resp=False)
    if status is not None:
        made.response = http.Response.make(status, body, {"content-type": kind})
        made.response.headers.update(headers or {})
        made.response.timestamp_start = now - 0.1
        made.response.timestamp_end = now
    if error is not None:
        made.error = tflow.terr(error)
    made.server_conn.address = ("api16.example.com", 443)
    made.client_conn.state = made.server_conn.state = ConnectionState.OPEN
    return made


def server_data(made: http.HTTPFlow) -> ServerConnectionHookData:
    return ServerConnectionHookData(made.server_conn, made.client_conn)


def tls_data(made: http.HTTPFlow, *, client: bool) -> TlsData:
    conn = made.client_conn if client else made.server_conn
    context = SimpleNamespace(client=made.client_conn, server=made.server_conn)
    return TlsData(conn, cast("Any", context))


def hello(made: http.HTTPFlow, sni: str | None) -> ClientHelloData:
    context = SimpleNamespace(client=made.client_conn, server=made.server_conn)
    return ClientHelloData(cast("Any", context), cast("Any", SimpleNamespace(sni=sni)))
