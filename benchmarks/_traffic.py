"""Invented traffic of any length: the same from run to run, 1 % of it failed."""

from __future__ import annotations

import random
from pathlib import Path

from harness.adapters.observation_line import encode_line
from harness.domain.facts import Facts
from harness.domain.facts.capture import ProxyStarted, ProxyStopped
from harness.domain.facts.traffic import Envelope, Exchange
from harness.domain.observation import Observation

EPOCH = 1_700_000_000.0
HOSTS = (
    "api16-normal-c-useast1a.tiktokv.com",
    "api22-normal-c-alisg.tiktokv.com",
    "log19-normal-useast1a.tiktokv.com",
    "v16m.tiktokcdn.com",
)
PATHS = ("/aweme/v1/feed/", "/aweme/v1/user/profile/self/", "/service/2/app_log/")
STEP = 0.02
"""Seconds between two exchanges."""


def exchange(number: int, chance: random.Random) -> Exchange:
    """Exchange `number`; each hundredth is answered with HTTP 503."""
    begun, failed = number * STEP, number % 100 == 7
    return Exchange(
        flow=f"flow-{number}",
        client=f"client-{number // 20}",
        ordinal=number % 20 + 1,
        method=chance.choice(("GET", "POST")),
        scheme="https",
        host=chance.choice(HOSTS),
        port=443,
        path=chance.choice(PATHS),
        http_version="HTTP/2.0",
        begun=begun,
        sent=begun + 0.001,
        head=begun + 0.08,
        ended=begun + 0.09,
        status=503 if failed else 200,
        client_open=True,
        server_open=True,
        request_bytes=210,
        response_bytes=4_800,
        content_type="application/json; charset=utf-8",
        content_encoding="gzip",
        server_header="nginx",
        body="text" if failed else "json",
        envelope=None if failed else Envelope("app", 0, "", f"2026112423{number:010}"),
    )


def write_observations(path: Path, count: int) -> None:
    """A proxy's file of `count` exchanges, from its start to its proper end."""
    chance = random.Random(20261124)
    first = ProxyStarted(1, 8080, "12.2.3", "00", {}, "tiktok")
    with path.open("wb") as target:
        target.write(_line(0, 0.0, "proxy.started", first))
        for number in range(count):
            facts = exchange(number, chance)
            target.write(_line(number + 1, facts.ended or facts.begun, "exchange", facts))
        stopped = ProxyStopped("signal", count, 0)
        target.write(_line(count + 1, count * STEP + 1.0, "proxy.stopped", stopped))


def _line(number: int, mono: float, kind: str, facts: Facts) -> bytes:
    seen = Observation(
        f"proxy-{number}", EPOCH + mono, mono, "proxy", "host", kind, facts, device="phone"
    )
    return encode_line(seen)


def write_flows(path: Path, count: int) -> None:
    """A mitmproxy dump of `count` answered flows."""
    from mitmproxy.io import FlowWriter
    from mitmproxy.test import tflow

    with path.open("wb") as target:
        writer = FlowWriter(target)
        for _ in range(count):
            writer.add(tflow.tflow(resp=True))
