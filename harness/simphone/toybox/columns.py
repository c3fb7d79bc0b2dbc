"""`cut`, `tr`."""

from __future__ import annotations

import re

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.inputs import PIECE, lines, sources

_CLASSES = {
    "digit": "0123456789",
    "lower": "abcdefghijklmnopqrstuvwxyz",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "space": " \t\n\r\v\f",
    "blank": " \t",
}
_CLASSES["alpha"] = _CLASSES["lower"] + _CLASSES["upper"]
_CLASSES["alnum"] = _CLASSES["alpha"] + _CLASSES["digit"]
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "0": "\0"}


@applet("b:c:d:f:F:O:sDn")
async def cut(call: Call) -> None:
    letter = next((x for x in "fcbF" if call.has(x)), None)
    if letter is None:
        raise UsageError("must specify a list of fields")
    spans = _spans(call.value(letter))
    separator = call.value("d", "\t").encode()
    async for _, source in sources(call):
        async for line in lines(source):
            row = line.rstrip(b"\n")
            if letter in "cb":
                picked = b"".join(row[a - 1 : b] for a, b in spans)
            else:
                parts = re.split(rb"\s+", row) if letter == "F" else row.split(separator)
                if len(parts) == 1 and letter == "f":
                    if not call.has("s"):
                        await call.out(row + b"\n")
                    continue
                joint = b" " if letter == "F" else separator
                picked = joint.join(p for a, b in spans for p in parts[a - 1 : b])
            await call.out(picked + b"\n")


def _spans(text: str) -> list[tuple[int, int | None]]:
    spans: list[tuple[int, int | None]] = []
    for item in text.split(","):
        match = re.fullmatch(r"(\d*)(-?)(\d*)", item)
        if not match or not (match[1] or match[3]):
            raise UsageError(f"bad range '{item}'")
        first = int(match[1] or 1)
        last = int(match[3]) if match[3] else None if match[2] else first
        spans.append((first, last))
    return sorted(spans, key=lambda span: span[0])


@applet("cCds", least=1, most=2)
async def tr(call: Call) -> None:
    first = _characters(call.operands[0])
    second = _characters(call.operands[1]) if len(call.operands) > 1 else ""
    if call.has("c", "C"):
        first = "".join(chr(i) for i in range(256) if chr(i) not in first)
    table = {}
    if second and not call.has("d"):
        padded = second.ljust(len(first), second[-1])
        table = dict(zip(first, padded, strict=False))
    squeezed = second or first
    last = ""
    while piece := await call.invocation.stdin.read(PIECE):
        out: list[str] = []
        for char in piece.decode("latin-1"):
            if call.has("d") and char in first:
                continue
            new = table.get(char, char)
            if call.has("s") and new == last and new in squeezed:
                continue
            out.append(new)
            last = new
        await call.out("".join(out).encode("latin-1"))


def _characters(text: str) -> str:
    for name, characters in _CLASSES.items():
        text = text.replace(f"[:{name}:]", characters)
    text = re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), text, flags=re.DOTALL)
    return re.sub(
        r"(.)-(.)",
        lambda m: "".join(chr(i) for i in range(ord(m[1]), ord(m[2]) + 1)),
        text,
        flags=re.DOTALL,
    )


COMMANDS: dict[str, Command] = {"cut": cut, "tr": tr}
