"""Reading of applets: files named as operands, or stdin; whole or line by line."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

from harness.simphone.contracts import Source
from harness.simphone.sh.streams import OpenFile, open_file
from harness.simphone.toybox.call import Call

PIECE = 65536


async def sources(call: Call, names: list[str] | None = None) -> AsyncIterator[tuple[str, Source]]:
    """Each operand opened (`-` and no operand = stdin); failures are reported and skipped."""
    for name in (call.operands if names is None else names) or ["-"]:
        if name == "-":
            yield name, call.invocation.stdin
            continue
        try:
            file: OpenFile = open_file(call.view, name, "<", 0o666)
        except OSError as error:
            await call.failed(name, error)
            continue
        yield name, file


async def lines(source: Source) -> AsyncGenerator[bytes]:
    """Lines with their newline (the last perhaps without), as soon as they arrive."""
    rest = b""
    while piece := await source.read(PIECE):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if rest:
        yield rest


async def all_of(source: Source) -> bytes:
    """Everything up to the end."""
    pieces: list[bytes] = []
    while piece := await source.read(PIECE):
        pieces.append(piece)
    return b"".join(pieces)
