"""`sh` as a program: `sh -c SCRIPT [NAME [ARG…]]`, `sh FILE ARG…`, `sh` with a script on stdin."""

from __future__ import annotations

from harness.simphone.contracts import Invocation
from harness.simphone.sh.interpreter import Interpreter
from harness.simphone.sh.running import Running
from harness.simphone.sh.state import ShellState, default_environment
from harness.simphone.sh.streams import FdTable, standard
from harness.simphone.sh.world import ShellWorld
from harness.simphone.storage.view import FsView


async def sh(world: ShellWorld, invocation: Invocation) -> int:
    """Runs a shell in the process `invocation.pid`, which must be running."""
    program = world.programs.get(invocation.pid)
    if program is None:
        raise ValueError(f"sh: pid {invocation.pid} is no running program")
    rest = list(invocation.argv[1:])
    options = set[str]()
    takes_script = False
    while rest and rest[0][:1] == "-" and len(rest[0]) > 1:
        letters = rest.pop(0)[1:]
        takes_script = takes_script or "c" in letters
        options.update(set(letters) - {"c", "l", "s", "-"})
    env = invocation.env or default_environment(invocation.uid)
    state = ShellState(
        pid=program.pid, variables=dict(env), exported=set(env), cwd=invocation.cwd, options=options
    )
    state.traps = dict.fromkeys(program.ignored, "")
    state.name = invocation.argv[0]
    fds, own = _files(invocation, program)
    try:
        shell = Interpreter(world, state, fds, program, invocation.uid, invocation.ns)
        text = await _script(shell, rest, takes_script=takes_script)
        return 127 if text is None else await shell.run_to_end(text)
    finally:
        if own:
            fds.close_all()


async def _script(shell: Interpreter, rest: list[str], *, takes_script: bool) -> str | None:
    state = shell.state
    if takes_script:
        if not rest:
            await shell.complain("-c requires an argument")
            return None
        text, *rest = rest
        if rest:
            state.name, *state.positional = rest
        return text
    if not rest:
        data = await shell.fds.get(0).read()
        return data.decode(errors="surrogateescape")
    state.name, *state.positional = rest
    try:
        return FsView(shell.world.phone.fs, shell.uid, shell.ns, state.cwd).read(rest[0]).decode(
            errors="surrogateescape"
        )  # fmt: skip
    except OSError as error:
        await shell.complain(f"can't open {rest[0]}: {error.strerror}")
        return None


def _files(invocation: Invocation, program: Running) -> tuple[FdTable, bool]:
    """The process's own table where the invocation uses it, else one made for it."""
    streams = (invocation.stdin, invocation.stdout, invocation.stderr)
    if program.fds.is_over(*streams):
        return program.fds, False
    return standard(*streams), True
