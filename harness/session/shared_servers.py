"""The adb and Appium servers that all phones of a run share, kept alive by the run itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.adb.server import AdbServer, start_server, use_server
from harness.adapters.appium.server import AppiumServer
from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError

HUNG = 30.0
"""Seconds without an answer after which a server of ours is ended and started again."""

ASK_EVERY = 5.0
"""Seconds between two questions to a server that runs."""


@dataclass(frozen=True, slots=True)
class ServerAddresses:
    """Where a job finds them; None = it needs none, or looks for its own.

    The ids of processes are for HARNESS_FAULT only: who shares a server never ends it.
    """

    adb_tcp: int | None = None  # port of the server for phones behind an address
    adb_usb: int | None = None
    appium: str | None = None  # URL
    appium_pid: int | None = None
    adb_tcp_pid: int | None = None
    adb_usb_pid: int | None = None


class SharedServers:
    """Started once for the phones of a run; `mend` starts again, at the same address, what died."""

    def __init__(
        self,
        entries: Sequence[DeviceEntry],
        logs: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """What cannot be started is left to each phone, which is then judged by that."""
        self._logs = logs
        self._clock = clock
        self._asked = clock()
        self._answered: dict[str, float] = {}  # by the server's name
        self._adb: dict[bool, AdbServer] = {}  # by "for TCP phones"
        self._appium: AppiumServer | None = None
        for tcp in sorted({entry.over_tcp for entry in entries if entry.adb is None}):
            log = logs / ("adb-tcp.log" if tcp else "adb-usb.log")
            with suppress(InstrumentError):
                self._adb[tcp] = use_server(tcp=tcp, log=log)
        if any(entry.appium_url is None for entry in entries):
            with suppress(InstrumentError):
                self._appium = AppiumServer.own(logs / "appium.log")

    @property
    def addresses(self) -> ServerAddresses:
        """For the jobs."""
        tcp, usb, appium = self._adb.get(True), self._adb.get(False), self._appium
        return ServerAddresses(
            tcp.link.port if tcp is not None else None,
            usb.link.port if usb is not None else None,
            appium.url if appium is not None else None,
            appium.pid if appium is not None else None,
            tcp.pid if tcp is not None else None,
            usb.pid if usb is not None else None,
        )

    def mend(self) -> list[str]:
        """Starts again what died or hangs; one sentence for each, also where that failed."""
        now = self._clock()
        ask = now - self._asked >= ASK_EVERY
        if ask:
            self._asked = now
        told: list[str] = []
        for tcp, server in list(self._adb.items()):
            name = f"the adb server at port {server.link.port}"
            if server.ours and (server.died or (ask and self._hangs(name, server.alive))):
                told.append(f"{name} {self._again_adb(server, tcp=tcp)}")
        appium, name = self._appium, "the Appium server"
        if appium is not None and (not appium.alive() or (ask and self._hangs(name, appium.ready))):
            told.append(f"{name} {self._again_appium(appium)}")
        return told

    def _hangs(self, name: str, answers: Callable[[], bool]) -> bool:
        now = self._clock()
        if answers():
            self._answered[name] = now
            return False
        if now - self._answered.setdefault(name, now) < HUNG:
            return False
        del self._answered[name]
        return True

    def close(self) -> None:
        """Ends what we started; the adb server last."""
        if self._appium is not None:
            self._appium.stop()
        for server in self._adb.values():
            server.stop()

    def _again_adb(self, server: AdbServer, *, tcp: bool) -> str:
        port = server.link.port
        server.stop()
        try:
            self._adb[tcp] = start_server(port, quiet=tcp, log=self._logs / "adb-again.log")
        except InstrumentError as error:
            return f"was lost and did not start again: {error}"
        return "was lost and was started again"

    def _again_appium(self, server: AppiumServer) -> str:
        try:
            server.restart()
        except InstrumentError as error:
            return f"was lost and did not start again: {error}"
        return "was lost and was started again"
