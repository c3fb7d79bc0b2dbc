"""`nl`, `rev`, `tac`, `split`, `cksum`: one input in another shape."""

from __future__ import annotations

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.inputs import all_of, sources

_POLYNOMIAL = 0x04C11DB7
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


async def _all(call: Call) -> bytes:
    data = b""
    async for _, source in sources(call):
        data += await all_of(source)
    return data


@applet("b:n:s:v:w:")
async def nl(call: Call) -> None:
    """Numbers the lines that are not empty (`-b a`: all)."""
    number, width = call.number("v", 1), call.number("w", 6)
    every = call.value("b", "t") == "a"
    for line in (await _all(call)).splitlines():
        if line or every:
            await call.out(f"{number:>{width}}{call.value('s', chr(9))}".encode() + line + b"\n")
            number += 1
        else:
            await call.out(b" " * (width + 1) + b"\n")


@applet()
async def rev(call: Call) -> None:
    lines = (await _all(call)).decode(errors="surrogateescape").splitlines()
    await call.out("".join(f"{line[::-1]}\n" for line in lines))


@applet()
async def tac(call: Call) -> None:
    async for _, source in sources(call):
        await call.out(b"".join(reversed((await all_of(source)).splitlines(keepends=True))))


@applet("a:b:l:", most=2)
async def split(call: Call) -> None:
    """Files of so many lines or bytes: `xaa`, `xab` …."""
    prefix = call.operands.pop() if len(call.operands) == 2 else "x"
    data = await _all(call)
    if call.status:
        return
    if call.has("b"):
        size = call.number("b")
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
    else:
        rows, count = data.splitlines(keepends=True), call.number("l", 1000)
        pieces = [b"".join(rows[at : at + count]) for at in range(0, len(rows), count)]
    for number, piece in enumerate(pieces):
        call.view.write(prefix + _suffix(number, call.number("a", 2)), piece)


def _suffix(number: int, length: int) -> str:
    letters = ""
    for _ in range(length):
        number, rest = divmod(number, len(_LETTERS))
        letters = _LETTERS[rest] + letters
    if number:
        raise UsageError("bad suffix")
    return letters


@applet()
async def cksum(call: Call) -> None:
    """POSIX's CRC-32: the length is part of what is summed."""
    async for name, source in sources(call):
        data = await all_of(source)
        tail = "" if name == "-" else f" {name}"
        await call.out(f"{_checksum(data)} {len(data)}{tail}\n")


def _checksum(data: bytes) -> int:
    length, crc = len(data), 0
    extra = length.to_bytes((length.bit_length() + 7) // 8, "little")
    for byte in (*data, *extra):
        crc ^= byte << 24
        for _ in range(8):
            crc = ((crc << 1) ^ (_POLYNOMIAL if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc ^ 0xFFFFFFFF


COMMANDS: dict[str, Command] = {
    "cksum": cksum,
    "nl": nl,
    "rev": rev,
    "split": split,
    "tac": tac,
}
