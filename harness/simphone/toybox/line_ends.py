"""`dos2unix` and `unix2dos`: line ends of files in place, or of what comes in."""

from __future__ import annotations

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.inputs import all_of


@applet("")
async def convert(call: Call) -> None:
    """Which of the two is asked for is in the name."""
    if not call.operands:
        await call.out(_converted(call, await all_of(call.invocation.stdin)))
    for operand in call.operands:
        try:
            call.view.write(operand, _converted(call, call.view.read(operand)))
        except OSError as error:
            await call.failed(operand, error)


def _converted(call: Call, data: bytes) -> bytes:
    plain = data.replace(b"\r\n", b"\n")
    return plain if call.name == "dos2unix" else plain.replace(b"\n", b"\r\n")


COMMANDS: dict[str, Command] = {"dos2unix": convert, "unix2dos": convert}
