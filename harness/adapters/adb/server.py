"""The adb server we talk to: a running one, or one of our own that dies with us.

TCP phones get a server of ours on its own port with USB, mDNS and emulator scans off
(starting takes 9 ms then, 3 s otherwise: simulated-phone reference, gotcha 2). USB
phones can be owned by one server only, so for them the running one is used.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from functools import cache
from pathlib import Path

from harness.adapters import child
from harness.adapters.adb.link import AdbLink
from harness.adapters.places import adb_binary
from harness.ports import InstrumentError

USUAL_PORT = 5037
_QUIET = {"ADB_USB": "0", "ADB_LIBUSB": "0", "ADB_MDNS": "0", "ADB_EMU": "0"}


class AdbServer:
    """A server in use. `ours` tells whether we started it and so end it."""

    def __init__(self, link: AdbLink, process: subprocess.Popen[bytes] | None = None) -> None:
        self.link = link
        self._process = process

    @property
    def ours(self) -> bool:
        """Started by us."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """Process id of our own server."""
        return self._process.pid if self._process is not None else None

    def alive(self) -> bool:
        """Answers host:version within two seconds."""
        return answers(self.link)

    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to use this server."""
        return {"ANDROID_ADB_SERVER_PORT": str(self.link.port)}

    @property
    def died(self) -> bool:
        """We started it and it is no more, even if another one answers at its port."""
        return self._process is not None and self._process.poll() is not None

    def stop(self) -> None:
        """Ends our own server; a running one of others stays.

        After ours died, Appium starts one at our port that would outlive us: it is
        ended as well.
        """
        if self._process is None:
            return
        if self.died and self.alive():
            with contextlib.suppress(InstrumentError):
                self.link.command("host:kill", timeout=3.0)
        child.stop(self._process, timeout=3.0)


def answers(link: AdbLink) -> bool:
    """An adb server listens there."""
    try:
        return version(link) >= 0
    except InstrumentError:
        return False


def version(link: AdbLink, *, timeout: float = 2.0) -> int:
    """The server's version, 41 for adb 1.0.41. Raises InstrumentError."""
    text = link.ask("host:version", timeout=timeout)
    try:
        return int(text, 16)
    except ValueError:
        return 0


@cache
def client_version() -> int | None:
    """The version of our own adb program; None when it does not say.

    A client of another version than the server's ends that server, for all phones.
    """
    command = [str(adb_binary()), "version"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=20.0, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    said = re.search(rb"version 1\.0\.(\d+)", done.stdout)
    return int(said[1]) if said else None


def foreign(link: AdbLink) -> bool:
    """The server there is one that our adb program would end. Raises InstrumentError."""
    ours = client_version()
    return ours is not None and version(link) != ours


def wanted_port() -> int | None:
    """The port that the user chose by ANDROID_ADB_SERVER_PORT."""
    text = os.environ.get("ANDROID_ADB_SERVER_PORT", "")
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise InstrumentError(
            "adb", "read ANDROID_ADB_SERVER_PORT", f"{text!r} is no port", advice="Unset it."
        )
    return int(text)


def use_server(*, tcp: bool, log: Path | None = None, timeout: float = 10.0) -> AdbServer:
    """The server for TCP phones (`tcp`) or for USB phones; started when none answers.

    Raises InstrumentError("adb", …).
    """
    chosen = wanted_port()
    port = chosen or (child.free_port() if tcp else USUAL_PORT)
    link = AdbLink("127.0.0.1", port)
    if (chosen or not tcp) and answers(link):
        _require_same_version(link)
        return AdbServer(link)
    return start_server(port, quiet=tcp, log=log, timeout=timeout)


def _require_same_version(link: AdbLink) -> None:
    if foreign(link):
        raise InstrumentError(
            "adb",
            f"use the adb server at port {link.port}",
            f"it is of version 1.0.{version(link)}, our adb of 1.0.{client_version()}: the first"
            " call of ours would end it under everybody who uses it",
            advice="End it (adb kill-server), or choose another port by ANDROID_ADB_SERVER_PORT.",
            cause="adb_server_foreign",
        )


def start_server(
    port: int, *, quiet: bool = True, log: Path | None = None, timeout: float = 10.0
) -> AdbServer:
    """Starts a server in the foreground of a process of ours. `quiet`: TCP phones only."""
    environment = {key: value for key, value in os.environ.items() if key != "ADB_SERVER_SOCKET"}
    environment |= _QUIET if quiet else {"ADB_MDNS": "0"}
    address = f"tcp:localhost:{port}"  # the one host name that adb listens on
    process = child.start(
        "adb", [str(adb_binary()), "-L", address, "server", "nodaemon"], env=environment, output=log
    )
    server = AdbServer(AdbLink("127.0.0.1", port), process)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if server.alive():
            return server
        time.sleep(0.02)
    code = process.poll()
    server.stop()
    raise InstrumentError(
        "adb",
        f"start a server on port {port}",
        f"it ended with exit code {code}" if code is not None else "it does not answer",
        advice=f"See {log}." if log else "Run: harness doctor",
    )
