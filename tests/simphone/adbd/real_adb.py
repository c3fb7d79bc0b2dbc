"""The real adb, with a server of its own, and daemons running in a thread."""

import asyncio
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from adbutils import adb_path

from harness.simphone.adbd import AdbDaemon
from tests.simphone.adbd.standins import Phone, parts

TIMEOUT = 20.0  # seconds for any one call


class Loop:
    """An event loop in a thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT)

    def call(self, function: Callable[[], object]) -> None:
        async def called() -> None:
            function()

        self.run(called())

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(TIMEOUT)
        self._loop.close()


class AdbServer:
    """The adb server of one test session; nothing of the user's is touched."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.folder = folder
        own = {
            "ANDROID_ADB_SERVER_PORT": str(self.port),
            "ADB_USB": "0",
            "ADB_MDNS": "0",
            "ADB_EMU": "0",
            "HOME": str(folder),
            "ANDROID_USER_HOME": str(folder),
            "TMPDIR": str(folder),
        }
        self._environment = {**os.environ, **own}

    def run(
        self, *arguments: str, stdin: bytes = b"", serial: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        chosen = ["-s", serial] if serial else []
        return subprocess.run(
            [adb_path(), *chosen, *arguments],
            input=stdin,
            capture_output=True,
            env=self._environment,
            timeout=TIMEOUT,
            check=False,
        )


class Attached:
    """A phone with its daemon, attached to the adb server."""

    def __init__(self, server: AdbServer, loop: Loop, phone: Phone) -> None:
        self.server = server
        self.loop = loop
        self.phone = phone
        self.daemon = AdbDaemon(parts(phone))
        self.serial = f"127.0.0.1:{loop.run(self.daemon.start())}"

    def connect(self) -> str:
        return self.server.run("connect", self.serial).stdout.decode().strip()

    def adb(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return self.server.run(*arguments, stdin=stdin, serial=self.serial)

    def says(self, *arguments: str) -> str:
        """The output of a call that must succeed."""
        done = self.adb(*arguments)
        assert done.returncode == 0, done
        return done.stdout.decode()

    def state(self) -> str:
        """As `adb devices` shows it; "" when absent."""
        lines = self.server.run("devices").stdout.decode().splitlines()
        states = dict(line.split("\t") for line in lines if "\t" in line)
        return states.get(self.serial, "")

    def wait_for(self, state: str) -> None:
        deadline = time.monotonic() + TIMEOUT
        while self.state() != state:
            assert time.monotonic() < deadline, f"{self.state()!r} instead of {state!r}"
            time.sleep(0.02)

    def close(self) -> None:
        self.server.run("disconnect", self.serial)
        self.loop.run(self.daemon.stop())
