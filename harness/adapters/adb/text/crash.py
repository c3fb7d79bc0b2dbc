"""Blocks of lines that tell of a crash, a native crash or an ANR, put together again.

Two blocks can interleave, so lines are grouped by pid and tid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.adapters.adb.text.logcat import LogLine
from harness.domain.facts.device import AppCrash, AppNotResponding

MAX_FRAMES = 20

_PROCESS = re.compile(r"^Process: (\S+?), PID: (\d+)")
_FRAME = re.compile(r"^\s*at (.+)$")
_NATIVE_PROCESS = re.compile(r"pid: (\d+), tid: (\d+).*>>> (\S+) <<<")
_SIGNAL = re.compile(r"^signal \d+ \((\w+)\).*")
_BACKTRACE = re.compile(r"^\s*#\d\d\s+pc\s+[0-9a-f]+\s+(.+)$")
_ANR = re.compile(r"^ANR (?:in (\S+)|\(application not responding\) in process: (\S+))")


@dataclass(slots=True)
class _Block:
    kind: str  # java, native, anr
    first: LogLine
    lines: list[str] = field(default_factory=list[str])


class CrashBlocks:
    """Feed it lines in order; it gives a fact when a block is complete."""

    def __init__(self) -> None:
        self._open: dict[tuple[int, int, str], _Block] = {}

    def feed(self, line: LogLine) -> Iterator[AppCrash | AppNotResponding]:
        """What this line completes: a block ends when its thread logs something else."""
        key = (line.pid, line.tid, line.tag)
        started = _starts(line)
        block = self._open.get(key)
        if block is not None and (started or len(block.lines) > 200):
            yield from self._close(key)
            block = None
        if started is not None:
            self._open[key] = _Block(started, line, [line.text])
        elif block is not None:
            block.lines.append(line.text)

    def flush(self) -> Iterator[AppCrash | AppNotResponding]:
        """Ends what is still open, e.g. after a second without a line."""
        for key in list(self._open):
            yield from self._close(key)

    def _close(self, key: tuple[int, int, str]) -> Iterator[AppCrash | AppNotResponding]:
        block = self._open.pop(key)
        fact = {"java": _java, "native": _native, "anr": _anr}[block.kind](block)
        if fact is not None:
            yield fact


def _starts(line: LogLine) -> str | None:
    if line.tag == "AndroidRuntime" and line.text.startswith("FATAL EXCEPTION"):
        return "java"
    if line.tag == "DEBUG" and line.text.startswith("*** ***"):
        return "native"
    if line.tag == "ActivityManager" and _ANR.match(line.text):
        return "anr"
    return None


def _java(block: _Block) -> AppCrash:
    process, exception, message = "", "", ""
    frames: list[str] = []
    for text in block.lines[1:]:
        found = _PROCESS.match(text)
        frame = _FRAME.match(text)
        if found:
            process = found[1]
        elif frame:
            frames.append(frame[1])
        elif not exception:
            exception, _, message = text.partition(": ")
    return AppCrash(
        process=process,
        exception=exception.strip(),
        message=message.strip(),
        frames=tuple(frames[:MAX_FRAMES]),
        phone_time=block.first.time,
    )


def _native(block: _Block) -> AppCrash | None:
    process, signal = "", ""
    frames: list[str] = []
    for text in block.lines:
        found, sign, frame = (
            _NATIVE_PROCESS.search(text),
            _SIGNAL.match(text),
            _BACKTRACE.match(text),
        )
        if found:
            process = found[3]
        elif sign:
            signal = sign[0]
        elif frame:
            frames.append(frame[1])
    if not process:
        return None
    return AppCrash(
        process=process,
        exception=signal or "native crash",
        frames=tuple(frames[:MAX_FRAMES]),
        native=True,
        phone_time=block.first.time,
    )


def _anr(block: _Block) -> AppNotResponding:
    found = _ANR.match(block.lines[0])
    process = (found[1] or found[2]) if found else ""
    reasons = (text.removeprefix("Reason: ") for text in block.lines if text.startswith("Reason: "))
    return AppNotResponding(process, next(reasons, ""), block.first.time)
