"""A TLS (or plain, or mute) origin on 127.0.0.1: one thread a connection, one behaviour."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_LINGER_RST = struct.pack("ii", 1, 0)
_PATIENCE = 30.0  # seconds after which a thread of the lab gives up in any case


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came over HTTP/1.1. Header names are lower case."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


class Counts:
    """Numbers that all connections of one origin share."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[object, int] = {}

    def take(self, key: object) -> int:
        """0, 1, 2 … for each key."""
        with self._lock:
            number = self._counts.get(key, 0)
            self._counts[key] = number + 1
        return number


class Wire:
    """One accepted connection. `ordinal` 1 = the origin's first."""

    def __init__(
        self,
        sock: socket.socket,
        ordinal: int = 1,
        stopping: threading.Event | None = None,
        counts: Counts | None = None,
    ) -> None:
        self.sock = sock
        self.ordinal = ordinal
        self.counts = counts or Counts()
        self._stopping = stopping or threading.Event()
        self._got = b""

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def receive(self) -> bytes:
        """What comes next, or b"" at the end."""
        kept, self._got = self._got, b""
        return kept or self.sock.recv(65536)

    def wait(self, seconds: float) -> None:
        """Sleeps, but not longer than the lab lives."""
        self._stopping.wait(seconds)

    def wait_for_close(self) -> None:
        """Until the other side has gone or the lab ends."""
        until = time.monotonic() + _PATIENCE
        with contextlib.suppress(OSError):
            self.sock.settimeout(0.2)
            while time.monotonic() < until and not self._stopping.is_set():
                try:
                    if not self.sock.recv(65536):
                        return
                except TimeoutError:
                    continue

    def reset(self) -> None:
        """RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_RST)
        self.sock.close()

    def read_request(self) -> Request | None:
        """The next HTTP/1.1 request with its body, or None at the end."""
        got = self._got
        while b"\r\n\r\n" not in got:
            more = self.sock.recv(65536)
            if not more:
                return None
            got += more
        head, _, rest = got.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines[1:])
        }
        length = int(headers.get("content-length", "0") or 0)
        while len(rest) < length:
            more = self.sock.recv(65536)
            if not more:
                return None
            rest += more
        self._got = rest[length:]
        return Request(words[0], words[1] if len(words) > 1 else "", headers, rest[:length])


Behaviour = Callable[[Wire], None]


class Origin:
    """Listens from the moment it is made until `close`.

    `context` None: the behaviour gets the bare TCP connection (plain HTTP, or
    whatever it wants to break before TLS). `tls_after`: seconds by which the
    handshake begins late. `serves`: after so many connections nobody listens any more;
    `opens_after`: nobody listens before (both: connections are refused).
    """

    def __init__(
        self,
        behaviour: Behaviour,
        context: ssl.SSLContext | None,
        tls_after: float = 0.0,
        *,
        serves: int | None = None,
        opens_after: float = 0.0,
    ) -> None:
        self._behaviour = behaviour
        self._serves = serves
        self._opens_after = opens_after
        self._tls_after = tls_after
        self._context = context
        self._stopping = threading.Event()
        self._open: list[socket.socket] = []
        self._counts = Counts()
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        if not opens_after:
            self._listener.listen(64)
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        if self._opens_after and not self._stopping.wait(self._opens_after):
            self._listener.listen(64)
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.settimeout(_PATIENCE)
            self._open.append(sock)
            arguments = (sock, self._counts.take("connection") + 1)
            threading.Thread(target=self._serve, args=arguments, daemon=True).start()
            if arguments[1] == self._serves:
                self._listener.close()
                return

    def _serve(self, sock: socket.socket, ordinal: int) -> None:
        # What the peer does to the connection is the other side's experiment, no error here.
        with contextlib.suppress(OSError, ValueError):
            if self._context is not None:
                self._stopping.wait(self._tls_after)
                sock = self._context.wrap_socket(sock, server_side=True)
                self._open.append(sock)
            with sock:
                self._behaviour(Wire(sock, ordinal, self._stopping, self._counts))

    def close(self) -> None:
        """Ends the listener and whatever is still open."""
        self._stopping.set()
        for sock in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                sock.close()
        self._thread.join(2.0)


class FullBacklog:
    """A port whose SYNs are dropped, because its queue is full and nobody accepts."""

    def __init__(self) -> None:
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(0)
        self.port = int(self._listener.getsockname()[1])
        self._fill: list[socket.socket] = []
        for _ in range(3):
            filler = socket.socket()
            filler.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                filler.connect(("127.0.0.1", self.port))
            self._fill.append(filler)

    def close(self) -> None:
        """Frees the port."""
        for sock in [*self._fill, self._listener]:
            sock.close()


class ClosedPort:
    """A port that is taken and on which nobody listens: connections are refused."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])

    def close(self) -> None:
        """Frees the port."""
        self._socket.close()
