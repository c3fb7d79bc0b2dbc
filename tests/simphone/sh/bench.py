"""A phone of stand-ins around the real storage, shell and programs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from harness.simphone.contracts import PhoneParts, PhoneSpec, Process
from harness.simphone.sh import PhoneShell
from harness.simphone.sh.streams import BytesSource, MemorySink
from harness.simphone.storage import PhoneFileSystem, register_proc
from harness.simphone.toybox import COMMANDS

NOW = 1_767_225_600.5  # 2026-01-01 00:00:00.5 UTC
GIVE_UP = 20  # seconds a test script may take


class StandingClock:
    """A clock that only tests move: `offset` is added to a fixed time."""

    boot = 0.0

    def __init__(self, start: float = NOW) -> None:
        self.start = start
        self.offset = 0.0

    def now(self) -> float:
        return self.start + self.offset

    def uptime(self) -> float:
        return 100.0 + self.offset


class WallClock(StandingClock):
    """Runs, for scripts that measure time."""

    def now(self) -> float:
        return time.time() + self.offset


class ListedProcesses:
    """`contracts.Processes` without Android."""

    def __init__(self) -> None:
        first = (
            Process(1, 0, "init", NOW),
            Process(400, 0, "zygote64", NOW),
            Process(500, 10142, "com.example.app", NOW, "com.example.app", 400),
        )
        self.live = {p.pid: p for p in first}
        self.ended: list[tuple[str, str]] = []
        self._next = 1000
        self._listeners: list[Callable[[Process, str], None]] = []

    def start(self, name: str, *, uid: int, package: str | None = None) -> Process:
        self._next += 1
        process = Process(self._next, uid, name, NOW, package)
        self.live[process.pid] = process
        return process

    def all(self) -> list[Process]:
        return list(self.live.values())

    def kill(self, pid: int, *, reason: str = "signaled", signal: int = 9) -> bool:
        process = self.live.pop(pid, None)
        if process is None:
            return False
        self.ended.append((process.name, reason))
        for listener in self._listeners:
            listener(process, reason)
        return True

    def on_exit(self, listener: Callable[[Process, str], None]) -> None:
        self._listeners.append(listener)


class OneHostNetwork:
    """Only `host.test` port 80 exists; it sends back what it gets, once."""

    def __init__(self) -> None:
        self.up = True

    def online(self) -> bool:
        return self.up

    async def connect(
        self, host: str, port: int, *, uid: int = 1000
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        del uid
        if (host, port) != ("host.test", 80):
            raise ConnectionRefusedError(111, "Connection refused")

        async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(await reader.read(100))
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        return await asyncio.open_connection(*server.sockets[0].getsockname()[:2])


class NoProperties:
    def get(self, key: str) -> str:
        del key
        return ""


@dataclass
class StandInPhone:
    fs: PhoneFileSystem
    clock: StandingClock
    spec: PhoneSpec = field(default_factory=lambda: PhoneSpec("bench", timezone="UTC"))
    processes: ListedProcesses = field(default_factory=ListedProcesses)
    network: OneHostNetwork = field(default_factory=OneHostNetwork)
    properties: NoProperties = field(default_factory=NoProperties)
    shell: PhoneShell = field(init=False)

    def parts(self) -> PhoneParts:
        return cast("PhoneParts", self)


@dataclass(frozen=True)
class Result:
    out: str
    err: str
    rc: int
    seconds: float


class Bench:
    """Runs scripts on a fresh phone; `run` is for one script, `live` for several in one loop."""

    def __init__(self, folder: Path, clock: StandingClock | None = None) -> None:
        clock = clock or StandingClock()
        self.fs = PhoneFileSystem(folder, clock)
        self.phone = StandInPhone(self.fs, clock)
        register_proc(self.fs, cast("Any", self.phone))
        self.phone.shell = PhoneShell(self.phone.parts())
        self.phone.shell.register(COMMANDS)

    def run(self, script: str, *, uid: int = 2000, stdin: bytes = b"") -> Result:
        async def once() -> Result:
            result = await self.script(script, uid=uid, stdin=stdin)
            await self.phone.shell.end_all()
            return result

        return asyncio.run(once())

    def live(self, scene: Callable[[], Awaitable[None]]) -> None:
        """Runs a scene of several scripts, then ends what is left of it."""

        async def play() -> None:
            try:
                await asyncio.wait_for(scene(), GIVE_UP)
            finally:
                await self.phone.shell.end_all()

        asyncio.run(play())

    async def script(self, script: str, *, uid: int = 2000, stdin: bytes = b"") -> Result:
        out, err = MemorySink(), MemorySink()
        started = time.monotonic()
        rc = await asyncio.wait_for(
            self.phone.shell.run(script, stdin=BytesSource(stdin), stdout=out, stderr=err, uid=uid),
            GIVE_UP,
        )
        seconds = time.monotonic() - started
        return Result(bytes(out.data).decode(), bytes(err.data).decode(), rc, seconds)
