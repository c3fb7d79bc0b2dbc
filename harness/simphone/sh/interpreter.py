"""Runs a syntax tree: control flow, pipelines, background jobs, subshells."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from harness.simphone.sh import pattern
from harness.simphone.sh.arithmetic import CalculationError
from harness.simphone.sh.control import (
    BreakLoop,
    ContinueLoop,
    ExitShell,
    LoopJump,
    ReturnFrom,
)
from harness.simphone.sh.double_brackets import conditional
from harness.simphone.sh.expansion import Expander, ExpansionError
from harness.simphone.sh.parser import parse
from harness.simphone.sh.redirection import redirected
from harness.simphone.sh.running import Running
from harness.simphone.sh.signals import INT, QUIT
from harness.simphone.sh.simple import run_simple
from harness.simphone.sh.state import ReadOnlyVariableError, ShellState
from harness.simphone.sh.streams import FdTable, MemorySink, OpenFile, Pipe, null_file
from harness.simphone.sh.syntax import (
    AndOr,
    Case,
    Conditional,
    For,
    Function,
    If,
    Loop,
    Node,
    Pipeline,
    Redirected,
    Script,
    ShellSyntaxError,
    Simple,
    Subshell,
    Word,
)
from harness.simphone.sh.world import ShellWorld
from harness.simphone.storage.view import FsView

BREATHE_EVERY = 0.005  # seconds a loop may keep the event loop for itself


@dataclass(slots=True)
class Interpreter:
    """One shell: its state, its open files, the process it is."""

    world: ShellWorld
    state: ShellState
    fds: FdTable
    program: Running
    uid: int
    ns: str = "init"
    jobs: dict[int, Running] = field(default_factory=dict[int, Running])
    pending: list[int] = field(default_factory=list[int])
    condition_depth: int = 0  # `set -e` does not count inside conditions
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    _substituted: int = 0

    @property
    def view(self) -> FsView:
        """The file system as this shell sees it."""
        return FsView(self.world.phone.fs, self.uid, self.ns, self.state.cwd)

    @property
    def expander(self) -> Expander:
        dynamic = {
            "USER_ID": lambda: str(self.uid),
            "RANDOM": lambda: str(random.randrange(32768)),
            "EPOCHREALTIME": lambda: f"{self.world.phone.clock.now():.6f}",
        }
        return Expander(self.state, lambda: self.view, self.substitute, dynamic)

    async def run_text(self, text: str) -> int:
        """Parses and runs `text`; syntax errors are printed, status 1."""
        try:
            script = parse(text)
        except ShellSyntaxError as error:
            await self.complain(str(error))
            self.state.status = 1
            return 1
        return await self.script(script)

    async def run_to_end(self, text: str) -> int:
        """As a whole shell: runs `text`, then the EXIT trap; gives the exit code."""
        self.program.ignored |= self.state.ignored_signals()
        self.program.on_signal = self._signalled
        try:
            try:
                tree = parse(text)
            except ShellSyntaxError as error:
                await self.complain(str(error))
                return 1
            status = await self._top(tree, replace=True)
        except ExitShell as leave:
            status = leave.status
        return await self._exit_trap(status)

    async def complain(self, text: str) -> None:
        """A message of the shell itself on stderr."""
        await self.fds.get_or_closed(2).write(f"{self.state.name}: {text}\n".encode())

    async def script(self, script: Script) -> int:
        """Runs commands in order; gives the last status."""
        for node, background in script.items:
            if background:
                await self._start_job(node)
            else:
                await self.node(node)
        return self.state.status

    async def node(self, node: Node, *, last: bool = False) -> int:
        """Runs one command. With `last` the process has nothing to do after it."""
        if self.pending:
            await self._run_traps()
        try:
            self.state.status = await self._dispatch(node, last=last)
        except (ExpansionError, CalculationError) as error:
            await self.complain(str(error))
            raise ExitShell(1) from None
        except ReadOnlyVariableError as error:
            await self.complain(f"{error}: is read only")
            raise ExitShell(2) from None
        if self.state.status and "e" in self.state.options and not self.condition_depth:
            negated = isinstance(node, Pipeline) and node.negated
            if isinstance(node, Simple | Pipeline | Subshell) and not negated:
                raise ExitShell(self.state.status)
        return self.state.status

    async def substitute(self, script: Script) -> str:
        """The output of `$(script)` without the newlines at its end."""
        collected = MemorySink()
        fds = self.fds.fork()
        fds.put(1, OpenFile(sink=collected))
        child = self._child(self.state.subshell(), fds, self.program)
        try:
            self._substituted = await child.subshell_body(script)
        finally:
            fds.close_all()
        return collected.data.decode(errors="surrogateescape").replace("\0", "").rstrip("\n")

    async def subshell_body(self, script: Script) -> int:
        """Runs `script` as a subshell in the same process."""
        try:
            status = await self._loose(script)
        except ExitShell as leave:
            status = leave.status
        return await self._exit_trap(status)

    def take_substituted(self) -> int:
        """Status of the last substitution since the last call, 0 if there was none."""
        status, self._substituted = self._substituted, 0
        return status

    def fork(self, name: str, node: Node, fds: FdTable, *, background: bool) -> Running:
        """Starts `node` in a process of its own, which owns `fds`."""
        state = self.state.subshell()
        ignored = state.ignored_signals() | ({INT, QUIT} if background else set())

        async def body(program: Running) -> int:
            child = self._child(state, fds, program)
            program.on_signal = child._signalled  # noqa: SLF001 -- its own class
            try:
                status = await child.node(node, last=True)
            except ExitShell as leave:
                status = leave.status
            except (LoopJump, ReturnFrom):
                status = child.state.status
            return await child._exit_trap(status)  # noqa: SLF001 -- its own class

        return self.world.programs.start(
            name, body, fds=fds, uid=self.uid, parent=self.program.pid, ignored=ignored
        )

    def _child(self, state: ShellState, fds: FdTable, program: Running) -> Interpreter:
        return Interpreter(self.world, state, fds, program, self.uid, self.ns, dict(self.jobs))

    async def _dispatch(self, node: Node, *, last: bool) -> int:
        match node:
            case Simple():
                return await run_simple(self, node, in_place=last)
            case Pipeline():
                return await self._pipeline(node)
            case AndOr():
                return await self._and_or(node)
            case Script():
                return await self.script(node)
            case Subshell():
                return await self._subshell(node, last=last)
            case If():
                return await self._if(node)
            case Loop():
                return await self._loop(node)
            case For():
                return await self._for(node)
            case Case():
                return await self._case(node)
            case Conditional():
                return await conditional(self, node)
            case Function():
                self.state.functions[node.name] = node.body
                return 0
            case Redirected():
                # The old files stay open behind the redirections, as in mksh; a
                # background compound command therefore keeps its stream open.
                async with redirected(self, node.redirects) as ready:
                    return await self.node(node.body) if ready else 1

    async def _top(self, script: Script, *, replace: bool) -> int:
        *first, final = script.items or ((Script(()), False),)
        await self.script(Script(tuple(first)))
        node, background = final
        alone = replace and not first and not background and isinstance(node, Simple)
        try:
            if alone:
                await self.node(node, last=True)
            else:
                await self.script(Script((final,)))
        except (LoopJump, ReturnFrom):
            pass
        return self.state.status

    async def _loose(self, script: Script) -> int:
        try:
            return await self.script(script)
        except (LoopJump, ReturnFrom):
            return self.state.status

    async def _start_job(self, node: Node) -> None:
        fds = self.fds.fork()
        fds.put(0, null_file())
        job = self.fork("sh", node, fds, background=True)
        self.jobs[job.pid] = job
        self.state.last_job = job.pid
        self.state.status = 0

    async def _pipeline(self, node: Pipeline) -> int:
        if len(node.commands) == 1:
            self.condition_depth += node.negated
            try:
                status = await self.node(node.commands[0])
            finally:
                self.condition_depth -= node.negated
            return int(status == 0) if node.negated else status
        members: list[Running] = []
        source: OpenFile | None = None
        for index, command in enumerate(node.commands):
            fds = self.fds.fork()
            if source is not None:
                fds.put(0, source)
            if index < len(node.commands) - 1:
                source, sink = Pipe.make()
                fds.put(1, sink)
            members.append(self.fork("sh", command, fds, background=False))
        statuses = [await member.wait() for member in members]
        status = statuses[-1]
        if "pipefail" in self.state.options:
            status = next((s for s in reversed(statuses) if s), 0)
        return int(status == 0) if node.negated else status

    async def _and_or(self, node: AndOr) -> int:
        steps = [("", node.first), *node.rest]
        status = 0
        for index, (operator, command) in enumerate(steps):
            if (operator == "&&" and status) or (operator == "||" and not status):
                continue
            inner = index < len(steps) - 1
            self.condition_depth += inner
            try:
                status = await self.node(command)
            finally:
                self.condition_depth -= inner
        return status

    async def _subshell(self, node: Subshell, *, last: bool) -> int:
        if last:
            # This process was forked for the subshell: no second copy of its files.
            return await self.subshell_body(node.body)
        fds = self.fds.fork()
        try:
            child = self._child(self.state.subshell(), fds, self.program)
            return await child.subshell_body(node.body)
        finally:
            fds.close_all()

    async def _condition(self, script: Script) -> bool:
        self.condition_depth += 1
        try:
            return await self.script(script) == 0
        finally:
            self.condition_depth -= 1

    async def _if(self, node: If) -> int:
        for condition, body in node.branches:
            if await self._condition(condition):
                return await self.script(body)
        self.state.status = 0
        return await self.script(node.otherwise) if node.otherwise else 0

    async def _loop(self, node: Loop) -> int:
        status = 0
        try:
            while await self._repeat(node):
                status = self.state.status
        except BreakLoop as leave:
            if leave.levels > 1:
                raise BreakLoop(leave.levels - 1) from None
            return 0
        return status

    async def _repeat(self, node: Loop) -> bool:
        await _breathe()
        try:
            if await self._condition(node.condition) is not node.wanted:
                return False
            self.state.status = 0
            await self.script(node.body)
        except ContinueLoop as skip:
            if skip.levels > 1:
                raise ContinueLoop(skip.levels - 1) from None
        return True

    async def _for(self, node: For) -> int:
        words = self.state.positional
        if node.words is not None:
            words = await self.expander.fields(node.words)
        status = 0
        try:
            for word in list(words):
                self.state.assign(node.name, word)
                try:
                    status = await self.script(node.body)
                except ContinueLoop as skip:
                    if skip.levels > 1:
                        raise ContinueLoop(skip.levels - 1) from None
                await _breathe()
        except BreakLoop as leave:
            if leave.levels > 1:
                raise BreakLoop(leave.levels - 1) from None
            return 0
        return status

    async def _case(self, node: Case) -> int:
        text = await self.expander.text(node.word)
        for patterns, body in node.branches:
            if await self._matches(patterns, text):
                self.state.status = 0
                return await self.script(body)
        return 0

    async def _matches(self, patterns: tuple[Word, ...], text: str) -> bool:
        for word in patterns:
            if pattern.matches(await self.expander.pieces(word), text):
                return True
        return False

    def _signalled(self, signal: int) -> bool:
        if signal not in self.state.traps:
            return False
        if self.state.traps[signal]:
            self.pending.append(signal)
            self.woken.set()
        return True

    async def _run_traps(self) -> None:
        while self.pending:
            action = self.state.traps.get(self.pending.pop(0), "")
            status = self.state.status
            await self.run_text(action)
            self.state.status = status

    async def _exit_trap(self, status: int) -> int:
        action = self.state.traps.pop(0, "")
        if not action:
            return status
        self.state.status = status
        try:
            await self.run_text(action)
        except ExitShell as leave:
            return leave.status
        return status


_last_breath = [0.0]


async def _breathe() -> None:
    """Lets other tasks run when loops have kept the event loop for long."""
    if time.monotonic() - _last_breath[0] > BREATHE_EVERY:
        await asyncio.sleep(0)
        _last_breath[0] = time.monotonic()
