"""`sort`, `uniq`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.inputs import all_of, sources

_NUMBER = re.compile(rb"\s*(-?\d+(?:\.\d+)?)")
_UNITS = {b"K": 1024, b"M": 1024**2, b"G": 1024**3, b"T": 1024**4}


@applet("bcdfhk:Mnrst:uVo:")
async def sort(call: Call) -> int | None:
    rows: list[bytes] = []
    async for _, source in sources(call):
        rows += (await all_of(source)).splitlines()
    key = _key(call)
    ordered = sorted(rows) if not call.has("s") else rows
    ordered = sorted(ordered, key=key, reverse=call.has("r"))
    if call.has("c"):
        return 0 if ordered == rows else 1
    if call.has("u"):
        ordered = [next(group) for _, group in itertools.groupby(ordered, key=key)]
    data = b"".join(row + b"\n" for row in ordered)
    if call.has("o"):
        call.view.write(call.value("o"), data, new_mode=0o666)
    else:
        await call.out(data)
    return None


def _key(call: Call) -> Callable[[bytes], tuple[float, bytes]]:
    keys = call.options.get("k", [])
    separator = call.value("t").encode() or None

    def field(row: bytes) -> bytes:
        if not keys:
            return row
        start, _, end = keys[0].partition(",")
        parts = row.split(separator)
        return (separator or b" ").join(parts[_leading(start) - 1 : _leading(end) or None])

    flags = "".join([*(k.lstrip("0123456789.,") for k in keys), *call.options])

    def key(row: bytes) -> tuple[float, bytes]:
        text = field(row)
        if "n" in flags or "h" in flags or "V" in flags:
            match = _NUMBER.match(text)
            number = float(match[1]) if match else 0.0
            unit = text[match.end() : match.end() + 1] if match else b""
            return (number * _UNITS.get(unit.upper(), 1) if "h" in flags else number), b""
        return 0.0, text.lower() if "f" in flags else text

    return key


def _leading(text: str) -> int:
    match = re.match(r"\d+", text)
    return int(match[0]) if match else 0


@applet("cdiuf:s:w:", most=2)
async def uniq(call: Call) -> None:
    names = call.operands[:1] or ["-"]
    rows: list[bytes] = []
    async for _, source in sources(call, names):
        rows += (await all_of(source)).splitlines()

    def key(row: bytes) -> bytes:
        skipped = row.split(None, call.number("f"))[-1] if call.has("f") else row
        return skipped.lower() if call.has("i") else skipped

    for _, group in itertools.groupby(rows, key=key):
        same = list(group)
        if (call.has("d") and len(same) == 1) or (call.has("u") and len(same) > 1):
            continue
        count = f"{len(same):>7} ".encode() if call.has("c") else b""
        await call.out(count + same[0] + b"\n")


COMMANDS: dict[str, Command] = {"sort": sort, "uniq": uniq}
