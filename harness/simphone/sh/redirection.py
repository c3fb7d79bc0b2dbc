"""Redirections: how a command's open files differ from the shell's."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING

from harness.simphone.sh.streams import BytesSource, FdTable, OpenFile, open_file
from harness.simphone.sh.syntax import Redirect

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter


async def apply(shell: Interpreter, redirects: Sequence[Redirect], fds: FdTable) -> bool:
    """Changes `fds` in order; a failure is printed and gives False."""
    for redirect in redirects:
        target = await shell.expander.text(redirect.target)
        try:
            _apply_one(shell, redirect, target, fds)
        except OSError as error:
            verb = "open" if redirect.operator in {"<", "<>"} else "create"
            reason = os.strerror(error.errno or 0)
            text = f"can't {verb} {target}: {reason}"
            if redirect.operator in {"<&", ">&"}:
                text = f"{target}: bad file descriptor"
            await shell.complain(text)
            return False
    return True


@contextlib.asynccontextmanager
async def redirected(shell: Interpreter, redirects: Sequence[Redirect]) -> AsyncGenerator[bool]:
    """Redirects the shell's own files for a while; yields whether that succeeded."""
    if not redirects:
        yield True
        return
    before = shell.fds
    fds = before.fork()
    try:
        ready = await apply(shell, redirects, fds)
        if ready:
            shell.fds = fds
        yield ready
    finally:
        shell.fds = before
        fds.close_all()


def _apply_one(shell: Interpreter, redirect: Redirect, target: str, fds: FdTable) -> None:
    new_mode = 0o666 & ~shell.state.umask
    match redirect.operator:
        case "<<":
            data = target.encode(errors="surrogateescape")
            fds.put(redirect.fd, OpenFile(source=BytesSource(data)))
        case "<<<":
            data = f"{target}\n".encode(errors="surrogateescape")
            fds.put(redirect.fd, OpenFile(source=BytesSource(data)))
        case "<&" | ">&" if target == "-":
            fds.close(redirect.fd)
        case "<&" | ">&" if target.isdigit():
            fds.put(redirect.fd, fds.get(int(target)).hold())
        case "&>" | "&>>" | ">&":
            operator = ">>" if redirect.operator == "&>>" else ">"
            both = open_file(shell.view, target, operator, new_mode)
            fds.put(1, both)
            fds.put(2, both.hold())
        case operator:
            plain = ">" if operator == ">|" else operator
            fds.put(redirect.fd, open_file(shell.view, target, plain, new_mode))
