"""Whether an emulator is really up: Android says so long before its parts work.

Each sign is asked for in order, and asked again until it holds or the time is over, so a
boot that hangs is told with the stage that it reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from harness.adapters.adb.text.network import read_connectivity
from harness.ports import DeviceControl, InstrumentError

_POLL = 0.5  # seconds between two looks
_HOME = (
    "cmd package resolve-activity --brief -a android.intent.action.MAIN"
    " -c android.intent.category.HOME"
)
_FALLBACK = "FallbackHome"
"""Settings' stand-in for the launcher, shown until the user's storage is open."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that a phone which is up can do."""

    name: str
    holds: Callable[[DeviceControl], bool]


def _attached(phone: DeviceControl) -> bool:
    return phone.state() == "device"


def _booted(phone: DeviceControl) -> bool:
    return phone.shell("getprop sys.boot_completed").stdout.strip() == "1"


def _installs(phone: DeviceControl) -> bool:
    return phone.shell("pm path android").ok


def _home(phone: DeviceControl) -> bool:
    lines = phone.shell(_HOME).stdout.split()
    return bool(lines) and "/" in lines[-1] and _FALLBACK not in lines[-1]


def _online(phone: DeviceControl) -> bool:
    return bool(read_connectivity(phone.shell("dumpsys connectivity").stdout).network)


SIGNS = (
    Sign("adb", _attached),
    Sign("Android (sys.boot_completed)", _booted),
    Sign("the package manager", _installs),
    Sign("the launcher", _home),
    Sign("a network", _online),
)
"""From the ground up."""


def await_boot(phone: DeviceControl, seconds: float, exited: Callable[[], int | None]) -> None:
    """Returns once every sign holds. `exited`: exit code of the emulator, None while it runs.

    Raises InstrumentError("tools", "boot", …) naming the sign that is missing.
    """
    deadline = time.monotonic() + seconds
    reached: list[str] = []
    for sign in SIGNS:
        answer = "it answers, but not as a phone that is up"
        while True:
            code = exited()
            if code is not None:
                raise InstrumentError("tools", "boot", f"the emulator ended with exit code {code}")
            try:
                if sign.holds(phone):
                    break
            except InstrumentError as error:
                answer = error.detail
            if time.monotonic() >= deadline:
                raise InstrumentError("tools", "boot", _told(sign, reached, seconds, answer))
            time.sleep(_POLL)
        reached.append(sign.name)


def _told(sign: Sign, reached: list[str], seconds: float, answer: str) -> str:
    there = f"it has {', '.join(reached)}, but" if reached else "it has"
    return f"not up within {seconds:.0f} s: {there} not {sign.name} ({answer})"
