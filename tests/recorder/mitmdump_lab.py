"""A real mitmdump with the recorder in it, in front of an origin that misbehaves."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.process import ProxyProcess
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.resolve import ResolveMap, ResolveRule
from tests.recorder.faulty_origin import Origin, facts_with, wait_for


@dataclass
class Lab:
    origin: Origin
    proxy: ProxyProcess
    file: Path
    mitm: Path

    def client(self, *, trusting: bool = True, seconds: float = 5.0) -> httpx.Client:
        context = ssl.create_default_context()
        if trusting:
            context.load_verify_locations(self.proxy.address.ca_certificate)
        return httpx.Client(
            proxy=f"http://127.0.0.1:{self.proxy.address.port}",
            verify=context,
            timeout=seconds,
            trust_env=False,
        )

    def tunnel(self, host: str) -> tuple[socket.socket, bytes]:
        raw = socket.create_connection(("127.0.0.1", self.proxy.address.port), timeout=5)
        raw.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
        return raw, raw.recv(4096)

    def exchange(self, path: str, **wanted: Any) -> Exchange:
        wanted = {"kind": "exchange", "path": path} | wanted
        facts = wait_for(self.file, facts_with(**wanted)).facts
        assert isinstance(facts, Exchange)
        return facts

    def connection(self, host: str, **wanted: Any) -> Connection:
        wanted = {"kind": "connection", "host": host} | wanted
        facts = wait_for(self.file, facts_with(**wanted)).facts
        assert isinstance(facts, Connection)
        return facts


def start(folder: Path, origin: Origin, **more: Any) -> Lab:
    where = {
        "api.test": "tls",
        "dead.test": "dead",
        "slam.test": "slam",
        "badcert.test": "selfsigned",
        "pinned.test": "tls",
        "h2.test": "h2",
        "refusing.test": "tls",
        "greets.test": "greets",
        "leaves.test": "leaves",
    }
    rules = [
        ResolveRule(host, 443, "127.0.0.1", origin.ports[name]) for host, name in where.items()
    ]
    rules.append(ResolveRule("plain.test", 80, "127.0.0.1", origin.ports["plain"]))
    plan = ProxyPlan(
        observations=folder / "observations.jsonl",
        mitm=folder / "capture.mitm",
        device="phone-1",
        resolve=ResolveMap(tuple(rules)),
        upstream_ca=origin.ca,
        known_secrets=("hunter2-known",),
        **more,
    )
    proxy = ProxyProcess(plan)
    proxy.start()
    return Lab(origin, proxy, plan.observations, folder / "capture.mitm")
