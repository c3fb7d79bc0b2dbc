"""Sends chosen hosts to chosen addresses, as curl's --resolve does.

The loop's name look-up is answered from the map, so everything else (the host that is
reported, SNI, certificate checks, connection reuse) goes on with the name. Only for a
host that is an IP address, which is never looked up, is the address itself changed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from mitmproxy.proxy.server_hooks import ServerConnectionHookData
from mitmproxy.tls import ClientHelloData

from harness.domain.resolve import ResolveMap
from harness.recorder.named_host import is_address

LookUp = Callable[..., Coroutine[Any, Any, list[Any]]]


def mapped(resolve: ResolveMap, original: LookUp) -> LookUp:
    """`loop.getaddrinfo` with the map in front of it."""

    async def getaddrinfo(host: Any, port: Any, **hints: Any) -> list[Any]:  # noqa: ANN401 - as asyncio has it
        target = None
        name = host.decode() if isinstance(host, bytes) else host
        if isinstance(name, str) and isinstance(port, int):
            target = resolve.lookup(name, port)
        if target is None:
            return await original(host, port, **hints)
        return await original(target[0], target[1], **hints)

    return getaddrinfo


class Resolve:
    """Installed in `running`, when the loop exists."""

    def __init__(self) -> None:
        self._map = ResolveMap()
        self._moved: dict[str, str] = {}
        """Origin connection → the address that was asked for, until the app names the host."""

    def use(self, resolve: ResolveMap) -> None:
        """Call within the running loop; an empty map changes nothing."""
        self._map = resolve
        if resolve.rules:
            loop: Any = asyncio.get_running_loop()
            loop.getaddrinfo = mapped(resolve, loop.getaddrinfo)

    def server_connect(self, data: ServerConnectionHookData) -> None:
        address = data.server.address
        if address is None or not self._map.rules or not is_address(address[0]):
            return
        target = self._map.lookup(address[0], address[1])
        if target is None:
            return
        data.server.address = target
        if data.server.sni is None:
            data.server.sni = data.client.sni
        if data.server.sni is None:
            self._moved[data.server.id] = address[0]

    def tls_clienthello(self, data: ClientHelloData) -> None:
        """With the new address the certificate is still checked for what the app asked for."""
        server = data.context.server
        asked = self._moved.pop(server.id, None)
        if asked is not None and server.sni is None:
            server.sni = data.client_hello.sni or asked

    def server_disconnected(self, data: ServerConnectionHookData) -> None:
        self._moved.pop(data.server.id, None)
