"""A real Chromium for the tests, driven by its DevTools protocol over two pipes."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SECONDS = 60.0
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--remote-debugging-pipe",
)  # fmt: skip


def chromium_binary() -> Path | None:
    """The browser of HARNESS_CHROMIUM or of the PATH."""
    chosen = os.environ.get("HARNESS_CHROMIUM")
    found = [Path(chosen)] if chosen else [Path(p) for name in NAMES if (p := shutil.which(name))]
    return next((path for path in found if path.is_file()), None)


WHY_NOT = "no Chromium here: neither HARNESS_CHROMIUM nor " + ", ".join(NAMES) + " on the PATH"


@dataclass
class Loaded:
    """What happened while a page was shown."""

    console: list[str] = field(default_factory=list[str])
    requests: list[str] = field(default_factory=list[str])


class Chromium:
    """One browser with one tab. Use it as a context."""

    def __init__(self, binary: Path) -> None:
        self._profile = tempfile.mkdtemp(prefix="harness-chromium-")
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, to_read, 3),
            (os.POSIX_SPAWN_DUP2, to_write, 4),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        command = [str(binary), *FLAGS, f"--user-data-dir={self._profile}", "about:blank"]
        self._pid = os.posix_spawn(
            command[0], command, os.environ, file_actions=actions, setsid=True
        )
        os.close(to_read)
        os.close(to_write)
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.loaded = Loaded()

    def __enter__(self) -> Self:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._write)
        with suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._read)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer; events that come in between are noted."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + SECONDS
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(until - time.monotonic(), 0))
            if not ready:
                raise TimeoutError(f"Chromium said nothing for {SECONDS:.0f} s")
            piece = os.read(self._read, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended")
            self._buffer += piece
        line, self._buffer = self._buffer.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Runtime.consoleAPICalled" and parameters["type"] in {"error", "warning"}:
            self.loaded.console.append(json.dumps(parameters["args"])[:500])
        if method == "Runtime.exceptionThrown":
            self.loaded.console.append(json.dumps(parameters["exceptionDetails"])[:500])
        if method == "Log.entryAdded" and parameters["entry"]["level"] in {"error", "warning"}:
            self.loaded.console.append(json.dumps(parameters["entry"])[:500])
        if method == "Network.requestWillBeSent":
            self.loaded.requests.append(parameters["request"]["url"])

    def open(self, page: Path, width: int, height: int, *, dark: bool = False) -> Loaded:
        """Shows a page from disk; returns what it said and asked for."""
        self.loaded = Loaded()
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.call("Page.navigate", url=page.resolve().as_uri())
        while self.evaluate("document.readyState") != "complete":
            time.sleep(0.05)
        return self.loaded

    def evaluate(self, script: str) -> Any:
        """The value of a script in the page; a promise is awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def picture(self, file: Path, *, whole: bool = False) -> Path:
        """A screenshot of what is seen, or of the whole page."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))
        return file

    def printed(self) -> bytes:
        """The page as PDF."""
        return base64.b64decode(self.call("Page.printToPDF", printBackground=False)["data"])
