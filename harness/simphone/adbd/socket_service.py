"""`tcp:PORT` and `localabstract:NAME`: sockets of the phone, for `adb forward`."""

from __future__ import annotations

import asyncio

from harness.simphone.adbd.bridge import bridge
from harness.simphone.adbd.stream import Stream
from harness.simphone.contracts import PhoneParts

HELD_TARGETS = {"tcp:6790": 0.05}
"""Seconds to hold an OPEN that nobody listens for yet.

Appium asks the UiAutomator2 server for its status while `am instrument` is
starting it; refused at once it waits a whole second before it asks again.
Above 0.4 s another of its checks (500 ms) would time out.
"""


async def connect(phone: PhoneParts, stream: Stream, target: str) -> None:
    """Joins the stream with a socket of the phone; refuses when nobody listens."""
    found = await phone.open_local(target)
    if found is None and target in HELD_TARGETS:
        await asyncio.sleep(HELD_TARGETS[target])
        found = await phone.open_local(target)
    if found is None:
        stream.abort()
        return
    stream.accept()
    await bridge(stream, *found)
