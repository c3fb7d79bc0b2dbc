"""Headers and bodies for the HAR, from the redacted dump of the recorder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mitmproxy import http

_LONGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Stored:
    """What the dump holds of one flow, in HAR's shapes."""

    query: str = ""
    pairs: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    request_headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    request_body: str = ""
    request_type: str = ""
    response_headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    response_body: str = ""


def stored_flows(path: Path, wanted: Iterable[str]) -> dict[str, Stored]:
    """Flow id → what is stored of it. A dump that is cut or absent gives what it can."""
    ids = set(wanted)
    return {flow.id: _stored(flow) for flow in _flows(path) if flow.id in ids}


def _flows(path: Path) -> Iterator[http.HTTPFlow]:
    from mitmproxy import exceptions, http
    from mitmproxy.io import FlowReader

    if not path.exists():
        return
    with path.open("rb") as source:
        try:
            for flow in FlowReader(source).stream():
                if isinstance(flow, http.HTTPFlow):
                    yield flow
        except exceptions.FlowReadException:
            return  # cut by a kill: what came before it is whole


def _stored(flow: http.HTTPFlow) -> Stored:
    request, response = flow.request, flow.response
    _, mark, query = request.path.partition("?")
    return Stored(
        query=mark + query,
        pairs=_pairs(query),
        request_headers=_headers(request.headers.fields),
        request_body=_text(request.raw_content),
        request_type=request.headers.get("content-type", ""),
        response_headers=_headers(response.headers.fields) if response else [],
        response_body=_text(response.raw_content) if response else "",
    )


def _pairs(query: str) -> list[dict[str, str]]:
    parts = (part.partition("=") for part in query.split("&") if part)
    return [{"name": name, "value": value} for name, _, value in parts]


def _headers(fields: Iterable[tuple[bytes, bytes]]) -> list[dict[str, str]]:
    return [
        {"name": name.decode("utf-8", "replace"), "value": value.decode("utf-8", "replace")}
        for name, value in fields
    ]


def _text(data: bytes | None) -> str:
    return (data or b"")[:_LONGEST].decode("utf-8", "replace")
