"""Starting other programs from an applet: as a child, or in the applet's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from harness.simphone.contracts import Invocation, Sink, Source


@runtime_checkable
class SendsSignals(Protocol):
    """Shells that know which of their programs to reach by a signal."""

    def send_signal(self, pid: int, signal: int, *, uid: int) -> int: ...


@runtime_checkable
class FindsPrograms(Protocol):
    """Shells that know where a program lies."""

    def path_of(self, name: str, invocation: Invocation) -> str | None: ...


async def run_child(
    invocation: Invocation,
    argv: Sequence[str],
    *,
    stdin: Source | None = None,
    stdout: Sink | None = None,
) -> int:
    """Runs `argv` as a process of its own; gives its exit code."""
    child = replace(
        invocation,
        argv=argv,
        pid=0,
        stdin=stdin or invocation.stdin,
        stdout=stdout or invocation.stdout,
    )
    return await invocation.phone.shell.execute(argv, child)


async def become(invocation: Invocation, argv: Sequence[str]) -> int:
    """exec(2): `argv` takes over the process."""
    return await invocation.phone.shell.execute(argv, replace(invocation, argv=argv))
