"""`rm`, `rmdir`, `unlink`."""

from __future__ import annotations

import errno
import stat

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet


@applet("fiRrv")
async def rm(call: Call) -> None:
    if not call.operands and not call.has("f"):
        await call.complain("Needs 1 argument")
    for operand in call.operands:
        try:
            folder = stat.S_ISDIR(call.view.stat(operand, follow=False).mode)
            if folder and not call.has("r", "R"):
                await call.complain(f"{operand}: is directory")
                continue
            call.view.remove(operand, recursive=True)
        except OSError as error:
            if not (call.has("f") and error.errno == errno.ENOENT):
                await call.failed(operand, error)


@applet("p", least=1)
async def rmdir(call: Call) -> None:
    for operand in call.operands:
        path = operand
        while path and path != "/":
            try:
                if not stat.S_ISDIR(call.view.stat(path, follow=False).mode):
                    raise OSError(errno.ENOTDIR, "", path)
                call.view.remove(path)
            except OSError as error:
                await call.failed(path, error)
                break
            path = path.rstrip("/").rpartition("/")[0] if call.has("p") else ""


@applet("", least=1, most=1)
async def unlink(call: Call) -> None:
    try:
        call.view.remove(call.operands[0])
    except OSError as error:
        await call.failed(call.operands[0], error)


COMMANDS: dict[str, Command] = {"rm": rm, "rmdir": rmdir, "unlink": unlink}
