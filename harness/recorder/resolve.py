"""Sends chosen hosts to chosen addresses, as curl's --resolve does.

The loop's name look-up is answered from the map, so everything else (the host that is
reported, SNI, certificate checks, connection reuse) goes on with the name. Only for a
host that is an IP address, which is never looked up, is the connection itself led elsewhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from harness.adapters.proxy.canary_host import CANARY_ADDRESS
from harness.domain.resolve import ResolveMap
from harness.recorder.canary_origin import CanaryOrigin
from harness.recorder.name_book import NameBook
from harness.recorder.named_host import is_address

LookUp = Callable[..., Coroutine[Any, Any, list[Any]]]
Connect = Callable[..., Coroutine[Any, Any, Any]]


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


def led(resolve: ResolveMap, book: NameBook, canary: CanaryOrigin, original: Connect) -> Connect:
    """`loop.create_connection` with the map in front of it for hosts that are addresses.

    Only where the bytes go is changed: mitmproxy still knows the address that was asked for.
    """

    async def create_connection(
        factory: Any,  # noqa: ANN401 - as asyncio has it
        host: Any = None,  # noqa: ANN401
        port: Any = None,  # noqa: ANN401
        **hints: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        target = None
        if host == CANARY_ADDRESS:
            target = canary.address()
        elif isinstance(host, str) and isinstance(port, int) and is_address(host):
            target = resolve.lookup(host, port) or resolve.lookup(book.name_of(host), port)
        host, port = target or (host, port)
        return await original(factory, host, port, **hints)

    return create_connection


class Resolve:
    """Installed in `running`, when the loop exists."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
        self._canary = CanaryOrigin()

    def use(self, resolve: ResolveMap) -> None:
        """Call within the running loop."""
        loop: Any = asyncio.get_running_loop()
        if resolve.rules:
            loop.getaddrinfo = mapped(resolve, loop.getaddrinfo)
        loop.create_connection = led(resolve, self._book, self._canary, loop.create_connection)

    def done(self) -> None:
        self._canary.close()
