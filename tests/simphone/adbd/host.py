"""A host without an adb server: packets by hand, over a real socket."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from harness.simphone.adbd import AdbDaemon
from harness.simphone.adbd.packets import VERSION, Command, Packet, PacketParser, encode
from tests.simphone.adbd.standins import Phone, parts

CONNECT = Packet(Command.CNXN, VERSION, 1024 * 1024, b"host::features=shell_v2")
TIMEOUT = 5.0


class Host:
    """Sends and receives packets; `receive` fails after TIMEOUT seconds."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._parser = PacketParser()
        self._ready: list[Packet] = []

    def send(self, command: int, arg0: int = 0, arg1: int = 0, payload: bytes = b"") -> None:
        self._writer.write(encode(Packet(command, arg0, arg1, payload)))

    async def receive(self) -> Packet:
        while not self._ready:
            async with asyncio.timeout(TIMEOUT):
                data = await self._reader.read(1 << 20)
            if not data:
                raise EOFError("the phone closed the connection")
            self._ready = self._parser.feed(data)
        return self._ready.pop(0)

    async def silent(self, seconds: float = 0.1) -> bool:
        """Whether the phone sends nothing for a while."""
        try:
            async with asyncio.timeout(seconds):
                self._ready += self._parser.feed(await self._reader.read(1 << 20))
        except TimeoutError:
            return not self._ready
        return False

    async def open(self, service: str, own_id: int = 1) -> int:
        """Opens a service, returns the phone's id, 0 when refused."""
        self.send(Command.OPEN, own_id, 0, service.encode() + b"\0")
        answer = await self.receive()
        assert answer.arg1 == own_id
        return answer.arg0 if answer.command == Command.OKAY else 0

    async def talk(self, service: str, say: bytes = b"", own_id: int = 1) -> bytes:
        """Opens, says something, gathers the answer up to CLSE."""
        phone_id = await self.open(service, own_id)
        assert phone_id, f"{service!r} refused"
        if say:
            self.send(Command.WRTE, own_id, phone_id, say)
        heard = b""
        while (packet := await self.receive()).command != Command.CLSE:
            if packet.command == Command.WRTE:
                heard += packet.payload
                self.send(Command.OKAY, own_id, phone_id)
        return heard

    def close(self) -> None:
        self._writer.close()


async def connect(daemon: AdbDaemon) -> Host:
    """A TCP connection without a greeting."""
    return Host(*await asyncio.open_connection("127.0.0.1", daemon.port))


async def until(ready: Callable[[], object]) -> None:
    """Returns when `ready()` is true; fails after TIMEOUT seconds."""
    async with asyncio.timeout(TIMEOUT):
        while True:
            if ready():
                return
            await asyncio.sleep(0.001)


@asynccontextmanager
async def connected(phone: Phone) -> AsyncGenerator[tuple[Host, AdbDaemon]]:
    """A running daemon and a host that it let in."""
    daemon = AdbDaemon(parts(phone))
    await daemon.start()
    try:
        host = await connect(daemon)
        host.send(CONNECT.command, CONNECT.arg0, CONNECT.arg1, CONNECT.payload)
        assert (await host.receive()).command == Command.CNXN
        yield host, daemon
        host.close()
    finally:
        await daemon.stop()
