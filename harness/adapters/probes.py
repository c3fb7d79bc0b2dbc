"""The host-side controls of one host, cheapest first; each only if it can still tell something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.adapters.probe import probe
from harness.adapters.probe_name import other_name
from harness.adapters.second_resolver import second_resolver
from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap

_CUT = ("failed: closed", "failed: reset", "failed: timed out", "failed: error: unexpected eof")


def reach_host(
    host: str, port: int, *, resolve: ResolveMap, upstream_ca: Path | None, timeout: float = 2.0
) -> Iterator[ControlMade]:
    """The host-side probe, then what its result calls for. At most about 2 × `timeout`.

    A look-up that failed is asked of a second resolver; a handshake that was cut is made
    again without the host's name.
    """
    first = probe(host, port, resolve=resolve, upstream_ca=upstream_ca, timeout=timeout)
    yield first
    if first.stages.get("dns", "").startswith("failed"):
        yield second_resolver(host, port, resolve=resolve, timeout=timeout / 2)
    if first.stages.get("tls", "").startswith(_CUT):
        yield other_name(host, port, resolve=resolve, timeout=timeout * 0.75)
