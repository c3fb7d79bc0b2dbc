"""Stand-ins for a phone and for an adb server."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from harness.adapters.adb import wire
from harness.adapters.adb.link import AdbLink
from harness.ports import ShellResult


class FakePhone:
    """Answers shell commands from a table of prefixes; the longest that fits wins."""

    name = "fake"
    serial = "FAKE1"

    def __init__(self, answers: dict[str, str | tuple[str, int]] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[str] = []

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        self.asked.append(command)
        fits = [prefix for prefix in self.answers if command.startswith(prefix)]
        if not fits:
            return ShellResult(command, "", "inaccessible or not found", 127)
        answer = self.answers[max(fits, key=len)]
        text, code = answer if isinstance(answer, tuple) else (answer, 0)
        return ShellResult(command, text, "", code)

    def push(
        self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0
    ) -> None: ...
    def pull(self, source: str, target: Path, *, timeout: float = 60.0) -> None: ...
    def reverse(self, phone_port: int, host_port: int) -> None: ...
    def reverse_list(self) -> list[tuple[int, int]]:
        return []

    def remove_reverse(self, phone_port: int) -> None: ...
    def root(self, *, timeout: float = 15.0) -> bool:
        return False

    def is_root(self) -> bool:
        return False

    def state(self) -> str:
        return "device"

    def wait_for(self, state: str = "device", *, timeout: float = 30.0) -> None: ...


class FakeServer:
    """A socket that speaks the smart-socket protocol; services answer by function.

    `services[name](link)` is called after OKAY was sent; a name in `refused` is
    answered with FAIL and its text; silence for names in `silent`.
    """

    def __init__(self) -> None:
        self.services: dict[str, Callable[[socket.socket], None]] = {}
        self.refused: dict[str, str] = {}
        self.silent: set[str] = set()
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.link = AdbLink("127.0.0.1", self._socket.getsockname()[1])
        self._over = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def text(self, name: str, answer: str) -> None:
        """A host service with a text answer."""
        self.services[name] = lambda link: link.sendall(wire.request(answer))

    def shell(self, command: str, stdout: str, code: int = 0, stderr: str = "") -> None:
        """A shell v2 command."""

        def answer(link: socket.socket) -> None:
            link.sendall(wire.frame(wire.STDOUT, stdout.encode()))
            link.sendall(wire.frame(wire.STDERR, stderr.encode()))
            link.sendall(wire.frame(wire.EXIT, bytes([code])))

        self.services[wire.shell_service(command)] = answer

    def close(self) -> None:
        self._over.set()
        self._socket.close()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def _serve(self, link: socket.socket) -> None:
        with link:
            while head := link.recv(4, socket.MSG_WAITALL):
                name = link.recv(int(head, 16), socket.MSG_WAITALL).decode()
                self.asked.append(name)
                if name in self.silent:
                    self._over.wait(5.0)
                    return
                if name in self.refused:
                    link.sendall(b"FAIL" + wire.request(self.refused[name]))
                    return
                link.sendall(b"OKAY")
                if not name.startswith("host:transport:"):
                    self.services.get(name, lambda _link: None)(link)
                    self._drain(link)
                    return

    def _drain(self, link: socket.socket) -> None:
        """Closing with unread bytes would reset the connection, as adb does not."""
        link.shutdown(socket.SHUT_WR)
        link.settimeout(2.0)
        with contextlib.suppress(OSError):
            while link.recv(65536):
                pass


@pytest.fixture
def server() -> Generator[FakeServer]:
    fake = FakeServer()
    yield fake
    fake.close()
