"""How `logcat -v` prints an entry (after AOSP's logprint.c)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, tzinfo

from harness.simphone.android.log_ring import Entry

FORMATS = ("brief", "long", "process", "raw", "tag", "thread", "threadtime", "time")
MODIFIERS = (
    "color", "descriptive", "epoch", "monotonic", "printable", "uid", "usec", "UTC", "year", "zone",
)  # fmt: skip


COLOURS = {"V": 231, "D": 75, "I": 40, "W": 166, "E": 196, "F": 196}
"""Of the 256 of a terminal, by priority."""


class UnknownFormat(ValueError):  # noqa: N818 - named after what it says
    """A `-v` word that logcat does not have."""


def chosen(words: Collection[str]) -> tuple[str, frozenset[str]]:
    """The format and its modifiers from the values of `-v` (each may hold commas)."""
    form, modifiers = "threadtime", set[str]()
    for word in (part for value in words for part in value.split(",")):
        if word in FORMATS:
            form = word
        elif word in MODIFIERS:
            modifiers.add(word)
        else:
            raise UnknownFormat(word)
    return form, frozenset(modifiers)


def render(entry: Entry, form: str, modifiers: Collection[str], zone: tzinfo) -> str:
    """The entry as text with its line ends; each line of a message gets the prefix."""
    lines = entry.text.rstrip("\n").split("\n")
    if form == "long":
        head = (
            f"[ {_time(entry, modifiers, zone)} {_uid(entry, modifiers)}"
            f"{entry.pid:5d}:{entry.tid:5d} {entry.priority}/{entry.tag:<8} ]\n"
        )
        return head + "\n".join(lines) + "\n\n"
    prefix = _prefix(entry, form, modifiers, zone)
    tail = f"  ({entry.tag})" if form == "process" else ""
    if "color" in modifiers:
        prefix, tail = f"\x1b[38;5;{COLOURS[entry.priority]}m{prefix}", f"{tail}\x1b[0m"
    return "".join(f"{prefix}{line}{tail}\n" for line in lines)


def _prefix(entry: Entry, form: str, modifiers: Collection[str], zone: tzinfo) -> str:
    uid, mark = _uid(entry, modifiers), f"{entry.priority}/{entry.tag:<8}"
    match form:
        case "raw":
            return ""
        case "tag":
            return f"{mark}: "
        case "process":
            return f"{entry.priority}({uid}{entry.pid:5d}) "
        case "thread":
            return f"{entry.priority}({uid}{entry.pid:5d}:{entry.tid:5d}) "
        case "brief":
            return f"{mark}({uid}{entry.pid:5d}): "
        case "time":
            return f"{_time(entry, modifiers, zone)} {mark}({uid}{entry.pid:5d}): "
        case _:
            return (
                f"{_time(entry, modifiers, zone)} {uid.replace(':', ' ')}"
                f"{entry.pid:5d} {entry.tid:5d} {entry.priority} {entry.tag:<8}: "
            )


def _uid(entry: Entry, modifiers: Collection[str]) -> str:
    return f"{entry.uid:5d}:" if "uid" in modifiers else ""


def _time(entry: Entry, modifiers: Collection[str], zone: tzinfo) -> str:
    digits = 6 if "usec" in modifiers else 3
    if "monotonic" in modifiers:
        return f"{entry.uptime:{7 + digits}.{digits}f}"
    if "epoch" in modifiers:
        return f"{entry.time:{20 + digits}.{digits}f}"
    moment = datetime.fromtimestamp(entry.time, UTC if "UTC" in modifiers else zone)
    day = moment.strftime("%Y-%m-%d" if "year" in modifiers else "%m-%d")
    text = f"{day} {moment:%H:%M:%S}.{moment.microsecond:06d}"[: None if digits == 6 else -3]
    return f"{text} {moment:%z}" if "zone" in modifiers else text
