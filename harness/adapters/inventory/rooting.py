"""adb as root for the time of one look, and as it was before afterwards."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager

from harness.adapters.adb.device import AdbDevice
from harness.adapters.inventory.root_journal import RootJournal
from harness.ports import InstrumentError

SECONDS = 15.0
_POLL = 0.1


@contextmanager
def as_root(device: AdbDevice, *, allowed: bool, ends: bool = False) -> Generator[bool]:
    """Gives whether adb is root inside. Restarting adbd ends `adb reverse` tunnels.

    `allowed` False, and builds without root, change nothing. It is noted before, so that
    `mend_root` can take it back when we are killed; `ends`: the phone was started by us and
    ends with us, so there is nothing to take back. Raises InstrumentError.
    """
    journal = RootJournal(device.serial)
    if not journal.left_open() and (device.is_root() or not allowed):
        yield device.is_root()
        return
    if not ends:
        journal.open()
    rooted = device.is_root() or (allowed and device.root())
    try:
        yield rooted
    finally:
        if rooted:
            unroot(device)
        journal.close()


def mend_root(device: AdbDevice) -> list[str]:
    """Takes root back where a look that was killed left it. What was done, as sentences.

    Raises InstrumentError; the note then stays.
    """
    journal = RootJournal(device.serial)
    if not journal.left_open():
        return []
    was = device.is_root()
    if was:
        unroot(device)
    journal.close()
    return ["adb is no longer root, as before the look that was interrupted"] if was else []


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
