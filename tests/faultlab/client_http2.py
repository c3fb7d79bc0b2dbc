"""App stand-ins over HTTP/2: several streams, cancels, GOAWAY, an abrupt end."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

from tests.faultlab.client import Route, get, reset, secured


@dataclass(slots=True)
class Stream:
    """What came on one stream."""

    status: int | None = None
    body: bytearray = field(default_factory=bytearray)
    trailers: dict[str, str] = field(default_factory=dict[str, str])
    ended: bool = False
    reset_code: int | None = None


class NotHttp2Error(OSError):
    """The other side chose HTTP/1.1."""


class Session2:
    """An HTTP/2 connection of the app. Raises OSError where it cannot come up."""

    def __init__(self, route: Route, host: str, timeout: float = 8.0) -> None:
        self._host = host
        self.timeout = timeout
        self._sock = secured(route, host, "h2", "http/1.1", timeout=timeout)
        if self._sock.selected_alpn_protocol() != "h2":
            self._sock.close()
            raise NotHttp2Error(f"{host} chose {self._sock.selected_alpn_protocol()}")
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        self._h2.initiate_connection()
        self.streams: dict[int, Stream] = {}
        self.gone = False
        self._flush()

    def _flush(self) -> None:
        with contextlib.suppress(OSError):
            self._sock.sendall(self._h2.data_to_send())

    def begin(
        self,
        path: str = "/v1/items",
        method: str = "GET",
        body: bytes = b"",
        *,
        ends: bool = True,
        **more: str,
    ) -> int:
        """Sends a request; returns its stream. `ends` False: more of the body follows."""
        number = self._h2.get_next_available_stream_id()
        fields = [
            (":method", method),
            (":scheme", "https"),
            (":authority", self._host),
            (":path", path),
            *((key.replace("_", "-").lower(), value) for key, value in more.items()),
        ]
        self.streams[number] = Stream()
        self._h2.send_headers(number, fields, end_stream=ends and not body)
        if body:
            self._h2.send_data(number, body, end_stream=ends)
        self._flush()
        return number

    def begin_upload(self, path: str, size: int, *, seconds: float) -> int:
        """POSTs `size` bytes as far as the other side's window lets it, for so long."""
        number = self.begin(path, "POST", b"u", ends=False, content_length=str(size))
        until, left = time.monotonic() + seconds, size - 1
        while left and not self.gone and time.monotonic() < until:
            room = min(left, self._h2.local_flow_control_window(number), 16_000)
            if room:
                self._h2.send_data(number, b"u" * room, end_stream=room == left)
                self._flush()
                left -= room
            else:
                self.wait(number, seconds=0.2)
        return number

    def wait(self, *numbers: int, seconds: float | None = None) -> None:
        """Until all these streams are over, the connection is, or the time is up."""
        until = time.monotonic() + (self.timeout if seconds is None else seconds)
        while not self.gone and not all(self.streams[number].ended for number in numbers):
            left = until - time.monotonic()
            if left <= 0:
                return
            self._sock.settimeout(left)
            try:
                data = self._sock.recv(65536)
                events = self._h2.receive_data(data) if data else []
            except TimeoutError:
                return
            except (OSError, h2.exceptions.ProtocolError):
                self.gone = True
                return
            self.gone = not data
            for event in events:
                self._note(event)
            self._flush()

    def _note(self, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.ConnectionTerminated):
            self.gone = True
            return
        stream = self.streams.get(getattr(event, "stream_id", 0) or 0)
        if stream is None:
            return
        if isinstance(event, h2.events.ResponseReceived):
            fields = {str(key): str(value) for key, value in event.headers or []}
            stream.status = int(fields[":status"])
        elif isinstance(event, h2.events.DataReceived):
            stream.body += event.data or b""
            self._h2.acknowledge_received_data(
                event.flow_controlled_length or 0, event.stream_id or 0
            )
        elif isinstance(event, h2.events.TrailersReceived):
            stream.trailers = {str(key): str(value) for key, value in event.headers or []}
        elif isinstance(event, h2.events.StreamReset):
            stream.reset_code, stream.ended = int(event.error_code or 0), True
        elif isinstance(event, h2.events.StreamEnded):
            stream.ended = True

    def cancel(self, number: int, code: h2.errors.ErrorCodes) -> None:
        """RST_STREAM by the app."""
        self._h2.reset_stream(number, code)
        self._flush()

    def goaway(self) -> None:
        """GOAWAY by the app, then FIN."""
        self._h2.close_connection()
        self._flush()
        self._sock.close()

    def close(self) -> None:
        """FIN."""
        self._sock.close()

    def die(self) -> None:
        """RST."""
        reset(self._sock)


def get2(route: Route, host: str, *paths: str, timeout: float = 8.0) -> list[Stream]:
    """Parallel GETs on one connection; an empty list when it did not come up.

    Falls back to HTTP/1.1, one call after the other, where that was chosen.
    """
    try:
        session = Session2(route, host, timeout)
    except NotHttp2Error:
        got = [get(route, host, path, timeout) for path in paths or ("/v1/items",)]
        return [Stream(one.status, bytearray(one.body), ended=one.error is None) for one in got]
    except OSError:
        return []
    numbers = [session.begin(path) for path in paths or ("/v1/items",)]
    session.wait(*numbers)
    session.close()
    return [session.streams[number] for number in numbers]


def grpc_call(route: Route, host: str, path: str = "/shop.Items/List") -> Stream | None:
    """One unary gRPC call."""
    try:
        session = Session2(route, host)
    except OSError:
        return None
    body = b"\x00\x00\x00\x00\x02\x08\x01"
    number = session.begin(path, "POST", body, content_type="application/grpc", te="trailers")
    session.wait(number)
    session.close()
    return session.streams[number]
