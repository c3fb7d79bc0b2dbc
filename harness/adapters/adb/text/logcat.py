"""One logcat line, in any threadtime variant: with year, zone and a uid column or without."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(
    r"^(?P<time>(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d+(?: [+-]\d{4})?)"
    r"\s+(?:(?P<uid>[A-Za-z_]\w*|\d+)\s+)?(?P<pid>\d+)\s+(?P<tid>\d+)"
    r"\s+(?P<priority>[VDIWEFA])\s+(?P<tag>.*?)\s*: (?P<text>.*)$"
)


@dataclass(frozen=True, slots=True)
class LogLine:
    """`time` is the phone's own, as printed."""

    time: str
    pid: int
    tid: int
    priority: str
    tag: str
    text: str
    uid: str | None = None


def read_log_line(text: str) -> LogLine | None:
    """None for separators (`--------- beginning of main`) and garbage."""
    found = _LINE.match(text) or _LINE.match(f"{text} ")
    if found is None:
        return None
    return LogLine(
        time=found["time"],
        pid=int(found["pid"]),
        tid=int(found["tid"]),
        priority=found["priority"],
        tag=found["tag"].strip(),
        text=found["text"],
        uid=found["uid"],
    )
