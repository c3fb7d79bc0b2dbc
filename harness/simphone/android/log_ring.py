"""The log daemon: one ring per buffer, and whoever follows them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from harness.simphone.contracts import SYSTEM_UID, Clock

BUFFERS = ("main", "system", "crash", "events", "radio")
DEFAULT_BUFFERS = ("main", "system", "crash")
CAPACITY = 8000
"""Entries kept for each buffer; the oldest go first."""
DEFAULT_SIZE, SMALLEST, LARGEST = 256 << 10, 64 << 10, 256 << 20
"""Bytes of a ring; the limits are logd's."""
HEARTBEAT_SECONDS = 1.0
HEARTBEAT_TAG = "SimHeartbeat"


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry; `text` may have several lines."""

    number: int
    time: float  # seconds since the epoch by the phone's clock
    uptime: float
    pid: int
    tid: int
    uid: int
    priority: str  # one letter: V D I W E F
    tag: str
    text: str
    buffer: str


class LogBuffers:
    """`contracts.Log`, and what `logcat` reads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rings = {name: deque[Entry](maxlen=CAPACITY) for name in BUFFERS}
        self.sizes: dict[str, int] = dict.fromkeys(BUFFERS, DEFAULT_SIZE)
        """Bytes that `logcat -g` tells and `-G` sets."""
        self._number = 0
        self._followers: set[asyncio.Event] = set()
        self._written = time.monotonic()

    def write(
        self,
        tag: str,
        text: str,
        *,
        priority: str = "I",
        pid: int = 0,
        tid: int | None = None,
        uid: int = SYSTEM_UID,
        buffer: str = "main",
    ) -> None:
        self._number += 1
        self._written = time.monotonic()
        entry = Entry(
            number=self._number,
            time=self._clock.now(),
            uptime=self._clock.uptime(),
            pid=pid,
            tid=pid if tid is None else tid,
            uid=uid,
            priority=priority,
            tag=tag,
            text=text,
            buffer=buffer,
        )
        self._rings[buffer].append(entry)
        for follower in self._followers:
            follower.set()

    def entries(self, buffers: Collection[str] = DEFAULT_BUFFERS, after: int = 0) -> list[Entry]:
        """Entries of `buffers` with a number above `after`, oldest first."""
        found = [e for name in buffers for e in self._tail(name, after)]
        return sorted(found, key=lambda entry: entry.number)

    def clear(self, buffers: Collection[str] = DEFAULT_BUFFERS) -> None:
        for name in buffers:
            self._rings[name].clear()

    def used(self, buffer: str) -> int:
        """Bytes that the entries of a buffer take."""
        return sum(len(e.text) + len(e.tag) + 22 for e in self._rings[buffer])

    @property
    def last(self) -> int:
        """Number of the newest entry."""
        return self._number

    def follower(self) -> Follower:
        """Waits for news; use it as a context."""
        return Follower(self._followers, self._heartbeat)

    def _tail(self, name: str, after: int) -> Iterator[Entry]:
        for entry in reversed(self._rings[name]):
            if entry.number <= after:
                return
            yield entry

    def _heartbeat(self) -> None:
        """A line when the phone has been silent: some clients wait for the next line to stop."""
        if time.monotonic() - self._written >= HEARTBEAT_SECONDS * 0.9:
            self.write(HEARTBEAT_TAG, f"up {self._clock.uptime():.0f} s", priority="D")


class Follower:
    """One reader that waits for entries; gives a heartbeat line while it does."""

    def __init__(self, followers: set[asyncio.Event], heartbeat: Callable[[], None]) -> None:
        self._followers = followers
        self._heartbeat = heartbeat
        self._news = asyncio.Event()

    def __enter__(self) -> Follower:
        self._followers.add(self._news)
        return self

    def __exit__(self, *_: object) -> None:
        self._followers.discard(self._news)

    async def wait(self) -> None:
        """Returns when something was written, after a second at the latest."""
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                await self._news.wait()
        except TimeoutError:
            self._heartbeat()
        self._news.clear()
