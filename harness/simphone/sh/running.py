"""The programs that run now: each is a process of the phone and an asyncio task.

They belong to the phone, not to the adb stream that started them.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from harness.simphone.contracts import Process, Processes
from harness.simphone.sh.signals import HARMLESS, KILL, PIPE, UNSTOPPABLE
from harness.simphone.sh.streams import FdTable

log = logging.getLogger("harness.simphone.sh")
FIRST_OWN_PID = 12000


class HasProcesses(Protocol):
    """A phone that (perhaps) has a process table."""

    @property
    def processes(self) -> Processes: ...


@dataclass(slots=True, eq=False)
class Running:
    """One running program. `status` is its exit code once `done` is set."""

    process: Process
    fds: FdTable
    ignored: set[int] = field(default_factory=set[int])
    on_signal: Callable[[int], bool] | None = None  # a shell's traps; True = dealt with
    killed_by: int | None = None
    status: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def catch(self, signals: frozenset[int], caught: Callable[[int], None]) -> None:
        """A handler of the program's own takes the place of what it was started with."""

        def dealt_with(signal: int) -> bool:
            if signal in signals:
                caught(signal)
            return signal in signals

        self.ignored -= signals
        self.on_signal = dealt_with

    async def wait(self) -> int:
        """Its exit code; being cancelled here does not end the program."""
        await self.done.wait()
        return self.status


Body = Callable[[Running], Awaitable[int]]


class RunningPrograms:
    """All programs of one phone's shell."""

    def __init__(self, phone: object) -> None:
        self._phone = phone
        self._programs: dict[int, Running] = {}
        self._own_pids = itertools.count(FIRST_OWN_PID)
        self._listening_to: object = None

    def start(
        self,
        name: str,
        body: Body,
        *,
        fds: FdTable,
        uid: int,
        parent: int = 1,
        ignored: Iterable[int] = (),
    ) -> Running:
        """Starts `body` as a process of its own, which owns `fds` and closes them at its end."""
        program = Running(self._new_process(name, uid, parent), fds, set(ignored))
        self._programs[program.pid] = program
        program.task = asyncio.create_task(self._run(program, body), name=f"phone:{name}")
        # A task cancelled before its first step never runs its `finally`.
        program.task.add_done_callback(lambda _task: self._ended(program))
        return program

    def get(self, pid: int) -> Running | None:
        """The running program with this pid."""
        return self._programs.get(pid)

    def deliver(self, pid: int, signal: int) -> bool:
        """Sends a signal; False if no program of the shell has this pid."""
        program = self._programs.get(pid)
        if program is None:
            return False
        if signal not in UNSTOPPABLE:
            if signal in program.ignored:
                return True
            if program.on_signal is not None and program.on_signal(signal):
                return True
        if signal not in HARMLESS:
            self._end(program, signal)
        return True

    async def end_all(self) -> None:
        """Ends everything at once (reboot, or a restart of adbd) and waits for it."""
        tasks: list[asyncio.Task[Any]] = []
        for program in list(self._programs.values()):
            self._end(program, KILL)
            if program.task is not None and program.task is not asyncio.current_task():
                tasks.append(program.task)
        await asyncio.gather(*tasks, return_exceptions=True)

    def _end(self, program: Running, signal: int) -> None:
        program.killed_by = signal
        if program.task is not None:
            program.task.cancel()

    async def _run(self, program: Running, body: Body) -> None:
        try:
            program.status = await body(program)
        except asyncio.CancelledError:
            program.status = 128 + (program.killed_by or KILL)
        except BrokenPipeError:
            program.status = 128 + PIPE
        except Exception:
            log.exception("program %s of the simulated phone failed", program.process.name)
            program.status = 1

    def _ended(self, program: Running) -> None:
        if self._programs.pop(program.pid, None) is None:
            return
        if program.killed_by and not program.status:
            program.status = 128 + program.killed_by
        program.fds.close_all()
        for orphan in self._programs.values():
            if orphan.process.ppid == program.pid:
                orphan.process.ppid = 1
        program.done.set()
        processes = self._processes()
        if processes is not None:
            if program.killed_by:
                processes.kill(program.pid, reason="signaled", signal=program.killed_by)
            else:
                processes.kill(program.pid, reason="exit self", signal=0)

    def _new_process(self, name: str, uid: int, parent: int) -> Process:
        processes = self._processes()
        if processes is None:
            return Process(next(self._own_pids), uid, name, 0.0, None, parent)
        process = processes.start(name, uid=uid)
        process.ppid = parent
        return process

    def _processes(self) -> Processes | None:
        processes: Processes | None = getattr(self._phone, "processes", None)
        if processes is not None and self._listening_to is not processes:
            self._listening_to = processes
            processes.on_exit(self._killed_outside)
        return processes

    def _killed_outside(self, process: Process, reason: str) -> None:
        program = self._programs.get(process.pid)
        if program is not None and program.process is process and program.killed_by is None:
            log.debug("pid %s (%s) ended: %s", process.pid, process.name, reason)
            self._end(program, KILL)
