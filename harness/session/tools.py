"""The servers of one run that all its phones share: adb and Appium."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from harness.adapters.adb.device import connect, states
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import AdbServer, answers, start_server, use_server
from harness.adapters.appium.server import START_TIMEOUT, AppiumServer
from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError
from harness.session.shared_servers import ServerAddresses


class RunTools:
    """Started when first needed; `close` ends what is ours.

    `shared`: servers of the run that we work for; who started them mends and ends them.
    """

    def __init__(self, logs: Path, shared: ServerAddresses | None = None) -> None:
        self._logs = logs
        self._shared = shared or ServerAddresses()
        self._adb: dict[bool, AdbServer] = {}  # by "for TCP phones"
        self._appium: AppiumServer | None = None
        for tcp, port in ((True, self._shared.adb_tcp), (False, self._shared.adb_usb)):
            if port is not None:
                self._adb[tcp] = AdbServer(AdbLink("127.0.0.1", port))
        if self._shared.appium is not None:
            self._appium = AppiumServer(self._shared.appium)

    def adb(self, entry: DeviceEntry) -> AdbLink:
        """The adb server that reaches this phone. Raises InstrumentError."""
        if entry.adb is not None:
            link = AdbLink(entry.adb.host, entry.adb.port)
            if not answers(link):
                where = f"{link.host}:{link.port}"
                raise InstrumentError("adb", f"reach the adb server {where}", "no answer")
            return link
        tcp = entry.over_tcp
        if tcp not in self._adb:
            log = self._logs / ("adb-tcp.log" if tcp else "adb-usb.log")
            self._adb[tcp] = use_server(tcp=tcp, log=log)
        return self._adb[tcp].link

    def mend_adb(self, entry: DeviceEntry, serial: str) -> bool:
        """Starts a server of ours again that died, and connects the phone. False = was well."""
        server = self._adb.get(entry.over_tcp)
        if entry.adb is None and server is not None and not server.ours:
            return _connected_again(server.link, serial)
        if entry.adb is not None or server is None or _well(server):
            return False
        server.stop()
        log = self._logs / "adb-again.log"
        self._adb[entry.over_tcp] = start_server(server.link.port, quiet=entry.over_tcp, log=log)
        if ":" in serial:
            connect(server.link, serial)
        return True

    def appium(self, entry: DeviceEntry) -> AppiumServer:
        """The phone's remote server, or our one for all. Raises InstrumentError."""
        if entry.appium_url is not None:
            return AppiumServer.remote(entry.appium_url)
        if self._appium is None:
            self._appium = AppiumServer.own(self._logs / "appium.log")
        elif self._shared.appium is not None:
            _wait_for(self._appium.ready, START_TIMEOUT)
        return self._appium

    def kill_adb(self, entry: DeviceEntry) -> None:
        """Fault adb-server-killed."""
        server = self._adb.get(entry.over_tcp)
        if server is not None and server.pid is not None:
            kill(server.pid)
        elif server is not None:
            with contextlib.suppress(InstrumentError):
                server.link.command("host:kill", timeout=3.0)

    def kill_appium(self) -> None:
        """Fault appium-killed."""
        own = self._appium.pid if self._appium is not None else None
        pid = own or self._shared.appium_pid
        if pid is not None:
            kill(pid)

    def close(self) -> None:
        """Ends our servers; the adb server last."""
        if self._appium is not None:
            self._appium.stop()
        for server in self._adb.values():
            server.stop()


def _connected_again(link: AdbLink, serial: str, timeout: float = 15.0) -> bool:
    """A server that is not ours was started again by its owner: it knows no address then."""
    _wait_for(lambda: answers(link), timeout)
    if ":" not in serial or serial in states(link):
        return False
    connect(link, serial)
    return True


def _wait_for(ready: Callable[[], bool], timeout: float) -> None:
    """While the run that owns a shared server starts it again."""
    deadline = time.monotonic() + timeout
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.1)


def _well(server: AdbServer) -> bool:
    return server.alive() and not server.died


def is_running(pid: int) -> bool:
    """The process lives; one that was killed and not yet waited for does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def fill_disk(pid: int, file: Path) -> None:
    """No file of the process may grow beyond the size that `file` has now: each further
    byte is refused by the system as on a full disk (Linux: RLIMIT_FSIZE)."""
    size = file.stat().st_size if file.exists() else 0
    psutil.Process(pid).rlimit(psutil.RLIMIT_FSIZE, (size, size))


def kill(pid: int) -> None:
    """SIGKILL to a process of ours."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
