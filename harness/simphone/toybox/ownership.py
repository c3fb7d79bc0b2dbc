"""`chmod`, `chown`, `chgrp`, `chcon`, `restorecon`."""

from __future__ import annotations

from collections.abc import AsyncIterator

from harness.simphone.contracts import Command, Stat
from harness.simphone.storage.identity import number_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.modes import changed
from harness.simphone.toybox.tree import walk


async def _targets(call: Call, operands: list[str]) -> AsyncIterator[tuple[str, Stat]]:
    for operand in operands:
        async for path, status, _ in walk(call, operand, deepest=10_000 if call.has("R") else 0):
            yield path, status


@applet(raw=True)
async def chmod(call: Call) -> None:
    """`-x FILE` is a mode, not an option; so only these options are taken as such."""
    words = list(call.operands)
    while words and words[0] in {"-R", "-f", "-v", "--"}:
        call.options.setdefault(words.pop(0)[1:], []).append("")
    if len(words) < 2:
        raise UsageError("Needs 2 arguments")
    change, *operands = words
    view = call.view
    async for path, status in _targets(call, operands):
        mode = changed(status.mode, change)
        if mode is None:
            raise UsageError(f"bad mode '{change}'")
        try:
            view.fs.chmod(view.absolute(path), mode, uid=view.uid, ns=view.ns)
        except OSError as error:
            await call.complain(f"chmod '{path}' to {change}: {error.strerror}")


@applet("RHLPfhv", least=2)
async def chown(call: Call) -> None:
    who, *operands = call.operands
    owner, _, group = who.replace(".", ":", 1).partition(":")
    await _own(call, operands, _id(owner, "user"), _id(group, "group"))


@applet("RHLPfhv", least=2)
async def chgrp(call: Call) -> None:
    await _own(call, call.operands[1:], -1, _id(call.operands[0], "group"))


async def _own(call: Call, operands: list[str], owner: int, group: int) -> None:
    view = call.view
    async for path, _ in _targets(call, operands):
        try:
            view.fs.chown(view.absolute(path), owner, group, uid=view.uid, ns=view.ns)
        except OSError as error:
            await call.complain(f"'{path}': {error.strerror}")


def _id(name: str, kind: str) -> int:
    if not name:
        return -1
    number = number_of(name)
    if number is None:
        raise UsageError(f"no {kind} '{name}'")
    return number


@applet("hRvr", least=1)
async def relabel(call: Call) -> None:
    """SELinux labels are accepted for files that exist, and not kept."""
    operands = call.operands[1:] if call.name == "chcon" else call.operands
    async for _ in _targets(call, operands):
        pass


COMMANDS: dict[str, Command] = {
    "chmod": chmod,
    "chown": chown,
    "chgrp": chgrp,
    "chcon": relabel,
    "restorecon": relabel,
}
