"""Which service an OPEN asks for."""

from __future__ import annotations

import contextlib

from harness.simphone.adbd import (
    framebuffer_service,
    power_service,
    shell_service,
    socket_service,
    sync_service,
)
from harness.simphone.adbd.power_service import Restart
from harness.simphone.adbd.reverse_service import ReverseTable
from harness.simphone.adbd.stream import Stream
from harness.simphone.contracts import PhoneParts

_SOCKETS = frozenset(
    {"tcp", "local", "localabstract", "localreserved", "localfilesystem", "localnamespace"}
)


async def serve(
    phone: PhoneParts, restart: Restart, table: ReverseTable, stream: Stream, service: str
) -> None:
    """Serves one stream to its end; what the phone does not offer is refused.

    Refused with CLSE are also `jdwp:`, `track-jdwp`, `track-app` and `backup:`;
    the host's tools cope with that.
    """
    try:
        # The host may close at any time: that ends the service, nothing is wrong.
        with contextlib.suppress(BrokenPipeError):
            await _dispatch(phone, restart, table, stream, service)
    finally:
        stream.abort()


async def _dispatch(
    phone: PhoneParts, restart: Restart, table: ReverseTable, stream: Stream, service: str
) -> None:
    name = service.partition(":")[0].partition(",")[0]
    if not restart.in_android and name != "reboot":
        stream.abort()  # a release build's recovery serves nothing else that we have
        return
    match name:
        case "shell":
            await shell_service.shell(phone, stream, service)
        case "exec":
            await shell_service.execute(phone, stream, service)
        case "abb" | "abb_exec":
            await shell_service.binder_command(phone, stream, service)
        case "sync":
            await sync_service.sync(phone, stream)
        case "framebuffer":
            await framebuffer_service.framebuffer(phone, stream)
        case "reverse":
            await table.serve(stream, service)
        case _ if name in power_service.NAMES:
            await power_service.power(phone, restart, stream, service)
        case _ if name in _SOCKETS:
            await socket_service.connect(phone, stream, service)
        case _:
            stream.abort()
