"""Streams for tests of shell programs."""

from __future__ import annotations

from harness.simphone.phone import Phone


class Written:
    """A sink that keeps all."""

    def __init__(self) -> None:
        self.data = b""

    async def write(self, data: bytes) -> None:
        self.data += data


class Nothing:
    """An empty source."""

    async def read(self, size: int = -1) -> bytes:
        return b""


async def shell(phone: Phone, script: str, uid: int = 2000) -> tuple[int, str, str]:
    """Runs a script: exit code, output, errors."""
    out, err = Written(), Written()
    code = await phone.shell.run(script, stdin=Nothing(), stdout=out, stderr=err, uid=uid)
    return code, out.data.decode(), err.data.decode()
