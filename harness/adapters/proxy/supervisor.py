"""Brings a proxy that died back on the same port, and writes down the gap."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from harness.adapters.proxy.losses import read_losses
from harness.adapters.proxy.plan import ProxyPlan
from harness.adapters.proxy.process import ProxyHome, ProxyProcess, make_home
from harness.domain.facts.capture import CaptureGap
from harness.domain.facts.control import InstrumentFailure
from harness.ports import InstrumentError, ObservationLog, ProxyAddress

_LOOK = 0.1
MOST_RESTARTS = 5
"""Within a minute; a proxy that dies more often is given up."""
_WINDOW = 60.0
WEDGED = 15.0
"""Seconds without a sign of life (one is due each second) after which it is ended."""


class SupervisedProxy:
    """A TrafficTap that survives the death of its mitmdump.

    The phone's `adb reverse` entry keeps pointing to the same port, so nothing has to
    be changed on the phone. Verdicts abstain within a gap.
    """

    def __init__(self, plan: ProxyPlan, log: ObservationLog) -> None:
        """`log`: where gaps are written; not the recorder's own file."""
        self._plan = plan
        self._log = log
        self._home: ProxyHome = make_home(plan)
        self._proxy = ProxyProcess(plan, self._home)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._watcher: threading.Thread | None = None
        self._deaths: list[float] = []
        self._lost = 0
        self.gave_up: str | None = None
        """Why the proxy is not brought back any more; None while all is well."""

    @property
    def home(self) -> ProxyHome:
        """Authority, port and private files."""
        return self._home

    def start(self) -> ProxyAddress:
        """Starts proxy and watcher. Raises InstrumentError("proxy", …)."""
        try:
            address = self._proxy.start()
        except InstrumentError:
            self._home.remove()
            raise
        self._watcher = threading.Thread(
            target=self._watch, name=f"harness-proxy-{self._plan.device or 'capture'}", daemon=True
        )
        self._watcher.start()
        return address

    @property
    def address(self) -> ProxyAddress:
        """Host and port stay; the pid is that of the process running now."""
        return self._proxy.address

    def alive(self) -> bool:
        """It runs, or is about to be brought back."""
        return self.gave_up is None and not self._stopping.is_set()

    def pass_through(self, hosts: Sequence[str]) -> None:
        """Also holds after a restart."""
        with self._lock:
            self._proxy.pass_through(hosts)

    def save_to(self, path: Path) -> None:
        """Also holds after a restart."""
        with self._lock:
            self._proxy.save_to(path)

    def stop(self) -> None:
        """Closes the capture properly; can be repeated."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.join(timeout=40.0)
        self._proxy.stop()
        self._home.remove()

    def _watch(self) -> None:
        seen, sign = time.monotonic(), self._proxy.last_sign()
        while not self._stopping.wait(_LOOK):
            if self._proxy.alive():
                now = self._proxy.last_sign()
                if now != sign:
                    seen, sign = time.monotonic(), now
                self._look_for_losses()
                if time.monotonic() - seen < WEDGED:
                    continue
                self._proxy.kill()
                self._bring_back(seen, f"mitmdump stood still for {WEDGED:.0f} s and was ended")
            else:
                self._bring_back(seen)
            if self.gave_up is not None:
                return
            seen, sign = time.monotonic(), self._proxy.last_sign()

    def _look_for_losses(self) -> None:
        """The recorder cannot write it down itself: that is what it failed at."""
        lost = read_losses(self._home.files.losses)
        if lost and not self._lost:
            with contextlib.suppress(InstrumentError):  # our own disk is full too: others say so
                failure = InstrumentFailure(
                    "disk", "write the capture", f"{lost} lines could not be written"
                )
                self._log.write("instrument.failed", failure)
        self._lost = lost

    def _bring_back(self, seen: float, reason: str = "") -> None:
        reason = reason or f"mitmdump ended with exit code {self._proxy.exit_code()}"
        now = time.monotonic()
        self._deaths = [*(moment for moment in self._deaths if now - moment < _WINDOW), now]
        error = f"it died {len(self._deaths)} times within {_WINDOW:.0f} s"
        if len(self._deaths) <= MOST_RESTARTS:
            try:
                with self._lock:
                    self._proxy.start(timeout=15.0)
            except InstrumentError as failure:
                error = str(failure)
            else:
                self._log.write("capture.gap", CaptureGap(seen, time.monotonic(), reason))
                return
        self.gave_up = f"{reason}; {error}"
        self._log.write("capture.gap", CaptureGap(seen, None, reason))
        failure = InstrumentFailure("proxy", "bring mitmdump back", self.gave_up)
        self._log.write("instrument.failed", failure)
