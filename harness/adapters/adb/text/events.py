"""Ends of processes in the log: am_crash, am_anr, am_proc_died, am_kill (AOSP event.logtags),
and the line of the low memory killer (AOSP system/memory/lmkd, lmkd.cpp), which kills by itself.

Fields are taken from both ends, because reason and message may hold commas
(android-storage 4.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.adapters.adb.text.logcat import LogLine

_KILLER = "lowmemorykiller"

_VICTIM = re.compile(r"Kill '(?P<name>[^']+)' \((?P<pid>\d+)\), uid \d+, oom_\w+ -?\d+")


@dataclass(frozen=True, slots=True)
class ProcessEvent:
    """`kind`: crash, anr, died, killed, started."""

    kind: str
    process: str
    pid: int
    detail: str = ""
    message: str = ""
    where: str = ""  # "File.java:12" of a crash


def read_event(line: LogLine) -> ProcessEvent | None:
    """None for other tags and for what does not have the expected fields."""
    if line.tag == _KILLER:
        return _killed_for_memory(line.text)
    if not (line.text.startswith("[") and line.text.endswith("]")):
        return None
    fields = line.text[1:-1].split(",")
    reader = _READERS.get(line.tag)
    try:
        return reader(fields) if reader is not None else None
    except (IndexError, ValueError):
        return None


def _killed_for_memory(text: str) -> ProcessEvent | None:
    found = _VICTIM.match(text)
    if found is None:
        return None
    return ProcessEvent("killed", found["name"], int(found["pid"]), f"lmk: {found[0]}")


def _crash(fields: list[str]) -> ProcessEvent:
    # user, pid, process, flags, exception, message…, file, line[, recoverable]
    tail = 3 if fields[-1].strip() in ("0", "1") and fields[-2].strip().lstrip("-").isdigit() else 2
    file, number = fields[-tail], fields[-tail + 1]
    message = ",".join(fields[5:-tail])
    return ProcessEvent("crash", fields[2], int(fields[1]), fields[4], message, f"{file}:{number}")


def _anr(fields: list[str]) -> ProcessEvent:
    return ProcessEvent("anr", fields[2], int(fields[1]), ",".join(fields[4:]))


def _died(fields: list[str]) -> ProcessEvent:
    return ProcessEvent("died", fields[2], int(fields[1]), ",".join(fields[3:]))


def _killed(fields: list[str]) -> ProcessEvent:
    reason = fields[4:-1] if len(fields) > 5 and fields[-1].strip().isdigit() else fields[4:]
    return ProcessEvent("killed", fields[2], int(fields[1]), ",".join(reason))


def _started(fields: list[str]) -> ProcessEvent:
    return ProcessEvent("started", fields[3], int(fields[1]), ",".join(fields[4:]))


_READERS = {
    "am_crash": _crash,
    "am_anr": _anr,
    "am_proc_died": _died,
    "am_kill": _killed,
    "am_proc_start": _started,
}
