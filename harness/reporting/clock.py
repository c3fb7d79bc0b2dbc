"""Moments for people, on the clock of the phone in their hand."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone(name: str | None) -> tzinfo:
    """The phone's time zone, e.g. "Europe/Berlin"; UTC for one that is not known here."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def place(name: str | None) -> str:
    """ "Berlin time", "UTC"."""
    if zone(name) is UTC or not name:
        return "UTC"
    return f"{name.rpartition('/')[2].replace('_', ' ')} time"


def at(iso: str | None, name: str | None = None) -> str:
    """ "15:28 on 24 November (Berlin time)"; what is no ISO time, as it is."""
    if not iso:
        return ""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    local = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(zone(name))
    return f"{local:%H:%M} on {local.day} {local:%B} ({place(name)})"
