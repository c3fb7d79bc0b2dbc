"""Joins an adb stream and a socket of the phone until either of them ends."""

from __future__ import annotations

import asyncio
import contextlib

from harness.simphone.adbd.stream import Stream

_PIECE = 256 * 1024  # bytes read from the socket at once


async def bridge(
    stream: Stream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Carries bytes both ways; closes both sides at the end.

    Half-close is never carried, as in adb: the end of one direction ends both,
    after what was already sent that way has arrived. Cancelled, both are
    aborted.
    """
    up = asyncio.create_task(_to_host(reader, stream), name="socket to host")
    down = asyncio.create_task(_to_socket(stream, writer), name="host to socket")
    try:
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        if not down.done() and not up.result():
            await down  # the host has closed, and its last bytes are still to be delivered
    except asyncio.CancelledError:
        writer.transport.abort()
        raise
    finally:
        up.cancel()
        down.cancel()
        await asyncio.gather(up, down, return_exceptions=True)
        stream.abort()
        writer.close()


async def _to_host(reader: asyncio.StreamReader, stream: Stream) -> bool:
    """Whether the socket ended, and not the stream."""
    while data := await _read(reader):
        try:
            await stream.write(data)
        except BrokenPipeError:
            return False
    await stream.close()
    return True


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(_PIECE)
    except OSError:  # reset or timed out: its end as well
        return b""


async def _to_socket(stream: Stream, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await stream.read(_PIECE):
            writer.write(data)
            # Waiting here holds back OKAY: the host stops while the app does not read.
            await writer.drain()
