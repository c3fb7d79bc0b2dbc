"""Follows one app through the log: starts, crashes, ANRs, deaths, telling lines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from harness.adapters.adb.text.crash import CrashBlocks
from harness.adapters.adb.text.events import ProcessEvent, read_event
from harness.adapters.adb.text.logcat import LogLine
from harness.adapters.adb.text.telling import telling
from harness.domain.facts.device import AppCrash, AppDeath, AppNotResponding, LogEntry

LifeFact = AppCrash | AppNotResponding | AppDeath | LogEntry

MAX_TELLING = 200
"""Telling lines kept per app and run; an app that retries logs the same for ever."""


def _same(text: str) -> str:
    return text


class AppLife:
    """Feed it every log line; it gives the facts about the app and its processes."""

    def __init__(self, package: str, *, clean: Callable[[str], str] = _same) -> None:
        """`clean` takes secrets out of a text before it becomes a fact."""
        self._package = package
        self._clean = clean
        self._blocks = CrashBlocks()
        self._pids: set[int] = set()
        self._reasons: dict[int, str] = {}  # why the process of this pid is about to end
        self._dead: set[int] = set()
        self._told = 0

    def know_pid(self, pid: int) -> None:
        """A process of the app that ran before we looked."""
        self._pids.add(pid)

    def feed(self, line: LogLine) -> Iterator[LifeFact]:
        """What this line, or the block that it ends, says."""
        for fact in self._blocks.feed(line):
            yield from self._of_block(fact)
        event = read_event(line)
        if event is not None:
            yield from self._of_event(event, line)
        elif line.pid in self._pids and self._told < MAX_TELLING:
            entry = telling(line, self._clean(line.text))
            if entry is not None:
                self._told += 1
                yield entry

    def flush(self) -> Iterator[LifeFact]:
        """Blocks that nothing ended, after a pause in the log."""
        for fact in self._blocks.flush():
            yield from self._of_block(fact)

    def _mine(self, process: str) -> bool:
        return process == self._package or process.startswith(f"{self._package}:")

    def _of_block(self, fact: AppCrash | AppNotResponding) -> Iterator[LifeFact]:
        if not self._mine(fact.process):
            return
        if isinstance(fact, AppCrash):
            yield replace(fact, message=self._clean(fact.message)[:300])
        elif not self._anr_told(fact):
            yield replace(fact, reason=self._clean(fact.reason)[:300])

    def _anr_told(self, fact: AppNotResponding) -> bool:
        told = "anr" in self._reasons.values()
        return told and fact.process != ""

    def _of_event(self, event: ProcessEvent, line: LogLine) -> Iterator[LifeFact]:
        if not self._mine(event.process):
            return
        if event.kind == "started":
            self._pids.add(event.pid)
            self._dead.discard(event.pid)  # numbers are used again
        elif event.kind == "crash":
            self._reasons[event.pid] = "crash"
        elif event.kind == "anr":
            self._reasons[event.pid] = "anr"
            reason = self._clean(event.detail)[:300]
            yield AppNotResponding(event.process, reason, line.time)
        elif event.kind == "killed":
            self._reasons.setdefault(event.pid, death_reason(event.detail))
            yield from self._death(event, line)
        else:
            yield from self._death(event, line)

    def _death(self, event: ProcessEvent, line: LogLine) -> Iterator[AppDeath]:
        if event.pid in self._dead:  # am_kill and am_proc_died tell of one death
            return
        self._pids.discard(event.pid)
        self._dead.add(event.pid)
        reason = self._reasons.pop(event.pid, "other")
        if reason != "user":  # force-stop is what we do ourselves, and no fault of the app
            yield AppDeath(event.process, reason, self._clean(event.detail)[:300], line.time)


def death_reason(text: str) -> str:
    """The reason of am_kill in our words."""
    low = text.lower()
    for word, reason in (
        ("crash", "crash"),
        ("anr", "anr"),
        ("bg anr", "anr"),
        ("lmk", "low_memory"),
        ("low mem", "low_memory"),
        ("empty", "low_memory"),
        ("cached", "low_memory"),
        ("remove task", "user"),
        ("stop ", "user"),
        ("force stop", "user"),
        ("deletepackage", "package_removed"),
        ("installpackage", "package_updated"),
    ):
        if word in low:
            return reason
    return "other"
