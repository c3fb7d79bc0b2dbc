"""Controls made at the moment of failure: is the same host reached from here, past the proxy?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.probe import control_site
from harness.adapters.probes import reach_host
from harness.attribution.suspicion import suspect
from harness.domain.facts.control import ControlMade
from harness.domain.observation import Observation
from harness.domain.resolve import ResolveMap
from harness.ports import ObservationLog
from harness.session.baseline import Baseline, Call

MOST_HOSTS = 4
"""Hosts probed per failure; an outage of a region has dozens."""

TIMEOUT = 2.0
"""Seconds per probe; they run side by side."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How this machine reaches the service: the proxy's own map and authorities."""

    resolve: ResolveMap
    upstream_ca: Path | None = None
    site: str | None = None  # of the profile: harmless and unrelated to the app
    baseline: Baseline | None = None


def suspects(observations: Sequence[Observation]) -> list[tuple[str, int]]:
    """Hosts that a probe could say something about, the latest suspicion first."""
    found: dict[tuple[str, int], None] = {}
    for observation in reversed(observations):
        target = suspect(observation.facts)
        if target is not None:
            found.setdefault(target)
    return list(found)[:MOST_HOSTS]


def compare_with_baseline(log: ObservationLog, reach: Reach, calls: Sequence[Call]) -> None:
    """What earlier runs say of these calls, written down; it costs nothing but a file."""
    if reach.baseline is not None:
        for call in calls[:MOST_HOSTS]:
            log.write("control", reach.baseline.control(call))


def make_controls(
    log: ObservationLog, reach: Reach, targets: Sequence[tuple[str, int]]
) -> list[ControlMade]:
    """Probes the targets (host, port) and the control site, bounded, and writes each down."""
    calls: list[Callable[[], list[ControlMade]]] = [
        _probe_call(host, port, reach) for host, port in targets[:MOST_HOSTS]
    ]
    if reach.site is not None:
        calls.append(_site_call(reach.site, reach))
    if not calls:
        return []
    with ThreadPoolExecutor(len(calls), thread_name_prefix="control") as pool:
        sets = [future.result() for future in [pool.submit(call) for call in calls]]
    made = [control for controls in sets for control in controls]
    for control in made:
        log.write("control", control)
    return made


def _probe_call(host: str, port: int, reach: Reach) -> Callable[[], list[ControlMade]]:
    def call() -> list[ControlMade]:
        return list(
            reach_host(
                host, port, resolve=reach.resolve, upstream_ca=reach.upstream_ca, timeout=TIMEOUT
            )
        )

    return call


def _site_call(site: str, reach: Reach) -> Callable[[], list[ControlMade]]:
    return lambda: [
        control_site(site, resolve=reach.resolve, upstream_ca=reach.upstream_ca, timeout=TIMEOUT)
    ]
