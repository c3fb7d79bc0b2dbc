"""The phone's local time for `ls`, `stat`, `date`."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harness.simphone.contracts import PhoneParts


def zone(phone: PhoneParts, env: dict[str, str] | None = None) -> tzinfo:
    """The time zone: `TZ`, the phone's property, its spec; UTC if unknown to the host."""
    properties = getattr(phone, "properties", None)
    set_zone = properties.get("persist.sys.timezone") if properties else ""
    name = (env or {}).get("TZ") or set_zone or phone.spec.timezone
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def local(phone: PhoneParts, seconds: float, env: dict[str, str] | None = None) -> datetime:
    """`seconds` since the epoch in the phone's zone."""
    return datetime.fromtimestamp(seconds, zone(phone, env))


def nanoseconds(phone: PhoneParts, seconds: float) -> str:
    """`2026-03-02 09:14:05.123456789 +0100`, as `stat -c %y` prints it."""
    moment = local(phone, seconds)
    fraction = round((seconds - int(seconds)) * 1_000_000_000)
    return f"{moment:%Y-%m-%d %H:%M:%S}.{fraction:09d} {moment:%z}"
