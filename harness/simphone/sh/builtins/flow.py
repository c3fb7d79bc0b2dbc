"""Builtins that change what runs next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.simphone.sh.control import BreakLoop, ContinueLoop, ExitShell, ReturnFrom
from harness.simphone.sh.simple import Builtin
from harness.simphone.sh.syntax import Simple, Text

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter

RESERVED = frozenset(
    {"if", "then", "else", "elif", "fi", "for", "in", "do", "done", "while", "until", "case",
     "esac", "{", "}", "!", "function", "select", "time", "[["}
)  # fmt: skip


async def _nothing(shell: Interpreter, words: list[str]) -> int:
    del shell, words
    return 0


async def _false(shell: Interpreter, words: list[str]) -> int:
    del shell, words
    return 1


def _status(shell: Interpreter, words: list[str]) -> int:
    digits = words[1] if len(words) > 1 else ""
    return int(digits) & 0xFF if digits.lstrip("-").isdigit() else shell.state.status


async def _exit(shell: Interpreter, words: list[str]) -> int:
    raise ExitShell(_status(shell, words))


async def _return(shell: Interpreter, words: list[str]) -> int:
    raise ReturnFrom(_status(shell, words))


async def _break(shell: Interpreter, words: list[str]) -> int:
    del shell
    raise BreakLoop(int(words[1]) if len(words) > 1 and words[1].isdigit() else 1)


async def _continue(shell: Interpreter, words: list[str]) -> int:
    del shell
    raise ContinueLoop(int(words[1]) if len(words) > 1 and words[1].isdigit() else 1)


async def _eval(shell: Interpreter, words: list[str]) -> int:
    shell.state.status = 0
    return await shell.run_text(" ".join(words[1:]))


async def _source(shell: Interpreter, words: list[str]) -> int:
    if len(words) < 2:
        await shell.complain(".: missing argument")
        return 1
    try:
        text = shell.view.read(words[1]).decode(errors="surrogateescape")
    except OSError as error:
        await shell.complain(f".: {words[1]}: {error.strerror}")
        return 1
    try:
        return await shell.run_text(text)
    except ReturnFrom as back:
        return back.status


async def _command(shell: Interpreter, words: list[str]) -> int:
    """`command -v NAME…` tells what a name is; `command NAME …` skips functions."""
    if len(words) > 1 and words[1] in {"-v", "-V"}:
        return await _tell(shell, words[2:], verbose=words[1] == "-V")
    rest = words[2:] if words[1:2] in (["-p"], ["--"]) else words[1:]
    if not rest:
        return 0
    hidden = shell.state.functions.pop(rest[0], None)
    try:
        node = Simple((), tuple((Text(word, quoted=True),) for word in rest), ())
        return await shell.node(node)
    finally:
        if hidden is not None:
            shell.state.functions[rest[0]] = hidden


async def _type(shell: Interpreter, words: list[str]) -> int:
    return await _tell(shell, words[1:], verbose=True)


async def _tell(shell: Interpreter, names: list[str], *, verbose: bool) -> int:
    from harness.simphone.sh.builtins import BUILTINS

    status = 0
    for name in names:
        if name in RESERVED:
            short, long = name, f"{name} is a reserved word"
        elif name in shell.state.functions:
            short, long = name, f"{name} is a function"
        elif name in BUILTINS:
            short, long = name, f"{name} is a shell builtin"
        elif path := shell.world.path_of(name, shell.view):
            short, long = path, f"{name} is {path}"
        else:
            status = 1
            if not verbose:
                continue
            short = long = f"{name} not found"
        await shell.fds.get(1).write(f"{long if verbose else short}\n".encode())
    return status


async def _builtin(shell: Interpreter, words: list[str]) -> int:
    from harness.simphone.sh.builtins import BUILTINS

    found = BUILTINS.get(words[1]) if len(words) > 1 else None
    if found is None:
        await shell.complain(f"builtin: {' '.join(words[1:2])}: not found")
        return 1
    return await found(shell, words[1:])


BUILTINS: dict[str, Builtin] = {
    ":": _nothing,
    "true": _nothing,
    "false": _false,
    "exit": _exit,
    "return": _return,
    "break": _break,
    "continue": _continue,
    "eval": _eval,
    ".": _source,
    "source": _source,
    "command": _command,
    "type": _type,
    "whence": _type,
    "builtin": _builtin,
}
