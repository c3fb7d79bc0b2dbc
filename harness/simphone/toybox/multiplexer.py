"""`toybox [--long | --help NAME | --version | NAME [ARG…]]`: one program that is many."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.children import become
from harness.simphone.toybox.versions import number, part_of_toybox

WIDTH = 78


def multiplexer(parts: Mapping[str, Command]) -> Command:
    """The program that runs `parts` by name."""

    @applet(raw=True)
    async def toybox(call: Call) -> int | None:
        api = call.phone.spec.api
        names = sorted(name for name in parts if part_of_toybox(name, api))
        name, *_ = call.operands or [""]
        if name == "--version":
            await call.out(f"toybox {number(api)}-android\n")
        elif name in ("", "--long"):
            prefix = "/system/bin/" if name else ""
            await call.out(_wrapped([prefix + found for found in names]))
        elif name == "--help":
            return await become(call.invocation, [*call.operands[1:2], "--help"])
        elif name not in names:
            raise UsageError(f"Unknown command {name}")
        else:
            return await become(call.invocation, call.operands)
        return None

    return toybox


def _wrapped(names: list[str]) -> str:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) >= WIDTH:
            lines.append("")
        lines[-1] += f"{name} "
    return "".join(f"{line.rstrip()}\n" for line in lines)
