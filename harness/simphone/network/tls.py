"""TLS of the phone's apps over a plain connection.

asyncio's own TLS leaves the alert unsent when it refuses a certificate (its
`do_handshake` does not flush after an error). Real apps send it, and it is
what a proxy on the way can see; hence this small engine of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl

CHUNK = 64 * 1024


class TlsPipe:
    """A TLS client over a reader and a writer; call `handshake` first."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        context: ssl.SSLContext,
        host: str,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)

    async def handshake(self) -> None:
        """Raises ssl.SSLError (after the alert went out) or OSError."""
        while True:
            try:
                self.tls.do_handshake()
            except ssl.SSLWantReadError:
                await self._flush()
                if not await self._fill():
                    raise ConnectionResetError(104, "closed inside the handshake") from None
            except ssl.SSLError:
                await self._flush()
                self._writer.close()
                raise
            else:
                await self._flush()
                return

    async def read(self, size: int) -> bytes:
        """Up to `size` bytes; b"" at the end. Raises OSError or ssl.SSLError."""
        while True:
            try:
                return self.tls.read(size)
            except ssl.SSLWantReadError:
                await self._flush()
                if not await self._fill():
                    return b""
            except ssl.SSLZeroReturnError:
                return b""

    async def write(self, data: bytes) -> None:
        """Raises OSError."""
        self.tls.write(data)
        await self._flush()

    def close(self) -> None:
        """close_notify and FIN; does not wait for the other side's."""
        with contextlib.suppress(ssl.SSLError):  # the other's close_notify is not waited for
            self.tls.unwrap()
        self._writer.write(self._outgoing.read())
        self._writer.close()

    def abort(self) -> None:
        """Ends without a word."""
        self._writer.transport.abort()

    @property
    def ended(self) -> bool:
        """Whether the other side has closed."""
        return self._reader.at_eof()

    def leaf(self) -> bytes:
        """The other side's certificate (DER)."""
        return self.tls.getpeercert(binary_form=True) or b""

    async def _flush(self) -> None:
        data = self._outgoing.read()
        if data:
            self._writer.write(data)
            await self._writer.drain()

    async def _fill(self) -> bool:
        data = await self._reader.read(CHUNK)
        if not data:
            self._incoming.write_eof()
            return False
        self._incoming.write(data)
        return True
