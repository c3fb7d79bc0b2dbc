"""The HTTP client of an app on the phone: its trust, its pins, its time-outs, its failures."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import httpx

from harness.simphone.contracts import Clock, NetworkStack
from harness.simphone.network.failures import (
    OfflineError,
    PinError,
    TlsRefusedError,
    UnreachableError,
    UnreadableAnswerError,
    classify,
)
from harness.simphone.network.phone_backend import Meter, PhoneBackend, no_meter
from harness.simphone.network.phone_transport import PhoneTransport
from harness.simphone.network.tls import TlsPipe
from harness.simphone.network.tunnel import open_tls

OKHTTP_SECONDS = 10.0  # OkHttp's default for connect, read and write


@dataclass(frozen=True, slots=True)
class Pins:
    """Hosts whose chain must end in one of the CAs of `authorities` (PEM)."""

    hosts: frozenset[str] = frozenset()
    authorities: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer as the app sees it."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    cookies: Mapping[str, str] = field(default_factory=dict[str, str])

    def json(self) -> dict[str, Any]:
        """The body as an object; raises UnreadableAnswerError for anything else."""
        try:
            found: object = json.loads(self.body)
        except ValueError as error:
            raise UnreadableAnswerError(str(error)) from error
        if not isinstance(found, dict):
            raise UnreadableAnswerError("not a JSONObject")
        return cast("dict[str, Any]", found)


class PhoneClient:
    """Asks hosts as an app does; made once for each app process.

    Trust is read from the phone's store at each new client of a host, so a CA
    that is mounted later counts after the app's next start, as on a phone.
    """

    def __init__(
        self,
        network: NetworkStack,
        clock: Clock,
        *,
        uid: int,
        pins: Pins | None = None,
        seconds: float = OKHTTP_SECONDS,
        meter: Meter = no_meter,
    ) -> None:
        self._network = network
        self._backend = PhoneBackend(network, clock, uid, meter)
        self._uid = uid
        self._pins = pins or Pins()
        self._seconds = seconds
        self._clients: dict[bool, httpx.AsyncClient] = {}
        self._spare: list[TlsPipe] = []

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        seconds: float | None = None,
    ) -> Answer:
        """One exchange; raises `failures.NetworkError`. `seconds` bounds each wait."""
        if not self._network.online(self._uid):
            raise OfflineError("no active network")
        host = httpx.URL(url).host
        pinned = host in self._pins.hosts
        client = self._client(pinned=pinned)
        try:
            response = await client.request(
                method, url, headers=headers, content=content, timeout=seconds or self._seconds
            )
        except (httpx.HTTPError, OSError, ssl.SSLError) as error:
            failure = classify(error)
            if pinned and isinstance(failure, TlsRefusedError):
                raise PinError("Certificate pinning failure!") from error
            raise failure from error
        return Answer(
            response.status_code,
            response.content,
            dict(response.headers),
            dict(response.cookies.items()),
        )

    async def preconnect(self, host: str) -> None:
        """Opens a spare connection and sends nothing, as Cronet does at app start."""
        if not self._network.online(self._uid):
            return
        with contextlib.suppress(OSError, ssl.SSLError, UnreachableError, EOFError):
            self._spare.append(await self._tunnel(host))

    async def raw(self, host: str, request: bytes, *, seconds: float) -> int:
        """Sends bytes as HTTP/1.1 over TLS; the status, or 0 when no answer came.

        Raises `failures.NetworkError`.
        """
        try:
            pipe = await self._tunnel(host)
            async with asyncio.timeout(seconds):
                await pipe.write(request)
                head = await pipe.read(4096)
            pipe.close()
        except (OSError, ssl.SSLError, EOFError) as error:
            raise classify(error) from error
        parts = head.split()
        return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0

    async def _tunnel(self, host: str) -> TlsPipe:
        context = self._context(pinned=host in self._pins.hosts)
        context.set_alpn_protocols(["http/1.1"])
        return await open_tls(self._network, host, context, uid=self._uid)

    async def close(self) -> None:
        """Closes all connections."""
        for pipe in self._spare:
            pipe.close()
        self._spare.clear()
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    def _client(self, *, pinned: bool) -> httpx.AsyncClient:
        if pinned not in self._clients:
            context = self._context(pinned=pinned)
            transport = PhoneTransport(self._network, self._backend, context)
            self._clients[pinned] = httpx.AsyncClient(transport=transport, trust_env=False)
            self._clients[pinned].headers.clear()
        return self._clients[pinned]

    def _context(self, *, pinned: bool) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        pem = self._pins.authorities if pinned else self._network.trusted_certificates().decode()
        if pem.strip():
            context.load_verify_locations(cadata=pem)
        return context
