"""Why the app's process ended, asked of Android after a failure: the log tells it not always."""

from __future__ import annotations

from datetime import datetime, timedelta

from harness.adapters.adb.device import quote
from harness.adapters.adb.text.exit_info import read_exit_info
from harness.domain.facts.device import AppDeath
from harness.ports import DeviceControl

TELLING = frozenset({"low_memory", "init_failure", "excessive_resources", "dependency_died"})
"""What Android did and the log may not say; crashes and ANRs are in the log for sure."""

_NOW = "date '+%Y-%m-%d %H:%M:%S'"


def deaths_since(phone: DeviceControl, package: str, seconds: float) -> list[AppDeath]:
    """Ends of the app's processes in the last `seconds` for a reason of TELLING, newest first.

    Empty before API 30, which keeps no such list. Raises InstrumentError("adb", …).
    """
    shown = phone.shell(f"{_NOW}; dumpsys activity exit-info {quote(package)}")
    first, _, rest = shown.stdout.partition("\n")
    now = _moment(first)
    if now is None:
        return []
    begin = now - timedelta(seconds=seconds + 1.0)
    return [
        death
        for death in read_exit_info(rest)
        if death.reason in TELLING
        and (at := _moment(death.phone_time or "")) is not None
        and begin <= at <= now + timedelta(seconds=1)
    ]


def _moment(text: str) -> datetime | None:
    """Local time of the phone; without zone, as both sides of a comparison are."""
    try:
        return datetime.fromisoformat(text.strip()[:19])
    except ValueError:
        return None
