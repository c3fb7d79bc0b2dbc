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
from harness.adapters.appium.server import START_TIMEOUT, Access, AppiumServer
from harness.domain.device import DeviceEntry
from harness.domain.recovery import Means
from harness.ports import InstrumentError
from harness.session.account import read_account
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
        self._served: set[str] = set()  # names of the phones
        for tcp, port in ((True, self._shared.adb_tcp), (False, self._shared.adb_usb)):
            if port is not None:
                self._adb[tcp] = AdbServer(AdbLink("127.0.0.1", port))
        if self._shared.appium is not None:
            self._appium = AppiumServer(self._shared.appium)

    def adb(self, entry: DeviceEntry) -> AdbLink:
        """The adb server that reaches this phone. Raises InstrumentError."""
        self._served.add(entry.name)
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

    def server(self, entry: DeviceEntry) -> AdbServer | None:
        """The server in use for this phone, where it is on this machine."""
        return None if entry.adb is not None else self._adb.get(entry.over_tcp)

    def means(self, entry: DeviceEntry) -> Means:
        """What recovery may do for this phone."""
        server = self.server(entry)
        return Means(
            own_server=server is not None and server.ours,
            own_appium=entry.appium_url is None and self._appium is not None and self._appium.ours,
            local_server=entry.adb is None and not self._kept(entry),
            may_reboot=entry.may_reboot,
            alone=len(self._served) <= 1,
            kept=self._kept(entry),
        )

    def _kept(self, entry: DeviceEntry) -> bool:
        """The run that we work for looks after the phone's servers."""
        adb = self._shared.adb_tcp if entry.over_tcp else self._shared.adb_usb
        return entry.adb is None and adb is not None

    def restart_adb(self, entry: DeviceEntry) -> None:
        """Starts a server at the same port: in place of ours, or where none is left.

        A server of others that still runs is never ended. Raises InstrumentError.
        """
        server = self.server(entry)
        if server is None:
            raise InstrumentError("adb", "restart the adb server", "it is on another machine")
        if server.ours:
            server.stop()
        elif server.alive():
            raise InstrumentError("adb", "restart the adb server", "it is not ours")
        log = self._logs / "adb-again.log"
        self._adb[entry.over_tcp] = start_server(server.link.port, quiet=entry.over_tcp, log=log)

    def mend_adb(self, entry: DeviceEntry, serial: str) -> bool:
        """Starts a server of ours again that died, and connects the phone. False = was well."""
        server = self.server(entry)
        if server is not None and not server.ours:
            return _connected_again(server.link, serial)
        if server is None or (server.alive() and not server.died):
            return False
        self.restart_adb(entry)
        if ":" in serial:
            connect(server.link, serial)
        return True

    def appium(self, entry: DeviceEntry) -> AppiumServer:
        """The phone's remote server, or our one for all. Raises InstrumentError, AccountError."""
        if entry.appium_url is not None:
            return AppiumServer.remote(entry.appium_url, access_of(entry))
        if self._appium is None:
            self._appium = AppiumServer.own(self._logs / "appium.log")
        elif self._shared.appium is not None:
            _wait_for(self._appium.ready, START_TIMEOUT)
        return self._appium

    def pid_of(self, program: str, entry: DeviceEntry) -> int | None:
        """Process id of our own adb server ("adb") or Appium ("appium"), to break it."""
        shared = self._shared
        if program == "appium":
            own = self._appium.pid if self._appium is not None else None
            return own or shared.appium_pid
        server = self.server(entry)
        own = server.pid if server is not None else None
        return own or (shared.adb_tcp_pid if entry.over_tcp else shared.adb_usb_pid)

    def close(self) -> None:
        """Ends our servers; the adb server last."""
        if self._appium is not None:
            self._appium.stop()
        for server in self._adb.values():
            server.stop()


def access_of(entry: DeviceEntry) -> Access:
    """How the phone's remote Appium is entered. Raises AccountError."""
    account = read_account(entry.appium_account, None, entry.name)
    return Access(
        user=account.user if account is not None else None,
        password=account.password if account is not None else None,
        authority=Path(entry.appium_ca).expanduser() if entry.appium_ca is not None else None,
    )


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


def pause(pid: int) -> None:
    """SIGSTOP to a process of ours: it lives and answers nothing."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)
