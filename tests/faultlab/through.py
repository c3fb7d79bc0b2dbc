"""Hosts of the lab behind a real mitmdump with our recorder, without a command line around."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.adapters.observation_file import read_observations
from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.process import ProxyProcess
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.resolve import ResolveMap, parse_resolve
from tests.faultlab.certificates import Authorities
from tests.faultlab.client import Route
from tests.faultlab.world import Host, standing


@dataclass(frozen=True, slots=True)
class Through:
    """A running proxy. `folder` holds all that the recorder wrote."""

    route: Route
    folder: Path
    authorities: Authorities
    proxy: ProxyProcess

    def exchanges(self) -> list[Exchange]:
        """Of a proxy that was stopped or goes on."""
        seen = (line.facts for line in read_observations(self.folder / "observations.jsonl"))
        return [facts for facts in seen if isinstance(facts, Exchange)]

    def connections(self) -> list[Connection]:
        """Those that are over or failed."""
        seen = (line.facts for line in read_observations(self.folder / "observations.jsonl"))
        return [facts for facts in seen if isinstance(facts, Connection)]

    def written(self) -> bytes:
        """Every byte of every file."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return b"\n".join(path.read_bytes() for path in files)


@contextmanager
def through(folder: Path, hosts: Iterable[Host], **plan: Any) -> Generator[Through]:
    """Stops the proxy at the end; call `proxy.stop()` before to have everything written."""
    (folder / "authorities").mkdir()
    authorities = Authorities(folder / "authorities")
    out = folder / "out"
    out.mkdir()
    with standing(hosts, authorities) as rules:
        asked = ProxyPlan(
            observations=out / "observations.jsonl",
            mitm=out / "capture.mitm",
            resolve=ResolveMap(tuple(parse_resolve(rule) for rule in rules)),
            upstream_ca=authorities.trusted,
            **plan,
        )
        proxy = ProxyProcess(asked)
        address = proxy.start()
        try:
            route = Route(address.host, address.port, address.ca_certificate)
            yield Through(route, out, authorities, proxy)
        finally:
            proxy.stop()
