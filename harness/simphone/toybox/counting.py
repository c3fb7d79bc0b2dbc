"""`head`, `tail`, `wc`."""

from __future__ import annotations

import asyncio
from collections import deque

from harness.simphone.contracts import Command, Source
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.inputs import all_of, lines, sources

FOLLOW_EVERY = 0.2  # seconds between looks at a followed file


async def _titled(call: Call, name: str, *, first: bool) -> None:
    several = len(call.operands) > 1 or call.has("v")
    if several and not call.has("q"):
        await call.out(("" if first else "\n") + f"==> {name} <==\n")


@applet("n:c:qv0123456789")
async def head(call: Call) -> None:
    count = _count(call)
    first = True
    async for name, source in sources(call):
        await _titled(call, name, first=first)
        first = False
        if call.has("c"):
            await call.out(await source.read(call.number("c")))
        elif count < 0:
            data = (await all_of(source)).splitlines(keepends=True)
            await call.out(b"".join(data[:count]))
        else:
            await _head(call, source, count)


async def _head(call: Call, source: Source, count: int) -> None:
    if count == 0:
        return
    reading = lines(source)
    async for line in reading:
        await call.out(line)
        count -= 1
        if count == 0:
            break
    await reading.aclose()


@applet("n:c:fFqvs:0123456789")
async def tail(call: Call) -> None:
    first = True
    last: tuple[str, int] | None = None
    async for name, source in sources(call):
        await _titled(call, name, first=first)
        first = False
        data = await all_of(source) if call.has("c") or call.value("n").startswith("+") else b""
        if call.has("c"):
            text = call.value("c")
            size = int(text.lstrip("+-"))
            await call.out(data[size - 1 :] if text.startswith("+") else data[-size:])
        elif call.value("n").startswith("+"):
            rest = data.splitlines(keepends=True)[max(0, int(call.value("n")) - 1) :]
            await call.out(b"".join(rest))
        else:
            kept: deque[bytes] = deque(maxlen=abs(_count(call)))
            async for line in lines(source):
                kept.append(line)
            await call.out(b"".join(kept))
        last = (name, 0) if name != "-" else None
    if call.has("f", "F") and last:
        await _follow(call, last[0])


async def _follow(call: Call, name: str) -> None:
    seen = len(call.view.read(name))
    while True:
        await asyncio.sleep(FOLLOW_EVERY)
        data = call.view.read(name) if call.view.exists(name) else b""
        if len(data) != seen:
            await call.out(data[seen if len(data) > seen else 0 :])
            seen = len(data)


def _count(call: Call) -> int:
    for letter in call.options:
        if letter.isdigit():
            return int("".join(k for k in call.options if k.isdigit()))
    return call.number("n", 10)


@applet("clLmw")
async def wc(call: Call) -> None:
    totals = [0, 0, 0]
    rows = 0
    chosen: list[int] = [i for i, letter in enumerate("lwc") if call.has(letter)] or [0, 1, 2]
    if call.has("m"):
        kept = chosen if call.has("l", "w", "c") else []
        chosen = [*(i for i in kept if i != 2), 2]
    aligned = len(chosen) > 1 or len(call.operands) > 1
    async for name, source in sources(call):
        data = await all_of(source)
        size = len(data.decode(errors="replace")) if call.has("m") else len(data)
        counts = [data.count(b"\n"), len(data.split()), size]
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        rows += 1
        await call.out(_row(counts, chosen, name, aligned=aligned))
    if rows > 1:
        await call.out(_row(totals, chosen, "total", aligned=aligned))


def _row(counts: list[int], chosen: list[int], name: str, *, aligned: bool) -> str:
    width = 7 if aligned else 0
    numbers = " ".join(f"{counts[i]:>{width}}" for i in chosen)
    return f"{numbers}\n" if name == "-" else f"{numbers} {name}\n"


COMMANDS: dict[str, Command] = {"head": head, "tail": tail, "wc": wc}
