"""Small programs on words: echo, printf, test, basename, seq, yes, which and their like."""

from __future__ import annotations

import asyncio
import posixpath

from harness.simphone.contracts import Command
from harness.simphone.sh import formatting
from harness.simphone.sh.builtins.jobs import seconds_of
from harness.simphone.sh.conditions import ConditionError, holds
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.children import FindsPrograms

PATIENCE = 100  # lines of `yes` between two turns of the event loop


@applet("", least=1, most=1)
async def usleep(call: Call) -> None:
    """Microseconds."""
    if not call.operands[0].isdigit():
        raise UsageError(f"not integer: {call.operands[0]}")
    await asyncio.sleep(int(call.operands[0]) / 1e6)


@applet(raw=True)
async def echo(call: Call) -> None:
    await call.out(formatting.echo(call.operands))


@applet(raw=True)
async def printf(call: Call) -> None:
    words = call.operands[call.operands[:1] == ["--"] :]
    if not words:
        raise UsageError("Needs 1 argument")
    text, error = formatting.printf(words[0], words[1:])
    await call.out(text)
    if error:
        await call.complain(error)


@applet(raw=True)
async def test(call: Call) -> int:
    words = list(call.operands)
    if call.name == "[":
        if words[-1:] != ["]"]:
            raise UsageError("missing ]")
        words.pop()
    try:
        return 0 if holds(words, call.view) else 1
    except ConditionError as error:
        await call.complain(str(error))
        return 2


@applet(raw=True)
async def true(call: Call) -> int:
    return 0 if call.name == "true" else 1


@applet("", least=1)
async def sleep(call: Call) -> None:
    total = 0.0
    for operand in call.operands:
        seconds = seconds_of(operand)
        if seconds is None:
            raise UsageError(f"bad time '{operand}'")
        total += seconds
    await asyncio.sleep(total)


@applet("as:", least=1)
async def basename(call: Call) -> None:
    several = call.has("a", "s")
    suffix = call.value("s") or ("" if several else "".join(call.operands[1:2]))
    for operand in call.operands if several else call.operands[:1]:
        name = operand.rstrip("/").rpartition("/")[2] or "/"
        name = name.removesuffix(suffix) if name != suffix else name
        await call.out(f"{name}\n")


@applet("", least=1)
async def dirname(call: Call) -> None:
    for operand in call.operands:
        folder = posixpath.dirname(operand.rstrip("/"))
        await call.out(f"{folder or ('/' if operand.startswith('/') else '.')}\n")


@applet(raw=True)
async def seq(call: Call) -> None:
    words = list(call.operands)
    separator, end, wide = "\n", "\n", False
    while words and words[0] in {"-s", "-w", "-f"}:
        option = words.pop(0)
        wide = wide or option == "-w"
        separator = words.pop(0) if option == "-s" and words else separator
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        raise UsageError(f"bad number '{' '.join(words)}'") from None
    if not 1 <= len(numbers) <= 3:
        raise UsageError("Needs 1 argument")
    first = numbers[0] if len(numbers) > 1 else 1.0
    step = numbers[1] if len(numbers) == 3 else 1.0
    places = max((len(w.partition(".")[2]) for w in words), default=0)
    count = int((numbers[-1] - first) / step + 1e-9) + 1 if step else 0
    shown = [f"{first + i * step:.{places}f}" for i in range(max(0, count))]
    width = max((len(text) for text in shown), default=0) if wide else 0
    if shown:
        await call.out(separator.join(text.zfill(width) for text in shown) + end)


@applet(raw=True)
async def yes(call: Call) -> None:
    line = " ".join(call.operands or ["y"]) + "\n"
    while True:
        await call.out(line * PATIENCE)
        await asyncio.sleep(0)


@applet("LP")
async def pwd(call: Call) -> None:
    await call.out(f"{call.invocation.cwd}\n")


@applet("a", least=1)
async def which(call: Call) -> None:
    shell = call.phone.shell
    for operand in call.operands:
        found = None
        if isinstance(shell, FindsPrograms):
            found = shell.path_of(operand, call.invocation)
        if found is None:
            call.status = 1
        else:
            await call.out(f"{found}\n")


@applet("")
async def sync(call: Call) -> None:
    del call


COMMANDS: dict[str, Command] = {
    "echo": echo,
    "printf": printf,
    "test": test,
    "[": test,
    "true": true,
    "false": true,
    "sleep": sleep,
    "usleep": usleep,
    "basename": basename,
    "dirname": dirname,
    "seq": seq,
    "yes": yes,
    "pwd": pwd,
    "which": which,
    "sync": sync,
}
