"""`/system/bin/sh` of the phone: `contracts.Shell`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from harness.simphone.contracts import (
    SHELL_UID,
    Command,
    Invocation,
    PhoneParts,
    Sink,
    Source,
)
from harness.simphone.sh.interpreter import Interpreter
from harness.simphone.sh.program import sh
from harness.simphone.sh.running import Running, RunningPrograms
from harness.simphone.sh.signals import HUP
from harness.simphone.sh.simple import invoke
from harness.simphone.sh.state import ShellState, default_environment
from harness.simphone.sh.streams import FdTable, standard
from harness.simphone.sh.world import ShellWorld
from harness.simphone.storage.generated import GeneratedFile, GeneratedFolder, Reader


@runtime_checkable
class TakesGenerated(Protocol):
    """File systems in which programs can show up as files of /system/bin."""

    def register_generated(self, path_prefix: str, reader: Reader) -> None: ...


class PhoneShell:
    """Runs scripts and programs. What it starts belongs to the phone and lives on
    after an adb stream ends, until `end_all` (reboot, restart of adbd)."""

    def __init__(self, phone: PhoneParts) -> None:
        self.programs = RunningPrograms(phone)
        self.world = ShellWorld(phone, self.programs)
        self.world.commands["sh"] = self._sh
        if isinstance(phone.fs, TakesGenerated):
            phone.fs.register_generated("/system/bin", self._bin)

    def register(self, commands: Mapping[str, Command]) -> None:
        """Adds programs by name; a later one replaces an earlier."""
        self.world.commands.update(commands)

    async def run(
        self, script: str, *, stdin: Source, stdout: Sink, stderr: Sink, uid: int = SHELL_UID
    ) -> int:
        """Runs `script`; see `contracts.Shell.run` for when it returns."""
        fds = standard(stdin, stdout, stderr)
        streams = [fds.get(fd) for fd in (1, 2)]

        async def body(program: Running) -> int:
            shell = self._interpreter(program, default_environment(uid), uid)
            return await shell.run_to_end(script)

        program = self.programs.start("sh", body, fds=fds, uid=uid)
        try:
            status = await program.wait()
            for stream in streams:
                await stream.closed.wait()
        except asyncio.CancelledError:
            for stream in streams:
                stream.break_off()
            self.programs.deliver(program.pid, HUP)
            raise
        return status

    async def execute(self, argv: Sequence[str], invocation: Invocation) -> int:
        """Runs one program by argv.

        An `invocation.pid` that is running is replaced by the program, as exec(2)
        does; otherwise the program gets a process of its own, which is sent
        SIGHUP when this call is cancelled.
        """
        current = self.programs.get(invocation.pid) if invocation.pid else None
        if current is not None:
            return await self._execute_in(current, argv, invocation, current.fds)
        fds = standard(invocation.stdin, invocation.stdout, invocation.stderr)

        async def body(program: Running) -> int:
            return await self._execute_in(program, argv, invocation, fds)

        name = argv[0].rpartition("/")[2]
        parent = self.programs.get(invocation.pid)
        program = self.programs.start(
            name, body, fds=fds, uid=invocation.uid, parent=parent.pid if parent else 1
        )
        try:
            return await program.wait()
        except asyncio.CancelledError:
            self.programs.deliver(program.pid, HUP)
            raise

    def send_signal(self, pid: int, signal: int, *, uid: int) -> int:
        """kill(2) as `uid`: 0, ESRCH or EPERM."""
        return self.world.send_signal(pid, signal, uid=uid)

    def catch(self, pid: int, signals: Iterable[int], caught: Callable[[int], None]) -> None:
        """sigaction(2): the program `pid` deals with these signals by itself from now on."""
        program = self.programs.get(pid)
        if program is not None:
            program.catch(frozenset(signals), caught)

    def path_of(self, name: str, invocation: Invocation) -> str | None:
        """Where a program lies, for `which`; None if there is none."""
        from harness.simphone.storage.view import FsView

        view = FsView(self.world.phone.fs, invocation.uid, invocation.ns, invocation.cwd)
        return self.world.path_of(name, view)

    async def end_all(self) -> None:
        """Ends every running program: reboot, or the restart of adbd that kills its children."""
        await self.programs.end_all()

    def _interpreter(self, program: Running, env: dict[str, str], uid: int) -> Interpreter:
        state = ShellState(pid=program.pid, variables=dict(env), exported=set(env))
        return Interpreter(self.world, state, program.fds, program, uid)

    async def _execute_in(
        self, program: Running, argv: Sequence[str], invocation: Invocation, fds: FdTable
    ) -> int:
        env = invocation.env or default_environment(invocation.uid)
        shell = self._interpreter(program, env, invocation.uid)
        shell.ns, shell.state.cwd = invocation.ns, invocation.cwd
        wanted = (invocation.stdin, invocation.stdout, invocation.stderr)
        if not fds.is_over(*wanted):
            own = standard(*wanted)
            try:
                return await invoke(shell, list(argv), own, program, env)
            finally:
                own.close_all()
        return await invoke(shell, list(argv), fds, program, env)

    async def _sh(self, invocation: Invocation) -> int:
        return await sh(self.world, replace(invocation))

    def _bin(self, path: str, ns: str) -> bytes | GeneratedFile | GeneratedFolder | None:
        del ns
        name = path.removeprefix("/system/bin").strip("/")
        if not name:
            return GeneratedFolder(tuple(sorted(self.world.commands)))
        if name not in self.world.commands:
            return None
        return GeneratedFile(b"\x7fELF\x02\x01\x01", mode=0o755, gid=SHELL_UID)
