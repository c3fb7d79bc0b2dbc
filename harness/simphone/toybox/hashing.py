"""`md5sum`, `sha1sum`, `sha224sum`, `sha256sum`, `sha384sum`, `sha512sum`."""

from __future__ import annotations

import hashlib

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.inputs import PIECE, sources


@applet("bcs", long={"brief": "b", "check": "c", "status": "s"})
async def sum_files(call: Call) -> None:
    """One line `HASH  NAME` a file; the applet's own name says which hash."""
    if call.has("c"):
        await _check(call)
        return
    async for name, source in sources(call):
        digest = hashlib.new(call.name.removesuffix("sum"))
        while piece := await source.read(PIECE):
            digest.update(piece)
        text = digest.hexdigest()
        await call.out(f"{text}\n" if call.has("b") else f"{text}  {name}\n")


async def _check(call: Call) -> None:
    async for _, source in sources(call):
        text = (await source.read()).decode(errors="surrogateescape")
        for line in text.splitlines():
            wanted, _, name = line.partition("  ")
            try:
                data = call.view.read(name)
            except OSError as error:
                await call.failed(name, error)
                continue
            same = hashlib.new(call.name.removesuffix("sum"), data).hexdigest() == wanted
            call.status = call.status if same else 1
            if not call.has("s"):
                await call.out(f"{name}: {'OK' if same else 'FAILED'}\n")


COMMANDS: dict[str, Command] = {
    f"{name}sum": sum_files for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
}
