"""Which entries `logcat` shows: filter specs, patterns, start times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from harness.simphone.android.log_ring import Entry

ORDER = "VDIWEFS"
TIME_FORMATS = ("%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%m-%d %H:%M:%S")


class BadFilter(ValueError):  # noqa: N818 - named after what it says
    """A filter spec, pattern or time that logcat refuses."""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """`levels` by tag, `default` for the others; letters of `ORDER`."""

    levels: dict[str, str] = field(default_factory=dict[str, str])
    default: str = "V"
    pattern: re.Pattern[str] | None = None
    pid: int | None = None
    uids: frozenset[int] = frozenset()  # none: all

    def passes(self, entry: Entry) -> bool:
        level = self.levels.get(entry.tag, self.default)
        if level == "S" or ORDER.index(entry.priority) < ORDER.index(level):
            return False
        if self.uids and entry.uid not in self.uids:
            return False
        if self.pid is not None and entry.pid != self.pid:
            return False
        return self.pattern is None or self.pattern.search(entry.text) is not None


def parse_filter(
    specs: Sequence[str],
    *,
    silent: bool,
    pattern: str | None,
    pid: str | None,
    uids: str | None = None,
) -> LogFilter:
    """`ActivityManager:I *:S` …; raises BadFilter."""
    levels: dict[str, str] = {}
    default = "S" if silent else "V"
    for spec in (part for text in specs for part in text.split()):
        tag, colon, level = spec.rpartition(":")
        if not colon:
            tag, level = spec, "V"
        level = level.upper().replace("*", "V") or "V"
        if level not in ORDER:
            raise BadFilter(f"Invalid filter expression '{spec}'")
        if tag == "*":
            default = level
        else:
            levels[tag] = level
    try:
        compiled = re.compile(pattern) if pattern else None
    except re.error as error:
        raise BadFilter(f"Invalid regular expression '{pattern}': {error}") from None
    if pid is not None and not pid.isdigit():
        raise BadFilter(f"--pid={pid} is not a number")
    numbers = [part for part in (uids or "").split(",") if part]
    if not all(part.isdigit() for part in numbers):
        raise BadFilter(f"invalid UID '{uids}'")
    return LogFilter(
        levels, default, compiled, int(pid) if pid else None, frozenset(map(int, numbers))
    )


def parse_start(text: str, now: float, zone: tzinfo) -> int | float:
    """The value of `-t`/`-T`: a count (int), or a time as seconds since the epoch (float)."""
    if text.isdigit():
        return int(text)
    if re.fullmatch(r"\d+\.\d+", text):
        return float(text)
    year = datetime.fromtimestamp(now, zone).year
    for form in TIME_FORMATS:
        given, wanted = (text, form) if "%Y" in form else (f"{year}-{text}", f"%Y-{form}")
        try:
            return datetime.strptime(given, wanted).replace(tzinfo=zone).timestamp()
        except ValueError:
            continue
    raise BadFilter(f"'{text}' is not in time format")
