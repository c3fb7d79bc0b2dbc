"""The host-side control of a capture: reaches the same host from here, past the proxy.

Made at the moment of failure, because a minute later the outage may be over.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from harness.adapters.observation_tail import Tail
from harness.domain.facts import Facts
from harness.domain.facts.control import InstrumentFailure
from harness.domain.resolve import ResolveMap
from harness.ports import InstrumentError, ObservationLog

PAUSE = 5.0
"""Seconds between two probes of one host: a control must not become a load."""
_LOOK = 0.05
_PROBE_SECONDS = 2.0


class FailureProbe:
    """Watches the recorder's file and probes the host of each suspicious failure."""

    def __init__(
        self,
        observations: Path,
        log: ObservationLog,
        *,
        resolve: ResolveMap,
        upstream_ca: Path | None,
    ) -> None:
        self._tail = Tail(observations)
        self._log = log
        self._resolve = resolve
        self._upstream_ca = upstream_ca
        self._last: dict[tuple[str, int], float] = {}
        self._pool = ThreadPoolExecutor(4, "harness-probe")
        self._running: set[Future[None]] = set()
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="harness-tail", daemon=True)

    def start(self) -> None:
        """Starts watching."""
        self._watcher.start()

    def stop(self) -> None:
        """Looks a last time, and waits for the probes that are under way."""
        self._stopping.set()
        self._watcher.join(timeout=10.0)
        self._look()
        wait(self._running, timeout=3 * _PROBE_SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _watch(self) -> None:
        while not self._stopping.wait(_LOOK):
            self._look()

    def _look(self) -> None:
        for observation in self._tail.new():
            target = _suspect(observation.facts)
            if target is not None and self._due(target):
                future = self._pool.submit(self._probe, target)
                self._running.add(future)
                future.add_done_callback(self._running.discard)

    def _due(self, target: tuple[str, int]) -> bool:
        now = time.monotonic()
        if now - self._last.get(target, -PAUSE) < PAUSE:
            return False
        self._last[target] = now
        return True

    def _probe(self, target: tuple[str, int]) -> None:
        from harness.adapters.probes import reach_host

        host, port = target
        try:
            for made in reach_host(
                host,
                port,
                resolve=self._resolve,
                upstream_ca=self._upstream_ca,
                timeout=_PROBE_SECONDS,
            ):
                self._log.write("control", made)
        except (InstrumentError, OSError, ValueError) as error:
            failure = InstrumentFailure("probe", f"reach {host}:{port} from here", str(error))
            self._log.write("instrument.failed", failure)


def _suspect(facts: Facts) -> tuple[str, int] | None:
    from harness.attribution.suspicion import suspect

    return suspect(facts)
