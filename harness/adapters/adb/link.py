"""A socket to the adb server: every call bounded, every failure an InstrumentError."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from harness.adapters.adb import wire
from harness.ports import InstrumentError, ShellResult

_CHUNK = 65536
_ADVICE = "Run: harness doctor"


SERVER_GONE, PHONE_REFUSED, NO_ANSWER, CUT_OFF = (
    "adb_server_gone",
    "phone_refused",
    "adb_no_answer",
    "phone_cut_off",
)
"""Causes of adb's failures."""


class AdbTimeoutError(InstrumentError):
    """No answer in time: the server or the phone hangs."""


class AdbRefusedError(InstrumentError):
    """The server answered FAIL: no such device, offline, unauthorized, listener not found."""


@dataclass(frozen=True, slots=True)
class AdbLink:
    """Where an adb server listens. Each call opens a socket of its own."""

    host: str = "127.0.0.1"
    port: int = 5037

    def ask(self, service: str, *, timeout: float = 10.0) -> str:
        """A host service with a text answer, e.g. host:version."""
        deadline = time.monotonic() + timeout
        with self._open(service, timeout) as link:
            self._send(link, service, service, deadline)
            return self._text(link, service, deadline)

    def command(self, service: str, *, timeout: float = 10.0) -> None:
        """A host service whose answer is OKAY alone, e.g. host:kill."""
        deadline = time.monotonic() + timeout
        with self._open(service, timeout) as link:
            self._send(link, service, service, deadline)

    def open_service(self, serial: str, service: str, *, timeout: float = 10.0) -> socket.socket:
        """A stream of the phone's adbd; the caller closes it."""
        deadline = time.monotonic() + timeout
        link = self._open(service, timeout)
        try:
            self._choose(link, serial, service, deadline)
            self._send(link, service, service, deadline)
        except BaseException:
            link.close()
            raise
        return link

    def _choose(self, link: socket.socket, serial: str, service: str, deadline: float) -> None:
        """The service is only asked for afterwards: what fails here has not begun anything."""
        try:
            self._send(link, f"host:transport:{serial}", service, deadline)
        except InstrumentError as error:
            error.not_begun = True
            raise

    def device_service(self, serial: str, service: str, *, timeout: float = 10.0) -> bytes:
        """All bytes that a service of the phone gives until it ends."""
        deadline = time.monotonic() + timeout
        with self.open_service(serial, service, timeout=timeout) as link:
            parts: list[bytes] = []
            while part := self._receive(link, _CHUNK, service, deadline):
                parts.append(part)
            return b"".join(parts)

    def shell(
        self, serial: str, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        """Runs a command by shell v2. Raises InstrumentError when the stream breaks."""
        parts: list[bytes] = []
        done = self.shell_into(serial, command, parts.append, timeout=timeout, stdin=stdin)
        return replace(done, stdout=b"".join(parts).decode("utf-8", "replace"))

    def shell_into(
        self,
        serial: str,
        command: str,
        write: Callable[[bytes], object],
        *,
        timeout: float = 10.0,
        stdin: bytes | None = None,
    ) -> ShellResult:
        """As `shell`, but hands the bytes of stdout on as they come; the result has none."""
        deadline = time.monotonic() + timeout
        frames = wire.ShellFrames()
        service = wire.shell_service(command)
        with self.open_service(serial, service, timeout=timeout) as link:
            for at in range(0, len(stdin or b""), _CHUNK):
                part = (stdin or b"")[at : at + _CHUNK]
                self._push(link, wire.frame(wire.STDIN, part), command, deadline)
            self._push(link, wire.frame(wire.CLOSE_STDIN), command, deadline)
            while part := self._receive(link, _CHUNK, command, deadline):
                frames.feed(part)
                if frames.stdout:
                    write(frames.take_stdout())
                if frames.exit_code is not None:
                    break
        return _ended(frames, serial, command)

    def shell_from_file(
        self, serial: str, command: str, source: BinaryIO, *, timeout: float
    ) -> ShellResult:
        """As `shell`, with stdin read from `source` piece by piece."""
        deadline = time.monotonic() + timeout
        frames = wire.ShellFrames()
        with self.open_service(serial, wire.shell_service(command)) as link:
            while piece := source.read(_CHUNK):
                self._push(link, wire.frame(wire.STDIN, piece), command, deadline)
            self._push(link, wire.frame(wire.CLOSE_STDIN), command, deadline)
            while frames.exit_code is None and (
                part := self._receive(link, _CHUNK, command, deadline)
            ):
                frames.feed(part)
        return _ended(frames, serial, command)

    def stream_lines(self, link: socket.socket, *, silence: float) -> Iterator[str | None]:
        """Lines of a shell v2 stream; None after each `silence` seconds without any."""
        frames, rest = wire.ShellFrames(), b""
        link.settimeout(silence)
        while frames.exit_code is None:
            try:
                part = link.recv(_CHUNK)
            except TimeoutError:
                yield None
                continue
            if not part:
                return
            frames.feed(part)
            *lines, rest = (rest + frames.take_stdout()).split(b"\n")
            for line in lines:
                yield line.rstrip(b"\r").decode("utf-8", "replace")

    def _open(self, service: str, timeout: float) -> socket.socket:
        try:
            return socket.create_connection((self.host, self.port), min(timeout, 5.0))
        except OSError as error:
            raise InstrumentError(
                "adb",
                f"connect to the adb server at {self.host}:{self.port} for {_short(service)}",
                str(error),
                advice=_ADVICE,
                cause=SERVER_GONE,
                not_begun=True,
            ) from error

    def _send(self, link: socket.socket, text: str, action: str, deadline: float) -> None:
        self._push(link, wire.request(text), action, deadline)
        status = self._exactly(link, 4, action, deadline)
        if status == b"OKAY":
            return
        detail = self._text(link, action, deadline) if status == b"FAIL" else f"{status!r}"
        raise AdbRefusedError(
            "adb",
            f"{_short(action)} ({_short(text)})",
            detail,
            advice=_ADVICE,
            cause=PHONE_REFUSED if status else CUT_OFF,
            not_begun=status == b"FAIL",
        )

    def _text(self, link: socket.socket, action: str, deadline: float) -> str:
        length = self._exactly(link, 4, action, deadline)
        if not length:
            return ""
        return self._exactly(link, int(length, 16), action, deadline).decode("utf-8", "replace")

    def _exactly(self, link: socket.socket, size: int, action: str, deadline: float) -> bytes:
        data = b""
        while len(data) < size:
            part = self._receive(link, size - len(data), action, deadline)
            if not part:
                break
            data += part
        return data

    def _receive(self, link: socket.socket, size: int, action: str, deadline: float) -> bytes:
        try:
            link.settimeout(max(deadline - time.monotonic(), 0.001))
            return link.recv(size)
        except TimeoutError as error:
            raise AdbTimeoutError(
                "adb", _short(action), "no answer in time", advice=_ADVICE, cause=NO_ANSWER
            ) from error
        except OSError as error:
            raise InstrumentError(
                "adb", _short(action), str(error), advice=_ADVICE, cause=CUT_OFF
            ) from error

    def _push(self, link: socket.socket, data: bytes, action: str, deadline: float) -> None:
        try:
            link.settimeout(max(deadline - time.monotonic(), 0.001))
            link.sendall(data)
        except TimeoutError as error:
            raise AdbTimeoutError(
                "adb", _short(action), "not taken in time", advice=_ADVICE, cause=NO_ANSWER
            ) from error
        except OSError as error:
            raise InstrumentError(
                "adb", _short(action), str(error), advice=_ADVICE, cause=CUT_OFF
            ) from error


def _ended(frames: wire.ShellFrames, serial: str, command: str) -> ShellResult:
    if frames.exit_code is None:
        raise InstrumentError(
            "adb",
            f"shell {_short(command)} on {serial}",
            "the stream ended without an exit code; the phone or its cable went away",
            advice=_ADVICE,
            cause=CUT_OFF,
        )
    out, err = (bytes(data).decode("utf-8", "replace") for data in (frames.stdout, frames.stderr))
    return ShellResult(command, out, err, frames.exit_code)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."
