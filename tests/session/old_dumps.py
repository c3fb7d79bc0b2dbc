"""Dumps as mitmproxy 9 to 12 wrote them: mitmproxy's own converters, run backwards."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.session.mitm_dump import mitm_flow

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from mitmproxy.io import tnetstring

CONNECTIONS = ("client_conn", "server_conn")
FORMATS = (17, 18, 19, 20, 21)
"""Flow format versions from mitmproxy 8.1 and 9 (17, 18) over 10 (19, 20) to 11 and 12 (21)."""


def _to_20(flow: dict[str, Any]) -> None:
    for name in CONNECTIONS:
        if flow[name]["tls_version"] == "QUICv1":
            flow[name]["tls_version"] = "QUIC"


def _to_19(flow: dict[str, Any]) -> None:
    for name in CONNECTIONS:
        flow[name]["state"] = 0


def _to_18(flow: dict[str, Any]) -> None:
    client, server = flow["client_conn"], flow["server_conn"]
    client["address"] = client.pop("peername")
    client["tls_extensions"] = None
    server["ip_address"] = server.pop("peername")
    server["source_address"] = server.pop("sockname")
    server["via2"] = server.pop("via")
    for conn in (client, server):
        conn["tls_established"] = conn["timestamp_tls_setup"] is not None
        conn["cipher_name"] = conn.pop("cipher")
        conn.pop("transport_protocol")


def _to_17(flow: dict[str, Any]) -> None:
    flow["client_conn"].pop("proxy_mode")


_BACK: dict[int, Callable[[dict[str, Any]], None]] = {
    20: _to_20,
    19: _to_19,
    18: _to_18,
    17: _to_17,
}


def old_state(flow: mitm_flow.Flow, version: int) -> dict[str, Any]:
    """The flow's state as that format has it."""
    state: dict[str, Any] = flow.get_state()
    for step in range(20, version - 1, -1):
        _BACK[step](state)
    state["version"] = version
    return state


def old_dump(path: Path, version: int, *flows: mitm_flow.Flow) -> Path:
    """A file with these flows in that format."""
    with path.open("wb") as target:
        for flow in flows:
            tnetstring.dump(old_state(flow, version), target)
    return path
