"""The control pass_through, tried: is the app well when we keep our hands off?

It only starts the app again, which is harmless: no log-in is repeated and nothing is
sent that the app does not send at each start. It is made only when it can change the
verdict, and bounded in time; afterwards everything is as before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from harness.adapters.observation_tail import Tail
from harness.attribution.suspicion import our_doing
from harness.domain.facts.control import ControlMade
from harness.domain.facts.traffic import Connection
from harness.domain.observation import Observation
from harness.ports import TrafficTap

TRIAL = "trial"
"""Key in `stages` of a pass_through that was tried after the failure, as against one that
was in force before the step."""

SECONDS = 8.0
"""How long the app is given to reach its hosts after it was started."""

SETTLE = 0.7
"""Seconds until the proxy has written down the connections of an app that was ended."""

HANDSHAKE_BYTES = 1_500
"""Bytes down; less than any handshake with a certificate."""

ANSWER_BYTES = 9_000
"""Bytes down; more than any handshake, so something was answered."""

LIVED = 1.0
"""Seconds; an app that dislikes the origin's certificate is gone sooner."""


class StartedApp(Protocol):
    """The app on the phone."""

    def start(self) -> None:
        """Starts it."""
        ...

    def stop(self) -> None:
        """Ends it."""
        ...


@dataclass(frozen=True, slots=True)
class HandsOff:
    """Trials of one phone. `passed`: patterns that pass through anyway."""

    app: StartedApp
    tap: TrafficTap
    wire: Tail
    passed: Sequence[str]
    wait: Callable[[float], None] = time.sleep

    def pass_through(self, hosts: Sequence[str]) -> tuple[ControlMade, list[Observation]]:
        """Starts the app with these hosts passed through; (the control, what was seen)."""
        begun = time.monotonic()
        self.tap.pass_through([*self.passed, *hosts])
        seen: list[Observation] = []
        try:
            self.app.stop()
            self.app.start()
            while time.monotonic() - begun < SECONDS:
                self.wait(0.2)
                seen += self.wire.new()
                if any(_well(line) for line in tunnels(seen, hosts)):
                    break
            self.app.stop()  # a tunnel is only written down when it is over
            self.wait(SETTLE)
            seen += self.wire.new()
        finally:
            self.tap.pass_through(list(self.passed))
        return _judged(tunnels(seen, hosts), hosts, time.monotonic() - begun), seen


def hosts_to_try(observations: Iterable[Observation]) -> list[str]:
    """Hosts whose failure may be our proxy's doing, each once; at most three."""
    found: dict[str, None] = {}
    for observation in observations:
        host = our_doing(observation.facts)
        if host is not None:
            found.setdefault(host)
    return list(found)[:3]


def tunnels(observations: Iterable[Observation], hosts: Sequence[str]) -> list[Connection]:
    """Passed-through connections to these hosts."""
    return [
        seen.facts
        for seen in observations
        if isinstance(seen.facts, Connection)
        and seen.facts.passed_through
        and (seen.facts.host in hosts or seen.facts.sni in hosts)
    ]


def _well(line: Connection) -> bool:
    """More than a handshake came back: by its size, or because the app stayed after it."""
    if line.bytes_up == 0 or line.bytes_down < HANDSHAKE_BYTES:
        return False
    lived = line.closed is None or line.closed - line.opened >= LIVED
    return lived or line.bytes_down >= ANSWER_BYTES


def _judged(lines: list[Connection], hosts: Sequence[str], seconds: float) -> ControlMade:
    named = ", ".join(hosts)
    target = hosts[0] if len(hosts) == 1 else None
    if not lines:
        told = f"Passed through untouched, the app did not ask {named} when it was started."
        return ControlMade("pass_through", "not_made", told, target, {TRIAL: "not_made"}, seconds)
    well = any(_well(line) for line in lines)
    if well:
        told = (
            f"Passed through untouched, the app gets along with {named}: our proxy was in its way."
        )
    else:
        told = f"Passed through untouched, the app got nothing from {named} either."
    result = "ok" if well else "failed"
    return ControlMade("pass_through", result, told, target, {TRIAL: result}, round(seconds, 3))
