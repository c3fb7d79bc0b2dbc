"""A small TLS origin on loopback that misbehaves by path, and a reader of observations."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h2.config
import h2.connection
import h2.errors
import h2.events
import trustme

from harness.adapters.observation_tail import Tail
from harness.domain.observation import Observation

NAMES = [f"{name}.test" for name in ("api", "pinned", "refusing", "slam", "badcert", "h2")]
JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
SWITCHED = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)  # to the key of RFC 6455, 1.3


async def _respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = [
                int(line.split(b":")[1])
                for line in head.lower().split(b"\r\n")
                if line.startswith(b"content-length:")
            ]
            if length:
                await reader.readexactly(length[0])
            path = head.split(b" ")[1].partition(b"?")[0]
            if not await _answer(path.decode(), writer):
                return
    except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
        return
    finally:
        writer.close()


async def _answer(path: str, writer: asyncio.StreamWriter) -> bool:
    """False = the connection ends."""
    if path.startswith("/hang"):
        await asyncio.sleep(30)
    if path.startswith("/close"):
        return False
    if path.startswith("/truncate"):
        writer.write(JSON + b'Content-Length: 1000\r\n\r\n{"cut":')
        await writer.drain()
        return False
    if path.startswith("/ttzip"):
        writer.write(JSON + b"Content-Encoding: ttzip\r\nContent-Length: 4\r\n\r\n\x28\xb5\x2f\xfd")
    elif path.startswith("/sse"):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        await writer.drain()
        await asyncio.sleep(30)
    elif path.startswith("/sloppy"):
        body = b'{"ok":1}'
        writer.write(
            JSON + b"X Bad: name with a blank\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
    elif path.startswith("/twice"):
        writer.write(JSON + b'Content-Length: 8\r\nContent-Length: 8\r\n\r\n{"ok":1}')
    elif path.startswith("/interim"):
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 1")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(b"02 Processing\r\n\r\n" + JSON + b'Content-Length: 8\r\n\r\n{"ok":1}')
    elif path.startswith("/socket"):
        writer.write(SWITCHED + b"\x88\x0b\x03\xf6" + b"try later")  # close, 1014
    elif path.startswith("/unequal"):
        writer.write(JSON + b'Content-Length: 8\r\nContent-Length: 9\r\n\r\n{"ok":1}')
    elif path.startswith("/error"):
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nContent-Length: 3\r\n\r\nbad")
    else:
        body = b'{"status_code":0,"session_key":"SECRETSESSION","user":{"follower_count":7}}'
        writer.write(JSON + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    return True


async def _h2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """HTTP/2: resets /reset, leaves /wait open, answers everything else."""
    peer = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    peer.initiate_connection()
    writer.write(peer.data_to_send())
    try:
        while data := await reader.read(65536):
            for event in peer.receive_data(data):
                if not isinstance(event, h2.events.RequestReceived):
                    continue
                path = dict(event.headers)[b":path"]
                if path == b"/reset":
                    peer.reset_stream(event.stream_id, h2.errors.ErrorCodes.INTERNAL_ERROR)
                elif path != b"/wait":
                    peer.send_headers(event.stream_id, [(":status", "200")], end_stream=True)
            writer.write(peer.data_to_send())
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        return
    finally:
        writer.close()


async def _slam(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Closes straight after accept: the eager stall's cause."""
    writer.close()


async def _greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speaks first, and no TLS; then waits for the other to go."""
    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
    with contextlib.suppress(ConnectionError):
        await reader.read()
    writer.close()


async def _greet_and_go(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
    writer.close()


class Origin:
    """Servers in a thread of their own; ports: `tls`, `selfsigned`, `slam`, `dead`."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.ca = folder / "origin-ca.pem"
        authority.cert_pem.write_to_path(self.ca)
        self._good = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*NAMES).configure_cert(self._good)
        self._bad = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trustme.CA().issue_cert(*NAMES).configure_cert(self._bad)
        self._h2 = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*NAMES).configure_cert(self._h2)
        self._h2.set_alpn_protocols(["h2"])
        self.ports: dict[str, int] = {}
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._up.wait(5)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.ports["dead"] = free.getsockname()[1]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        servers: list[asyncio.Server] = []
        for name, respond, tls in (
            ("tls", _respond, self._good),
            ("selfsigned", _respond, self._bad),
            ("h2", _h2, self._h2),
            ("plain", _respond, None),
            ("slam", _slam, None),
            ("greets", _greet, None),
            ("leaves", _greet_and_go, None),
        ):
            server = await asyncio.start_server(respond, "127.0.0.1", 0, ssl=tls)
            self.ports[name] = server.sockets[0].getsockname()[1]
            servers.append(server)
        self._stop = asyncio.Event()
        self._up.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)
        self._loop.close()


def wait_for(
    path: Path, wanted: Callable[[Observation], bool], *, seconds: float = 8.0
) -> Observation:
    """The first observation of a file that is wanted; fails after `seconds`."""
    tail, seen = Tail(path), [""]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for observation in tail.new():
            seen.append(f"{observation.kind} {observation.facts}")
            if wanted(observation):
                return observation
        time.sleep(0.03)
    raise AssertionError("not seen; there was:" + "\n".join(seen))


def facts_with(**wanted: Any) -> Callable[[Observation], bool]:
    """Matches observations whose facts have these values; kind= matches the kind."""
    kind = wanted.pop("kind", None)

    def matches(observation: Observation) -> bool:
        return (kind is None or observation.kind == kind) and all(
            getattr(observation.facts, name, None) == value for name, value in wanted.items()
        )

    return matches
