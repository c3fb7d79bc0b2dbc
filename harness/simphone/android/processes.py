"""The process table and how processes end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.simphone.contracts import SYSTEM_UID, Clock, Log, Process

FIRST_APP_UID = 10000

EXIT_REASONS: dict[str, tuple[int, str]] = {  # ApplicationExitInfo: our word -> code, its text
    "exit self": (1, "EXIT_SELF"),
    "signaled": (2, "SIGNALED"),
    "low memory": (3, "LOW_MEMORY"),
    "crash": (4, "APP CRASH(EXCEPTION)"),
    "native crash": (5, "APP CRASH(NATIVE)"),
    "anr": (6, "ANR"),
    "permission change": (8, "PERMISSION CHANGE"),
    "excessive resources": (9, "EXCESSIVE RESOURCE USAGE"),
    "user requested": (10, "USER REQUESTED"),
    "other": (13, "OTHER KILLS BY SYSTEM"),
    "package state": (15, "PACKAGE STATE CHANGE"),
    "package updated": (16, "PACKAGE UPDATED"),
}
BY_SYSTEM = ("user requested", "other", "anr", "package updated", "package state")
"""Reasons for which ActivityManager itself does the killing and says so (`am_kill`)."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How one process ended, as `dumpsys activity exit-info` remembers it."""

    time: float
    process: Process
    reason: str  # a key of EXIT_REASONS
    status: int  # the signal for "signaled", "low memory" and native crashes
    description: str | None


def owner(uid: int) -> str:
    """`u0a142` for apps, the bare number for the system's own."""
    return f"u0a{uid - FIRST_APP_UID}" if uid >= FIRST_APP_UID else str(uid)


class PhoneProcesses:
    """`contracts.Processes`; system processes are there from the start (`boot`)."""

    def __init__(self, clock: Clock, log: Log) -> None:
        self._clock = clock
        self._log = log
        self._live: dict[int, Process] = {}
        self._next = 1
        self._listeners: list[Callable[[Process, str], None]] = []
        self.exits: list[Exit] = []  # newest first

    def start(
        self,
        name: str,
        *,
        uid: int,
        package: str | None = None,
        hosting: str = "next-top-activity",
        component: str = "",
    ) -> Process:
        """A new process; apps are forked from the zygote and logged with what they host."""
        zygote = self.find("zygote64") if package else None
        process = Process(
            pid=self._next,
            uid=uid,
            name=name,
            started=self._clock.now(),
            package=package,
            ppid=zygote.pid if zygote else min(1, self._next - 1),
        )
        self._next += 1 if self._next < 300 else 17
        self._live[process.pid] = process
        if package:
            self._say_started(process, hosting, component or package)
        return process

    def find(self, name: str) -> Process | None:
        return next((p for p in self._live.values() if p.name == name), None)

    def of_package(self, package: str) -> list[Process]:
        return [p for p in self._live.values() if p.package == package]

    def all(self) -> list[Process]:
        return list(self._live.values())

    def get(self, pid: int) -> Process | None:
        return self._live.get(pid)

    def skip_to(self, pid: int) -> None:
        """The next process gets at least this pid (boot leaves gaps)."""
        self._next = max(self._next, pid)

    def kill(
        self,
        pid: int,
        *,
        reason: str = "signaled",
        signal: int = 9,
        description: str | None = None,
    ) -> bool:
        """False when there is no such process. `reason`: a key of EXIT_REASONS, else "other"."""
        process = self._live.pop(pid, None)
        if process is None:
            return False
        known = reason if reason in EXIT_REASONS else "other"
        text = description or (reason if known == "other" else None)
        if process.package:
            self._say_ended(process, known, signal, text)
            status = signal if known in ("signaled", "low memory", "native crash") else 0
            self.exits.insert(0, Exit(self._clock.now(), process, known, status, text))
        for listener in self._listeners:
            listener(process, reason)
        return True

    def on_exit(self, listener: Callable[[Process, str], None]) -> None:
        self._listeners.append(listener)

    def forget(self, package: str) -> None:
        """Uninstalling removes a package's exit history."""
        self.exits = [e for e in self.exits if e.process.package != package]

    def _server(self) -> int:
        server = self.find("system_server")
        return server.pid if server else SYSTEM_UID

    def _event(self, tag: str, *values: object) -> None:
        text = ",".join(str(value) for value in values)
        self._log.write(tag, f"[{text}]", pid=self._server(), buffer="events")

    def _say_started(self, process: Process, hosting: str, component: str) -> None:
        where = f"{{{component}}}"
        self._event("am_proc_start", 0, process.pid, process.uid, process.name, hosting, where)
        text = f"Start proc {process.pid}:{process.name}/{owner(process.uid)} for {hosting} {where}"
        self._log.write("ActivityManager", text, pid=self._server(), buffer="system")
        self._event("am_proc_bound", 0, process.pid, process.name)

    def _say_ended(self, process: Process, reason: str, signal: int, text: str | None) -> None:
        server = self._server()
        if reason in BY_SYSTEM:
            why = text or reason
            self._event("am_kill", 0, process.pid, process.name, 0, why, 412000)
            line = f"Killing {process.pid}:{process.name}/{owner(process.uid)} (adj 0): {why}"
        else:
            line = f"Process {process.name} (pid {process.pid}) has died: fg  TOP "
        self._log.write("ActivityManager", line, pid=server, buffer="system")
        if reason == "low memory":
            killer = f"Kill '{process.name}' ({process.pid}), uid {process.uid}, oom_score_adj 0"
            self._log.write("lowmemorykiller", killer, pid=server, uid=0)
        self._event("am_proc_died", 0, process.pid, process.name, 0, 2)
        zygote = f"Process {process.pid} exited due to signal {signal} (Killed)"
        self._log.write("Zygote", zygote, pid=process.ppid, uid=0)
