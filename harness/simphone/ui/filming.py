"""The screen as a film, for whatever records it: pictures when it changes, H.264 in MP4.

How often it looks (a phone: 60 times a second) is this phone's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from PIL import Image

from harness.simphone.contracts import Display
from harness.simphone.media.avc_encoder import BLOCK_BYTES, AvcEncoder, Coded
from harness.simphone.media.avc_file import unfinished, write_avc

LOOKS = 4.0
"""A second."""
SYNC_SECONDS = 10.0


@dataclass(slots=True)
class _Film:
    """What was recorded so far. Times in seconds of the event loop."""

    encoder: AvcEncoder
    rate: int  # bits a second
    begun: float
    pictures: list[tuple[Coded, float]] = field(default_factory=list[tuple[Coded, float]])
    synced: float = 0.0
    _spent: int = 0  # bytes

    def add(self, image: Image.Image, now: float) -> bool:
        """Adds a picture where the bit rate has room for it; the first always."""
        cost = self.encoder.changed(image) * BLOCK_BYTES
        room = (now - self.begun) * self.rate / 8 - self._spent
        if self.pictures and cost > max(room, 0):
            return False
        sync = not self.pictures or now - self.synced >= SYNC_SECONDS
        coded = self.encoder.code(image, sync=sync)
        self.synced = now if sync else self.synced
        self._spent += len(coded.data) if self.pictures else 0
        self.pictures.append((coded, now))
        return True

    def file(self, end: float) -> bytes:
        """With its index, each picture shown until the next."""
        times = [at for _, at in self.pictures] + [end]
        shown = (max(round((after - at) * 1000), 1) for at, after in pairwise(times))
        coded = (coded for coded, _ in self.pictures)
        return write_avc(self.encoder, list(zip(coded, shown, strict=True)))


async def filmed(
    display: Display,
    size: tuple[int, int],
    rate: int,
    seconds: float,
    stop: asyncio.Event,
    broken_off: Callable[[bytes], None] | None = None,
) -> bytes:
    """The file, once `stop` is set or `seconds` are over; `rate` in bits a second.

    When it is cancelled, `broken_off` gets what a recorder that is killed leaves.
    """
    loop = asyncio.get_running_loop()
    film = _Film(AvcEncoder(*size), rate, loop.time())
    seen: int | None = None
    try:
        while not stop.is_set() and loop.time() - film.begun < seconds:
            shown = display.frame(seen)
            if shown is not None and film.add(fitted(shown[1], size), loop.time()):
                seen = shown[0]
            await _pause(stop, min(1 / LOOKS, film.begun + seconds - loop.time()))
    except asyncio.CancelledError:
        if broken_off is not None:
            broken_off(unfinished([coded for coded, _ in film.pictures]))
        raise
    return film.file(loop.time())


def fitted(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The screen within the film's size, its shape kept, black beside it."""
    if image.size == size:
        return image
    scale = min(size[0] / image.width, size[1] / image.height)
    inner = (max(int(image.width * scale), 1), max(int(image.height * scale), 1))
    small = image.resize(inner, Image.Resampling.BILINEAR, reducing_gap=2.0)
    if inner == size:
        return small
    framed = Image.new("RGB", size)
    framed.paste(small, ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2))
    return framed


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    if seconds <= 0:
        return
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
