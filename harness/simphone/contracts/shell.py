"""The phone's shell and the programs it starts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from harness.simphone.contracts.spec import SHELL_UID

if TYPE_CHECKING:
    from harness.simphone.contracts.phone import PhoneParts


class Sink(Protocol):
    """Where a command writes; waits while the other side is slow."""

    async def write(self, data: bytes) -> None:
        """Raises BrokenPipeError when nobody reads any more."""
        ...


class Source(Protocol):
    """Where a command reads from."""

    async def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes (all until EOF when -1); b"" at EOF."""
        ...


@dataclass(slots=True)
class Invocation:
    """One command as the shell starts it."""

    argv: Sequence[str]
    stdin: Source
    stdout: Sink
    stderr: Sink
    phone: PhoneParts
    uid: int = SHELL_UID
    env: dict[str, str] = field(default_factory=dict[str, str])
    cwd: str = "/"
    ns: str = "init"
    pid: int = 0


Command = Callable[[Invocation], Awaitable[int]]
"""Runs to its exit code; cancelled when the process is killed."""


class Shell(Protocol):
    """`/system/bin/sh` of the phone."""

    def register(self, commands: Mapping[str, Command]) -> None:
        """Adds programs by name; a later one replaces an earlier."""
        ...

    async def run(
        self, script: str, *, stdin: Source, stdout: Sink, stderr: Sink, uid: int = SHELL_UID
    ) -> int:
        """Runs `script` and returns its exit code.

        Returns when the shell AND every job that still holds stdout or stderr
        have ended, as adbd ends a stream; jobs with all three streams
        redirected live on in the phone. Cancelling it is SIGHUP to the shell
        only.
        """
        ...

    async def execute(self, argv: Sequence[str], invocation: Invocation) -> int:
        """Runs one program by argv (abb_exec, `sh -c`, xargs …)."""
        ...
