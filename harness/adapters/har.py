"""HAR 1.2 of what the proxy saw, for people: opens in Chrome's network panel.

Unlike mitmproxy's own export it shows true times (a two-second hang shows two seconds),
failures as `_error`, and hosts that could not be read as entries of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.adapters.har_bodies import Stored, stored_flows
from harness.adapters.observation_line import iso
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation


@dataclass(frozen=True, slots=True)
class _Spans:
    """Milliseconds."""

    send: float
    wait: float
    receive: float

    @property
    def total(self) -> float:
        return round(self.send + self.wait + self.receive, 3)


def export_har(
    observations: Iterable[Observation],
    path: Path,
    *,
    mitm: Path | Sequence[Path] | None = None,
    parties: Mapping[str, str] | None = None,
) -> int:
    """Writes the HAR and returns the number of entries.

    `mitm`: the redacted dumps that headers and bodies are taken from, where there are
    any. `parties`: observation id → party of the verdict that rests on it.
    """
    last: dict[str, Observation] = {}
    for observation in observations:
        facts = observation.facts
        if isinstance(facts, Exchange):
            last[f"flow {facts.flow}"] = observation  # a pending line gives way to its end
        elif isinstance(facts, Connection) and is_entry(facts):
            last[f"connection {facts.client}"] = observation
    wanted = {item.facts.flow for item in last.values() if isinstance(item.facts, Exchange)}
    stored: dict[str, Stored] = {}
    for dump in [mitm] if isinstance(mitm, Path) else mitm or ():
        stored |= stored_flows(dump, wanted)
    ordered = sorted(last.values(), key=lambda item: item.mono)
    entries = [entry(item, stored, parties or {}) for item in ordered]
    entries.sort(key=lambda item: str(item["startedDateTime"]))
    log = {
        "version": "1.2",
        "creator": {"name": "harness", "version": "1"},
        "pages": [],
        "entries": entries,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"log": log}, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(entries)


def is_entry(facts: Connection) -> bool:
    """Connections that no exchange tells of: opaque, refused, failed."""
    return facts.host is not None and (facts.passed_through or failure(facts) is not None)


def failure(facts: Connection) -> str | None:
    """The connection's own failure, from the ground up."""
    return (
        facts.connect_error
        or facts.server_tls_error
        or facts.client_tls_error
        or facts.alert_after_handshake
        or facts.origin_alert
    )


def entry(
    observation: Observation, stored: Mapping[str, Stored], parties: Mapping[str, str]
) -> dict[str, Any]:
    """One entry of `log.entries`."""
    facts = observation.facts
    if isinstance(facts, Exchange):
        made = _exchange(facts, observation, stored.get(facts.flow))
    elif isinstance(facts, Connection):
        made = _connection(facts, observation)
    else:
        raise TypeError(f"{observation.kind} is no HAR entry")
    made["cache"] = {}
    made["_observation"] = observation.id
    labels = {
        "_device": observation.device,
        "_scenario": observation.scenario,
        "_step": observation.step,
        "_party": parties.get(observation.id),
    }
    made.update({name: value for name, value in labels.items() if value is not None})
    return made


def _exchange(facts: Exchange, observation: Observation, stored: Stored | None) -> dict[str, Any]:
    ended = facts.ended if facts.ended is not None else observation.mono
    sent = facts.sent if facts.sent is not None else ended
    head = facts.head if facts.head is not None else ended
    spans = _Spans(_ms(facts.begun, sent), _ms(sent, head), _ms(head, ended))
    error = facts.error or ("no answer yet" if observation.kind == "exchange.pending" else None)
    port = "" if (facts.scheme, facts.port) in {("https", 443), ("http", 80)} else f":{facts.port}"
    query = stored.query if stored else ""
    made = _shell(observation, facts.begun, spans)
    made |= _joined(facts.client, facts.port)
    made["_visibility"] = "open"
    request: dict[str, Any] = {
        "method": facts.method,
        "url": f"{facts.scheme}://{facts.host}{port}{facts.path}{query}",
        "httpVersion": facts.http_version,
        "cookies": [],
        "headers": stored.request_headers if stored else [],
        "queryString": stored.pairs if stored else [],
        "headersSize": -1,
        "bodySize": facts.request_bytes,
    }
    if stored and stored.request_body:
        request["postData"] = {
            "mimeType": stored.request_type,
            "text": stored.request_body,
        }
    made["request"] = request
    made["response"] = _response(facts, stored)
    if error is not None:
        made["_error"] = made["response"]["_error"] = error
    if facts.envelope is not None:
        made["_envelope"] = {"code": facts.envelope.code, "logid": facts.envelope.logid}
        if facts.envelope.refused:
            made["_envelope"]["refused"] = True
    return made


def _response(facts: Exchange, stored: Stored | None) -> dict[str, Any]:
    size = facts.response_bytes if facts.response_bytes is not None else 0
    content: dict[str, Any] = {"size": size, "mimeType": facts.content_type or ""}
    if stored and stored.response_body:
        content["text"] = stored.response_body
    return {
        # After the answer's head a failure leaves a status that no user got.
        "status": 0 if facts.error else facts.status or 0,
        "statusText": "",
        "httpVersion": facts.http_version,
        "cookies": [],
        "headers": stored.response_headers if stored else [],
        "content": content,
        "redirectURL": facts.location or "",
        "headersSize": -1,
        "bodySize": size,
        "_transferSize": size,
    }


def _connection(facts: Connection, observation: Observation) -> dict[str, Any]:
    ended = facts.closed if facts.closed is not None else observation.mono
    done = facts.connect_done or ended
    spans = _Spans(0.0, _ms(facts.opened, done), _ms(done, ended))
    made = _shell(observation, facts.opened, spans)
    made |= _joined(facts.client, facts.port)
    made["_visibility"] = "opaque"
    if facts.address is not None:
        made["serverIPAddress"] = facts.address.rpartition(":")[0]
    made["request"] = {
        "method": "CONNECT",
        "url": f"https://{facts.host}:{facts.port}/",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "queryString": [],
        "headersSize": -1,
        "bodySize": facts.bytes_up,
    }
    error = failure(facts)
    made["response"] = {
        "status": 0 if error else 200,
        "statusText": "" if error else "passed through, not decrypted",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": {"size": facts.bytes_down, "mimeType": "application/octet-stream"},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": facts.bytes_down,
        "_transferSize": facts.bytes_down,
    }
    if error is not None:
        made["_error"] = made["response"]["_error"] = error
    return made


def _joined(client: str, port: int | None) -> dict[str, str]:
    """As Chrome writes it: the port of the origin, and the connection by a name of its own."""
    return {"connection": str(port or ""), "_connectionId": client}


def _shell(observation: Observation, begun: float, spans: _Spans) -> dict[str, Any]:
    return {
        "startedDateTime": iso(observation.t - (observation.mono - begun)),
        "time": spans.total,
        "timings": {
            "blocked": -1,
            "dns": -1,
            "connect": -1,
            "ssl": -1,
            "send": spans.send,
            "wait": spans.wait,
            "receive": spans.receive,
        },
    }


def _ms(begun: float, ended: float) -> float:
    return round(max(0.0, ended - begun) * 1000, 3)
