"""The phone's clock and how its programs print times."""

from __future__ import annotations

import time
from datetime import UTC, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harness.simphone.contracts import Properties


class HasProperties(Protocol):
    """A phone, as far as times need one."""

    @property
    def properties(self) -> Properties: ...


class PhoneClock:
    """`contracts.Clock`: the host's time plus `offset` seconds (a fault moves it)."""

    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self._boot = time.monotonic()

    def now(self) -> float:
        return time.time() + self.offset

    def uptime(self) -> float:
        return time.monotonic() - self._boot

    @property
    def boot(self) -> float:
        """Another number after each boot."""
        return self._boot

    def restart(self) -> None:
        """The phone boots again: uptime starts at zero."""
        self._boot = time.monotonic()


def zone(phone: HasProperties) -> tzinfo:
    """The phone's time zone; UTC when the host does not know its name."""
    try:
        return ZoneInfo(phone.properties.get("persist.sys.timezone") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def local(phone: HasProperties, seconds: float) -> datetime:
    """`seconds` since the epoch as the phone's local time."""
    return datetime.fromtimestamp(seconds, zone(phone))


def stamp(phone: HasProperties, seconds: float) -> str:
    """`2026-03-02 09:14:21`, as dumpsys prints times (local, no zone)."""
    return local(phone, seconds).strftime("%Y-%m-%d %H:%M:%S")


def stamp_ms(phone: HasProperties, seconds: float) -> str:
    """`2026-03-02 09:14:21.250`."""
    moment = local(phone, seconds)
    return f"{moment:%Y-%m-%d %H:%M:%S}.{moment.microsecond // 1000:03d}"
