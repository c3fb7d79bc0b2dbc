"""One Appium server per host, of our own, which dies with us; or somebody's URL."""

from __future__ import annotations

import os
import ssl
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from harness.adapters import child
from harness.adapters.places import android_home, node_binary, node_folder
from harness.domain.secret import Secret
from harness.ports import InstrumentError

START_TIMEOUT = 60.0
"""Seconds; 1.5 s is usual, more on a machine that starts four phones at once."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a remote server is entered: basic authentication, and whose certificate it has."""

    user: str | None = None
    password: Secret | None = None
    authority: Path | None = None  # PEM; None = the public authorities

    def basic(self) -> tuple[str, str] | None:
        """(user, password) for one request; in no log."""
        if self.user is None or self.password is None:
            return None
        return self.user, self.password.reveal()

    def verify(self) -> ssl.SSLContext | bool:
        """What httpx checks certificates with. Raises OSError for a file that is none."""
        return True if self.authority is None else ssl.create_default_context(cafile=self.authority)


OPEN = Access()
"""Nothing is asked at the door."""


class AppiumServer:
    """A server in use. `url` has no slash at its end; a base path stays part of it."""

    def __init__(self, url: str, log: Path | None = None, access: Access = OPEN) -> None:
        self.url = url
        self.log = log
        self.access = access
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def own(cls, log: Path) -> AppiumServer:
        """A server of ours, started and ready. Raises InstrumentError."""
        server = cls(f"http://127.0.0.1:{child.free_port()}", log)
        server.start()
        return server

    @classmethod
    def remote(cls, url: str, access: Access = OPEN) -> AppiumServer:
        """A server or Grid relay elsewhere; it must be ready."""
        server = cls(url.rstrip("/"), access=access)
        wrong = server.refusal()
        if wrong is not None:
            raise InstrumentError(
                "appium",
                f"reach {url}",
                wrong,
                advice="Is it running? A Grid's path is often /wd/hub or none.",
                cause="appium_gone",
                not_begun=True,
            )
        return server

    @property
    def ours(self) -> bool:
        """We started it, so we may end it."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """Process id of our own server's Node; None while there is none."""
        return child.command_pid(self._process) if self._process is not None else None

    def ready(self) -> bool:
        """Answers /status within two seconds."""
        return self.refusal() is None

    def refusal(self) -> str | None:
        """Why it cannot be used now, None when it is ready."""
        try:
            answer = self.request("GET", "/status", timeout=2.0)
        except (httpx.HTTPError, OSError) as error:
            return f"no answer to /status: {str(error) or type(error).__name__}"
        if answer.status_code in (401, 403):
            return f"it refuses us (HTTP {answer.status_code}): see appium_account in devices.yaml"
        if not answer.is_success:
            return f"/status gave HTTP {answer.status_code}"
        return None if _says_ready(answer) else "it says that it is not ready: no phone is free"

    def request(
        self,
        method: str,
        path: str,
        *,
        timeout: float,
        body: object = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request past the client library. Raises httpx.HTTPError, OSError."""
        return httpx.request(
            method,
            f"{self.url}{path}",
            json=body,
            headers=headers,
            timeout=timeout,
            trust_env=False,
            auth=self.access.basic(),
            verify=self.access.verify(),
        )

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


def _says_ready(answer: httpx.Response) -> bool:
    """A Grid without a free node answers 200 and `ready: false`."""
    try:
        value: Any = answer.json()["value"]
    except (ValueError, KeyError, TypeError):
        return True
    return not isinstance(value, dict) or value.get("ready") is not False  # pyright: ignore[reportUnknownMemberType] - somebody's JSON


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
