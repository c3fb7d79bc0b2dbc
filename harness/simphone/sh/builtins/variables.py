"""Builtins on variables, options and the working folder."""

from __future__ import annotations

import shlex
import stat
from typing import TYPE_CHECKING

from harness.simphone.sh.simple import Builtin

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter

_LONG_OPTIONS = {"errexit": "e", "nounset": "u", "xtrace": "x", "noglob": "f", "allexport": "a"}
_UNLIMITED = {"n": "32768", "c": "0", "s": "8192", "f": "unlimited"}


async def _cd(shell: Interpreter, words: list[str]) -> int:
    state = shell.state
    operands = [w for w in words[1:] if w not in {"-P", "-L", "--"}]
    target = operands[0] if operands else state.get("HOME") or "/"
    if target == "-":
        target = state.get("OLDPWD") or ""
    path = _lexical(shell.view.absolute(target))
    reason = ""
    try:
        if not stat.S_ISDIR(shell.view.stat(path).mode):
            reason = "Not a directory"
        elif not shell.view.may(path, 1):
            reason = "Permission denied"
    except OSError as error:
        reason = error.strerror or "No such file or directory"
    if reason:
        await shell.complain(f"cd: {target}: {reason}")
        return 2
    state.assign("OLDPWD", state.cwd)
    state.cwd = path
    state.assign("PWD", path)
    if operands[:1] == ["-"]:
        await shell.fds.get(1).write(f"{path}\n".encode())
    return 0


async def _pwd(shell: Interpreter, words: list[str]) -> int:
    del words
    await shell.fds.get(1).write(f"{shell.state.cwd}\n".encode())
    return 0


async def _export(shell: Interpreter, words: list[str]) -> int:
    names = [w for w in words[1:] if w != "-p"]
    if not names:
        lines = [f"export {n}={shlex.quote(v)}\n"
                 for n, v in sorted(shell.state.environment().items())]  # fmt: skip
        await shell.fds.get(1).write("".join(lines).encode())
    for word in names:
        name, equals, value = word.partition("=")
        if not name.isidentifier():
            await shell.complain(f"export: {name}: is not an identifier")
            return 1
        if equals:
            shell.state.assign(name, value)
        shell.state.exported.add(name)
    return 0


async def _readonly(shell: Interpreter, words: list[str]) -> int:
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if equals:
            shell.state.assign(name, value)
        shell.state.read_only.add(name)
    return 0


async def _local(shell: Interpreter, words: list[str]) -> int:
    """`local` and `typeset`: inside a function the old value comes back at its end."""
    for word in words[1:]:
        if word.startswith("-"):
            continue
        name, equals, value = word.partition("=")
        if shell.state.locals:
            shell.state.locals[-1].setdefault(name, shell.state.variables.get(name))
        if equals or shell.state.locals:
            shell.state.assign(name, value)
    return 0


async def _unset(shell: Interpreter, words: list[str]) -> int:
    functions = "-f" in words[1:2]
    for name in words[1:]:
        if name in {"-f", "-v"}:
            continue
        if functions:
            shell.state.functions.pop(name, None)
        else:
            shell.state.unset(name)
    return 0


async def _set(shell: Interpreter, words: list[str]) -> int:
    state = shell.state
    if len(words) == 1:
        lines = [f"{n}={shlex.quote(v)}\n" for n, v in sorted(state.variables.items())]
        await shell.fds.get(1).write("".join(lines).encode())
        return 0
    rest = words[1:]
    while rest and rest[0][:1] in {"-", "+"} and len(rest[0]) > 1:
        word = rest.pop(0)
        if word == "--":
            state.positional = rest
            return 0
        letters = word[1:]
        if letters == "o" and rest:
            name = rest.pop(0)
            letters = _LONG_OPTIONS.get(name, "")
            if name == "pipefail":
                (state.options.add if word[0] == "-" else state.options.discard)("pipefail")
        change = state.options.update if word[0] == "-" else state.options.difference_update
        change(letters)
    if rest:
        state.positional = rest
    return 0


async def _shift(shell: Interpreter, words: list[str]) -> int:
    count = int(words[1]) if len(words) > 1 and words[1].isdigit() else 1
    if count > len(shell.state.positional):
        await shell.complain("shift: nothing to shift")
        return 1
    shell.state.positional = shell.state.positional[count:]
    return 0


async def _umask(shell: Interpreter, words: list[str]) -> int:
    if len(words) == 1:
        await shell.fds.get(1).write(f"{shell.state.umask:03o}\n".encode())
        return 0
    try:
        shell.state.umask = int(words[1], 8) & 0o777
    except ValueError:
        await shell.complain("umask: invalid mask")
        return 1
    return 0


async def _ulimit(shell: Interpreter, words: list[str]) -> int:
    letters = [w[-1] for w in words[1:] if w.startswith("-")]
    if len([w for w in words[1:] if not w.startswith("-")]) == 0:
        value = _UNLIMITED.get(letters[-1] if letters else "f", "unlimited")
        await shell.fds.get(1).write(f"{value}\n".encode())
    return 0


async def _alias(shell: Interpreter, words: list[str]) -> int:
    """Accepted without effect: scripts given to `sh -c` are parsed before it would count."""
    del shell, words
    return 0


def _lexical(path: str) -> str:
    parts: list[str] = []
    for name in path.split("/"):
        if name == "..":
            parts = parts[:-1]
        elif name not in {"", "."}:
            parts.append(name)
    return "/" + "/".join(parts)


BUILTINS: dict[str, Builtin] = {
    "cd": _cd,
    "pwd": _pwd,
    "export": _export,
    "readonly": _readonly,
    "local": _local,
    "typeset": _local,
    "unset": _unset,
    "set": _set,
    "shift": _shift,
    "umask": _umask,
    "ulimit": _ulimit,
    "alias": _alias,
    "unalias": _alias,
}
