"""One `HEAD` on an open stream, over HTTP/1.1 or HTTP/2, and the answer's status."""

import socket
import ssl
from collections.abc import Callable

import h2.config
import h2.connection
import h2.events
import h2.exceptions

_MOST = 65536  # bytes of an answer's head that are worth reading


def _read(stream: socket.socket, left: Callable[[], float]) -> bytes:
    stream.settimeout(left())
    data = stream.recv(16384)
    if not data:
        raise ValueError("closed without an answer")
    return data


def _http1(stream: socket.socket, host: str, path: str, left: Callable[[], float]) -> int:
    lines = (
        f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: probe\r\nConnection: close\r\n\r\n"
    )
    stream.sendall(lines.encode("ascii", "replace"))
    got = b""
    while b"\n" not in got and len(got) < _MOST:
        got += _read(stream, left)
    words = got.split(b"\n", 1)[0].split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        raise ValueError("answer is not HTTP")
    return int(words[1])


def _http2(stream: socket.socket, host: str, path: str, left: Callable[[], float]) -> int:
    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
    talk.initiate_connection()
    head = [(":method", "HEAD"), (":scheme", "https"), (":authority", host), (":path", path)]
    talk.send_headers(1, head, end_stream=True)
    stream.sendall(talk.data_to_send())
    while True:
        for event in talk.receive_data(_read(stream, left)):
            if isinstance(event, h2.events.ResponseReceived):
                fields = dict(event.headers or [])
                return int(fields[b":status"])
            if isinstance(event, h2.events.StreamReset | h2.events.ConnectionTerminated):
                raise ValueError("reset by the origin")
        stream.sendall(talk.data_to_send())


def ask(stream: socket.socket, host: str, path: str, left: Callable[[], float]) -> int:
    """Status of the answer to `HEAD path`.

    `left` gives the seconds that remain. Raises ValueError with a short reason for
    what is no HTTP answer, OSError for what the socket does.
    """
    if isinstance(stream, ssl.SSLSocket) and stream.selected_alpn_protocol() == "h2":
        try:
            return _http2(stream, host, path, left)
        except (h2.exceptions.H2Error, KeyError) as error:
            raise ValueError("answer is not HTTP/2") from error
    return _http1(stream, host, path, left)
