"""`base64`, `xxd`, `od`."""

from __future__ import annotations

import base64 as codec
import binascii
import re
import textwrap

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.inputs import all_of, sources


@applet("diw:", long={"decode": "d", "wrap": "w"}, most=1)
async def base64(call: Call) -> None:
    async for _, source in sources(call):
        data = await all_of(source)
        if call.has("d"):
            try:
                await call.out(codec.b64decode(data, validate=False))
            except binascii.Error:
                await call.complain("bad input")
            continue
        text = codec.b64encode(data).decode()
        width = call.number("w", 76)
        await call.out("".join(f"{row}\n" for row in _wrapped(text, width)) if width else text)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or []


@applet("c:g:il:o:prs:", most=1)
async def xxd(call: Call) -> None:
    async for _, source in sources(call):
        data = await all_of(source)
        data = data[call.number("s") :]
        data = data[: call.number("l")] if call.has("l") else data
        if call.has("r"):
            await call.out(_from_hex(data.decode(errors="replace"), plain=call.has("p")))
        elif call.has("p"):
            width = call.number("c", 30) * 2 or len(data) * 2
            rows = [data.hex()[i : i + width] for i in range(0, len(data) * 2, width)]
            await call.out("".join(f"{row}\n" for row in rows))
        else:
            await call.out(_dump(data, call.number("c", 16), call.number("g", 2)))


def _dump(data: bytes, width: int, group: int) -> str:
    rows: list[str] = []
    room = width * 2 + -(-width // group)
    for at in range(0, len(data), width):
        piece = data[at : at + width]
        text = " ".join(piece[i : i + group].hex() for i in range(0, len(piece), group))
        shown = "".join(chr(b) if 32 <= b < 127 else "." for b in piece)
        rows.append(f"{at:08x}: {text:<{room}} {shown}\n")
    return "".join(rows)


def _from_hex(text: str, *, plain: bool) -> bytes:
    if not plain:
        rows = [re.sub(r"^[0-9a-fA-F]+: ", "", row).split("  ")[0] for row in text.splitlines()]
        text = "".join(rows)
    digits = re.sub(r"[^0-9a-fA-F]", "", text)
    return bytes.fromhex(digits[: len(digits) // 2 * 2])


@applet("A:j:N:t:vbcdosx")
async def od(call: Call) -> None:
    """Bytes in hex (`-t x1`, `-x`), characters (`-c`, `-t c`) or octal."""
    kind = call.value("t", "c" if call.has("c") else "x2" if call.has("x") else "o2")
    base = {"d": "07d", "x": "06x", "n": None}.get(call.value("A", "o"), "07o")
    size = 1 if kind in {"c", "x1"} else 2
    async for _, source in sources(call):
        data = (await all_of(source))[call.number("j") :]
        data = data[: call.number("N")] if call.has("N") else data
        for at in range(0, len(data), 16):
            cells = [_cell(data[i : i + size], kind) for i in
                     range(at, min(at + 16, len(data)), size)]  # fmt: skip
            prefix = f"{at:{base}}" if base else ""
            await call.out(prefix + "".join(f" {cell}" for cell in cells) + "\n")
        if base:
            await call.out(f"{len(data):{base}}\n")


def _cell(piece: bytes, kind: str) -> str:
    if kind == "c":
        shown = {10: "\\n", 9: "\\t", 0: "\\0", 13: "\\r"}.get(piece[0])
        return f"{shown or chr(piece[0]):>3}" if piece[0] < 127 else f"{piece[0]:03o}"
    number = int.from_bytes(piece, "little")
    if kind.startswith("x"):
        return f"{number:0{2 * len(piece)}x}"
    return f"{number:0{3 if len(piece) == 1 else 6}o}"


COMMANDS: dict[str, Command] = {"base64": base64, "xxd": xxd, "od": od}
