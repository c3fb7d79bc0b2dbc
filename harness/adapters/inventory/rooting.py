"""adb as root for the time of one look, and as it was before afterwards."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

from harness.adapters.adb.device import AdbDevice
from harness.ports import InstrumentError

SECONDS = 15.0
_POLL = 0.1


@contextmanager
def as_root(device: AdbDevice, *, allowed: bool) -> Generator[bool]:
    """Gives whether adb is root inside. Restarting adbd ends `adb reverse` tunnels.

    `allowed` False, and builds without root, change nothing. Raises InstrumentError.
    """
    if device.is_root() or not allowed:
        yield device.is_root()
        return
    rooted = device.root()
    try:
        yield rooted
    finally:
        if rooted:
            unroot(device)


def unroot(device: AdbDevice, *, timeout: float = SECONDS) -> None:
    """adbd as the shell's user again; checked by `id -u`."""
    deadline = time.monotonic() + timeout
    device.link.device_service(device.serial, "unroot:", timeout=timeout)
    while time.monotonic() < deadline:
        time.sleep(_POLL)
        try:
            if not device.is_root():
                return
        except InstrumentError:
            continue  # adbd is starting again
    raise InstrumentError(
        "adb",
        f"unroot {device.name} ({device.serial})",
        f"adb is still root after {timeout:.0f} s",
        advice=f"Run: adb -s {device.serial} unroot",
    )
