"""Chrome's own developer tools without a window, spoken to over two pipes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import time
from pathlib import Path
from typing import Any, Self

PAGE = "devtools://devtools/bundled/devtools_app.html"
SECONDS = 60.0


def chrome() -> str | None:
    """Chromium or Chrome of this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


class DevTools:
    """Use as a context; `ask` runs JavaScript within the page of the developer tools."""

    def __init__(self, binary: str, profile: Path) -> None:
        to_chrome, self._out = os.pipe()
        self._in, from_chrome = os.pipe()
        os.set_blocking(self._in, False)
        words = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
        # Chrome reads its orders from descriptor 3 and answers at 4, each message ended by \0.
        reads, writes = (
            fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_chrome, from_chrome)
        )
        self._pid = os.posix_spawn(
            binary,
            [binary, *words, f"--user-data-dir={profile}", "about:blank"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, reads, 3),
                (os.POSIX_SPAWN_DUP2, writes, 4),
            ],
        )
        for end in (to_chrome, from_chrome, reads, writes):
            os.close(end)
        self._number = 0
        self._unread = b""
        self._session: str | None = None

    def __enter__(self) -> Self:
        target = self._call("Target.createTarget", url=PAGE)["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        deadline = time.monotonic() + SECONDS
        while self.ask("document.readyState") != "complete":
            assert time.monotonic() < deadline, "the developer tools did not load"
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._out)  # Chrome ends with its pipe
        os.kill(self._pid, signal.SIGTERM)
        os.waitpid(self._pid, 0)
        os.close(self._in)

    def ask(self, script: str) -> Any:
        """The value of an expression, awaited; an exception of the page fails the test."""
        told = self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def _call(self, method: str, **given: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": given}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _message(self) -> bytes:
        deadline = time.monotonic() + SECONDS
        while b"\0" not in self._unread:
            assert time.monotonic() < deadline, "Chrome does not answer"
            try:
                self._unread += os.read(self._in, 65536)
            except BlockingIOError:
                time.sleep(0.01)
        message, _, self._unread = self._unread.partition(b"\0")
        return message
