"""Simple commands: assignments, functions, builtins, programs."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from harness.simphone.contracts import Invocation
from harness.simphone.sh.control import ReturnFrom
from harness.simphone.sh.redirection import apply, redirected
from harness.simphone.sh.running import Running
from harness.simphone.sh.signals import PIPE
from harness.simphone.sh.streams import FdTable
from harness.simphone.sh.syntax import Node, Redirect, Simple
from harness.simphone.sh.world import NotRunnableError

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter

log = logging.getLogger("harness.simphone.sh")
Builtin = Callable[["Interpreter", list[str]], Awaitable[int]]
MAX_CALLS = 200  # functions within functions; beyond it the script is taken to be endless


async def run_simple(shell: Interpreter, node: Simple, *, in_place: bool) -> int:
    """Runs a simple command; `in_place` lets a program replace the shell's process."""
    shell.take_substituted()
    words = await shell.expander.fields(node.words)
    saved = {name: shell.state.variables.get(name) for name, _ in node.assignments}
    values: list[tuple[str, str]] = []
    for variable, word in node.assignments:  # each sees those before it
        value = await shell.expander.text(word)
        shell.state.assign(variable, value)
        values.append((variable, value))
    if "x" in shell.state.options and (words or values):
        shown = " ".join([*(f"{n}={v}" for n, v in values), *words])
        await shell.fds.get_or_closed(2).write(f"+ {shown}\n".encode())
    if not words:
        return await _without_command(shell, node)
    return await _command(shell, node, words, dict(values), saved, in_place=in_place)


async def _command(
    shell: Interpreter,
    node: Simple,
    words: list[str],
    values: dict[str, str],
    saved: dict[str, str | None],
    *,
    in_place: bool,
) -> int:
    from harness.simphone.sh.builtins import BUILTINS, KEEP_ASSIGNMENTS  # they call back here

    name = words[0]
    if name == "exec":
        return await replace_shell(shell, words[1:], node.redirects, values)
    function = shell.state.functions.get(name)
    builtin = None if function else BUILTINS.get(name)
    if builtin and in_place and shell.world.command(name) is not None:
        builtin = None  # the process becomes the program, so that `ps` shows its name
    if function is None and builtin is None:
        _restore(shell, saved)
        return await _program(shell, words, node.redirects, values, in_place=in_place)
    try:
        async with redirected(shell, node.redirects) as ready:
            if not ready:
                return 1
            if function is not None:
                return await call_function(shell, function, words)
            assert builtin is not None  # noqa: S101 -- one of the two is given
            return await _guarded(shell, builtin, words)
    finally:
        if name not in KEEP_ASSIGNMENTS:
            _restore(shell, saved)


async def call_function(shell: Interpreter, body: Node, words: list[str]) -> int:
    """Calls a shell function with its own positional parameters and `local` variables."""
    state = shell.state
    if len(state.locals) >= MAX_CALLS:
        await shell.complain(f"{words[0]}: function nesting too deep")
        return 1
    outer, state.positional = state.positional, words[1:]
    state.locals.append({})
    try:
        return await shell.node(body)
    except ReturnFrom as back:
        return back.status
    finally:
        state.positional = outer
        _restore(shell, state.locals.pop())


async def replace_shell(
    shell: Interpreter, words: list[str], redirects: tuple[Redirect, ...], extra: dict[str, str]
) -> int:
    """`exec`: without words changes the shell's own files, else becomes the program."""
    from harness.simphone.sh.control import ExitShell

    if not words:
        return 0 if await apply(shell, redirects, shell.fds) else 1
    shell.state.traps.pop(0, None)
    raise ExitShell(await _program(shell, words, redirects, extra, in_place=True))


async def invoke(
    shell: Interpreter, words: list[str], fds: FdTable, program: Running, env: dict[str, str]
) -> int:
    """Runs a program (or script file) in the process `program` with the files `fds`."""
    name = words[0]
    command = shell.world.command(name)
    if command is None:
        try:
            text = shell.world.script(name, shell.view)
        except NotRunnableError as error:
            log.warning("simulated shell: %s (of %s)", error, words)
            await fds.get_or_closed(2).write(f"{shell.state.name}: {error}\n".encode())
            return error.status
        command, words = shell.world.commands["sh"], ["sh", "-c", text, *words]
    program.process.name = name.rpartition("/")[2]
    program.on_signal = None
    invocation = Invocation(
        argv=words,
        stdin=fds.get_or_closed(0),
        stdout=fds.get_or_closed(1),
        stderr=fds.get_or_closed(2),
        phone=shell.world.phone,
        uid=shell.uid,
        env=env,
        cwd=shell.state.cwd,
        ns=shell.ns,
        pid=program.pid,
    )
    try:
        return await command(invocation)
    except OSError as error:
        return await failed(invocation, error, ignores_pipe=PIPE in program.ignored)


async def failed(invocation: Invocation, error: OSError, *, ignores_pipe: bool) -> int:
    """What a program prints when a system call fails and it has no better idea."""
    if isinstance(error, BrokenPipeError) and not ignores_pipe:
        raise error
    name = invocation.argv[0].rpartition("/")[2]
    where = f" {error.filename}:" if error.filename else ""
    text = f"{name}:{where} {os.strerror(error.errno or errno.EIO)}\n"
    if not isinstance(error, BrokenPipeError):
        await invocation.stderr.write(text.encode())
    return 1


async def _program(
    shell: Interpreter,
    words: list[str],
    redirects: tuple[Redirect, ...],
    extra: dict[str, str],
    *,
    in_place: bool,
) -> int:
    env = {**shell.state.environment(), **extra}
    if in_place:
        if not await apply(shell, redirects, shell.fds):
            return 1
        return await invoke(shell, words, shell.fds, shell.program, env)
    fds = shell.fds.fork()
    if not await apply(shell, redirects, fds):
        fds.close_all()
        return 1

    async def body(program: Running) -> int:
        return await invoke(shell, words, fds, program, env)

    child = shell.world.programs.start(
        words[0].rpartition("/")[2],
        body,
        fds=fds,
        uid=shell.uid,
        parent=shell.program.pid,
        ignored=shell.program.ignored | shell.state.ignored_signals(),
    )
    return await child.wait()


async def _without_command(shell: Interpreter, node: Simple) -> int:
    async with redirected(shell, node.redirects) as ready:
        return shell.take_substituted() if ready else 1


async def _guarded(shell: Interpreter, builtin: Builtin, words: list[str]) -> int:
    try:
        return await builtin(shell, words)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and PIPE not in shell.program.ignored:
            raise
        if not isinstance(error, BrokenPipeError):
            reason = os.strerror(error.errno or errno.EIO)
            await shell.complain(f"{words[0]}: {error.filename or ''}: {reason}")
        return 1


def _restore(shell: Interpreter, saved: dict[str, str | None]) -> None:
    for name, value in saved.items():
        if value is None:
            shell.state.unset(name)
        else:
            shell.state.variables[name] = value
