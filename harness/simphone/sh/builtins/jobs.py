"""Builtins on jobs and signals: wait, jobs, kill, trap, sleep."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from harness.simphone.sh import signals
from harness.simphone.sh.running import Running
from harness.simphone.sh.simple import Builtin

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_of(text: str) -> float | None:
    """`0.5`, `2m` … in seconds; None if it is no time."""
    digits, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    try:
        value = float(digits)
    except ValueError:
        return None
    return value * _UNITS[unit] if value >= 0 else None


async def _sleep(shell: Interpreter, words: list[str]) -> int:
    seconds = seconds_of(words[1]) if len(words) > 1 else None
    if seconds is None:
        await shell.complain(f"sleep: {' '.join(words[1:2])}: invalid time")
        return 1
    return await _interruptible(shell, asyncio.sleep(seconds, 0))


async def _wait(shell: Interpreter, words: list[str]) -> int:
    if len(words) == 1:
        for job in list(shell.jobs.values()):
            status = await _interruptible(shell, job.wait())
            if shell.pending:
                return status
        shell.jobs.clear()
        return 0
    status = 0
    for word in words[1:]:
        job = _job(shell, word)
        if job is None:
            status = 127
            continue
        status = await _interruptible(shell, job.wait())
        if not shell.pending:
            shell.jobs.pop(job.pid, None)
    return status


async def _jobs(shell: Interpreter, words: list[str]) -> int:
    only_pids = "-p" in words
    for number, job in enumerate(shell.jobs.values(), 1):
        state = "Done" if job.done.is_set() else "Running"
        line = f"{job.pid}" if only_pids else f"[{number}] + {state:<20} {job.process.name}"
        await shell.fds.get(1).write(f"{line}\n".encode())
    for pid in [p for p, job in shell.jobs.items() if job.done.is_set()]:
        del shell.jobs[pid]
    return 0


async def _kill(shell: Interpreter, words: list[str]) -> int:
    rest = words[1:]
    signal: int | None = signals.TERM
    if rest[:1] == ["-l"]:
        names = " ".join(n for n in signals.NUMBERS if n != "EXIT")
        await shell.fds.get(1).write(f"{names}\n".encode())
        return 0
    if rest and rest[0] in {"-s", "-n"} and len(rest) > 1:
        signal, rest = signals.number_of(rest[1]), rest[2:]
    elif rest and rest[0].startswith("-") and len(rest[0]) > 1 and rest[0] != "--":
        signal, rest = signals.number_of(rest[0][1:]), rest[1:]
    if signal is None or not rest:
        await shell.complain("kill: bad signal" if rest else "kill: usage: kill [-SIGNAL] PID...")
        return 1
    status = 0
    for word in rest:
        job = _job(shell, word)
        pid = job.pid if job else int(word) if word.isdigit() else -1
        failure = shell.world.send_signal(pid, signal, uid=shell.uid)
        if failure:
            await shell.complain(f"kill: {word}: {os.strerror(failure)}")
            status = 1
    # Its own signals reach a shell before its next command.
    await asyncio.sleep(0)
    return status


async def _trap(shell: Interpreter, words: list[str]) -> int:
    traps = shell.state.traps
    rest = words[2:] if words[1:2] == ["--"] else words[1:]
    if not rest:
        lines = [f"trap -- {shlex.quote(a)} {signals.NAMES.get(s, s)}\n"
                 for s, a in sorted(traps.items())]  # fmt: skip
        await shell.fds.get(1).write("".join(lines).encode())
        return 0
    action: str | None = rest[0]
    names = rest[1:]
    if action == "-" or (action.isdigit() and not names):
        names = names if action == "-" else rest
        action = None
    for name in names:
        number = signals.number_of(name)
        if number is None:
            await shell.complain(f"trap: bad signal '{name}'")
            return 1
        if action is None:
            traps.pop(number, None)
            shell.program.ignored.discard(number)
        else:
            traps[number] = action
            if number:
                (shell.program.ignored.discard if action else shell.program.ignored.add)(number)
    return 0


def _job(shell: Interpreter, word: str) -> Running | None:
    if word.startswith("%"):
        jobs = list(shell.jobs.values())
        index = int(word[1:]) - 1 if word[1:].isdigit() else len(jobs) - 1
        return jobs[index] if 0 <= index < len(jobs) else None
    return shell.jobs.get(int(word)) if word.isdigit() else None


async def _interruptible(shell: Interpreter, what: Coroutine[Any, Any, int]) -> int:
    """Waits for `what`; a trapped signal ends the wait early with 128 + its number."""
    waiting = asyncio.ensure_future(what)
    shell.woken.clear()
    woken = asyncio.ensure_future(shell.woken.wait())
    try:
        await asyncio.wait({waiting, woken}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result()
        return 128 + (shell.pending[0] if shell.pending else 0)
    finally:
        waiting.cancel()
        woken.cancel()


BUILTINS: dict[str, Builtin] = {
    "sleep": _sleep,
    "wait": _wait,
    "jobs": _jobs,
    "kill": _kill,
    "trap": _trap,
}
