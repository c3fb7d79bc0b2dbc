"""The keeper's script in the simulated phone's shell, with a recorder that only takes signals."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harness.adapters.adb.film import FOLDER, script
from harness.simphone.contracts import Invocation
from harness.simphone.sh.signals import HUP, INT
from harness.simphone.sh.streams import MemorySink
from tests.simphone.sh.bench import Bench


class Typed:
    """Stdin that a test types into; closing it is the end of the stream."""

    def __init__(self) -> None:
        self._parts: asyncio.Queue[bytes] = asyncio.Queue()
        self._rest = b""
        self._over = False

    def type(self, data: bytes) -> None:
        self._parts.put_nowait(data)

    async def read(self, size: int = -1) -> bytes:
        if not self._rest and not self._over:
            self._rest = await self._parts.get()
            self._over = self._rest == b""
        end = len(self._rest) if size < 0 else size
        part, self._rest = self._rest[:end], self._rest[end:]
        return part


class Recording:
    """One run of the script."""

    def __init__(self, bench: Bench) -> None:
        self.stdin, self.out = Typed(), MemorySink()
        shell = bench.phone.shell
        self.over = asyncio.ensure_future(
            shell.run(script(), stdin=self.stdin, stdout=self.out, stderr=MemorySink())
        )

    async def said(self, word: str) -> str:
        for _ in range(200):
            lines = bytes(self.out.data).decode().splitlines()
            if found := [line for line in lines if line.startswith(word)]:
                return found[0].removeprefix(word).strip()
            await asyncio.sleep(0.01)
        raise AssertionError(f"no {word!r} in {bytes(self.out.data)!r}")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(tmp_path)

    async def screenrecord(invocation: Invocation) -> int:
        stop = asyncio.Event()
        made.phone.shell.catch(invocation.pid, (INT, HUP), lambda _signal: stop.set())
        path = invocation.argv[-1]
        made.fs.write(path, b"begun", uid=invocation.uid)
        await stop.wait()
        made.fs.write(path, b"moov", uid=invocation.uid)
        return 0

    made.phone.shell.register({"screenrecord": screenrecord})
    return made


def left(bench: Bench) -> list[str]:
    return [p.name for p in bench.phone.processes.all() if p.name in {"sh", "screenrecord"}]


def test_a_word_ends_it_and_the_end_of_the_stream_removes_it(bench: Bench) -> None:
    async def scene() -> None:
        recording = Recording(bench)
        folder = f"{FOLDER}/{await recording.said('begun')}"
        await asyncio.sleep(0.2)
        assert "screenrecord" in left(bench)
        recording.stdin.type(b"stop\n")
        await recording.said("over")
        assert bench.fs.read(f"{folder}/1.mp4") == b"moov"
        recording.stdin.type(b"")
        assert await asyncio.wait_for(recording.over, 5) in (0, 1)
        assert left(bench) == []
        assert not bench.fs.access(FOLDER, 4)

    bench.live(scene)


def test_a_harness_that_is_gone_leaves_nothing(bench: Bench) -> None:
    async def scene() -> None:
        recording = Recording(bench)
        await recording.said("begun")
        recording.stdin.type(b"")
        await asyncio.wait_for(recording.over, 5)
        assert left(bench) == []
        assert not bench.fs.access(FOLDER, 4)

    bench.live(scene)


def test_one_that_ends_late_takes_nothing_of_the_next_away(bench: Bench) -> None:
    async def scene() -> None:
        first = Recording(bench)
        await first.said("begun")
        await asyncio.sleep(0.2)
        second = Recording(bench)
        folder = f"{FOLDER}/{await second.said('begun')}"
        await asyncio.sleep(0.2)
        first.stdin.type(b"")
        await asyncio.wait_for(first.over, 5)
        assert bench.fs.read(f"{folder}/1.mp4") == b"begun"
        second.stdin.type(b"stop\n")
        await second.said("over")
        assert bench.fs.read(f"{folder}/1.mp4") == b"moov"
        second.stdin.type(b"")
        await asyncio.wait_for(second.over, 5)
        assert not bench.fs.access(FOLDER, 4)

    bench.live(scene)
