"""A person deletes the app and gets it again from the store; we wait and look."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from harness.adapters.adb.device import quote
from harness.ports import DeviceControl, InstrumentError

PATIENCE = 900.0
"""Seconds for each half."""
_POLL = 2.0


def await_reinstall(
    device: DeviceControl,
    package: str,
    *,
    user: int = 0,
    patience: float = PATIENCE,
    tell: Callable[[str], None] | None = None,
) -> None:
    """Returns once the app was gone and is there again. Raises InstrumentError after
    `patience` seconds of either."""
    say = tell or _to_the_terminal
    say(f"{device.name}: please delete {package} now, as you would: long press, Uninstall.")
    _await(device, package, user, there=False, patience=patience)
    say(f"{device.name}: it is gone. Please install it again from the store, and do not open it.")
    _await(device, package, user, there=True, patience=patience)
    say(f"{device.name}: it is there again, thank you.")


def _await(device: DeviceControl, package: str, user: int, *, there: bool, patience: float) -> None:
    deadline = time.monotonic() + patience
    while bool(device.shell(f"pm path --user {user} {quote(package)}").stdout.strip()) is not there:
        if time.monotonic() > deadline:
            raise InstrumentError(
                "adb",
                f"wait for a person to {'install' if there else 'delete'} {package} on"
                f" {device.name}",
                f"not done within {patience:.0f} s",
                advice="Run harness reset when the app is to be brought back.",
            )
        time.sleep(min(_POLL, patience / 10))


def _to_the_terminal(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
