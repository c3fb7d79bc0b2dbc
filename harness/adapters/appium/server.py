"""One Appium server per host, of our own, which dies with us; or somebody's URL."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import httpx

from harness.adapters import child
from harness.adapters.places import android_home, node_binary, node_folder
from harness.ports import InstrumentError

START_TIMEOUT = 60.0
"""Seconds; 1.5 s is usual, more on a machine that starts four phones at once."""


class AppiumServer:
    """A server in use. `url` has no slash at its end."""

    def __init__(self, url: str, log: Path | None = None) -> None:
        self.url = url
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def own(cls, log: Path) -> AppiumServer:
        """A server of ours, started and ready. Raises InstrumentError."""
        server = cls(f"http://127.0.0.1:{child.free_port()}", log)
        server.start()
        return server

    @classmethod
    def remote(cls, url: str) -> AppiumServer:
        """A server or Grid relay elsewhere; it must be ready."""
        server = cls(url.rstrip("/"))
        if not server.ready():
            raise InstrumentError(
                "appium", f"reach {url}", "no answer to /status", advice="Is it running?"
            )
        return server

    @property
    def pid(self) -> int | None:
        """Process id of our own server's Node; None while there is none."""
        return child.command_pid(self._process) if self._process is not None else None

    def ready(self) -> bool:
        """Answers /status within two seconds."""
        try:
            answer = httpx.get(f"{self.url}/status", timeout=2.0, trust_env=False)
        except httpx.HTTPError:
            return False
        return answer.is_success

    def alive(self) -> bool:
        """Our process runs; a remote server answers."""
        return self._process.poll() is None if self._process is not None else self.ready()

    def start(self) -> None:
        """Starts our server at its port and waits until it is ready."""
        port = self.url.rpartition(":")[2]
        self._process = child.start(
            "appium",
            command(port),
            env=environment(),
            cwd=node_folder(),
            output=self.log,
            tree=True,
        )
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and self._process.poll() is None:
            if self.ready():
                return
            time.sleep(0.05)
        code = self._process.poll()
        self.stop()
        raise InstrumentError(
            "appium",
            "start the server",
            f"ended with exit code {code}" if code is not None else "is not ready in time",
            advice=f"See {self.log}.",
        )

    def restart(self) -> None:
        """Ends and starts our own server; sessions are lost. A remote one is left alone."""
        if self._process is not None:
            self.stop()
            self.start()

    def stop(self) -> None:
        """Ends our own server."""
        if self._process is not None:
            child.stop(self._process, timeout=5.0)
            self._process = None


def command(port: str) -> list[str]:
    """Nothing is relaxed: no shell, no server logs for clients.

    Level info keeps the sources of screens, which hold other people's texts, out of
    the log. Appium masks values of requests that are marked as sensitive.
    """
    main = node_folder() / "node_modules" / "appium" / "index.js"
    return [
        str(node_binary()),
        str(main),
        "server",
        "--address=127.0.0.1",
        f"--port={port}",
        "--log-level=info",
        "--log-no-colors",
        "--log-timestamp",
        "--local-timezone",
    ]


def environment() -> dict[str, str]:
    """The caller's, with our SDK folder and our Node first."""
    node = str(node_binary().parent)
    return {
        **os.environ,
        "ANDROID_HOME": str(android_home()),
        "ANDROID_SDK_ROOT": str(android_home()),
        "APPIUM_HOME": str(node_folder()),
        "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}",
        "NO_UPDATE_NOTIFIER": "1",
    }
