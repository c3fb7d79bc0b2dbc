"""Is the app alive, and how did its last processes end?"""

from __future__ import annotations

from dataclasses import dataclass

from harness.adapters.adb.device import quote
from harness.adapters.adb.text.exit_info import read_exit_info
from harness.adapters.adb.text.window import read_focus
from harness.domain.facts.device import AppDeath
from harness.ports import DeviceControl


@dataclass(frozen=True, slots=True)
class AppHealth:
    """`deaths` newest first; empty on phones before API 30, which keep no such list."""

    running: bool
    in_front: bool
    focus: tuple[str, str] | None  # (package, activity)
    deaths: tuple[AppDeath, ...] = ()


def read_health(phone: DeviceControl, package: str) -> AppHealth:
    """Raises InstrumentError when the phone is gone."""
    running = phone.shell(f"pidof {quote(package)}").stdout.strip() != ""
    window = phone.shell("dumpsys window displays").stdout
    focus = read_focus(window) or read_focus(phone.shell("dumpsys window").stdout)
    exits = phone.shell(f"dumpsys activity exit-info {quote(package)}")
    return AppHealth(
        running=running,
        in_front=focus is not None and focus[0] == package,
        focus=focus,
        deaths=tuple(read_exit_info(exits.stdout)) if exits.ok else (),
    )
