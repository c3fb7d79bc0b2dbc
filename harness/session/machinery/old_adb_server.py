"""Stands in an adb server's place with another version, as an older adb's server would."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

VERSION = 32
"""As adb 1.0.32 of 2015."""

_TAKE_SECONDS = 5.0


class OldAdbServer:
    """Answers host:version with VERSION, host:kill by ending, all else by FAIL."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener: socket.socket | None = None

    def start(self) -> None:
        """Waits until the port is free, then listens. Raises OSError when it stays taken."""
        deadline = time.monotonic() + _TAKE_SECONDS
        while True:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", self._port))
                break
            except OSError:
                listener.close()
                if time.monotonic() >= deadline:
                    raise
                time.sleep(0.05)
        listener.listen(8)
        self._listener = listener
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with listener, contextlib.suppress(OSError):
            while True:
                link, _ = listener.accept()
                with link, contextlib.suppress(OSError, ValueError):
                    link.settimeout(2.0)
                    asked = _request(link)
                    if asked == "host:kill":
                        link.sendall(b"OKAY")
                        return
                    link.sendall(_answer(asked))


def _request(link: socket.socket) -> str:
    """Raises ValueError for what is no request."""
    size = int(link.recv(4), 16)
    return link.recv(size).decode("utf-8", "replace")


def _answer(asked: str) -> bytes:
    if asked == "host:version":
        return b"OKAY0004" + f"{VERSION:04x}".encode()
    told = b"unknown host service"
    return b"FAIL" + f"{len(told):04x}".encode() + told
