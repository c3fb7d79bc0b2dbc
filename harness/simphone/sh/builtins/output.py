"""`echo` and `printf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.simphone.sh import formatting
from harness.simphone.sh.simple import Builtin

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter


async def _echo(shell: Interpreter, words: list[str]) -> int:
    text = formatting.echo(words[1:])
    await shell.fds.get(1).write(text.encode(errors="surrogateescape"))
    return 0


async def _printf(shell: Interpreter, words: list[str]) -> int:
    rest = words[2:] if words[1:2] == ["--"] else words[1:]
    if not rest:
        await shell.complain("printf: usage: printf format [arguments]")
        return 1
    text, error = formatting.printf(rest[0], rest[1:])
    await shell.fds.get(1).write(text.encode(errors="surrogateescape"))
    if error:
        await shell.complain(f"printf: {error}")
    return 1 if error else 0


BUILTINS: dict[str, Builtin] = {"echo": _echo, "print": _echo, "printf": _printf}
