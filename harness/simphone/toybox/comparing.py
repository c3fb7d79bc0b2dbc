"""`cmp`, `comm`, `paste`: files side by side."""

from __future__ import annotations

from itertools import zip_longest

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet, reason
from harness.simphone.toybox.inputs import all_of, sources


async def _contents(call: Call) -> list[bytes] | None:
    """What all operands hold; None (and a complaint) when one cannot be read."""
    found: list[bytes] = []
    async for _, source in sources(call):
        found.append(await all_of(source))
    return found if len(found) == len(call.operands) else None


@applet("ls", least=1, most=2, long={"silent": "s", "quiet": "s"})
async def compare(call: Call) -> int:
    """0 alike, 1 different, 2 unreadable."""
    both: list[bytes] = []
    for name in [*call.operands, "-"][:2]:
        try:
            if name == "-":
                both.append(await all_of(call.invocation.stdin))
            else:
                both.append(call.view.read(name))
        except OSError as error:
            await call.complain(f"{name}: {reason(error)}")
            return 2
    one, other = both
    names = " ".join(call.operands)
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        if len(one) == len(other):
            return 0
        short = call.operands[len(other) < len(one)] if len(call.operands) > 1 else "-"
        if not call.has("s"):
            await call.complain(f"EOF on {short}")
        return 1
    line = one.count(b"\n", 0, same) + 1
    if call.has("l"):
        rows = [
            f"{at + 1} {a:o} {b:o}\n"
            for at, (a, b) in enumerate(zip(one, other, strict=False))
            if a != b
        ]
        await call.out("".join(rows))
    elif not call.has("s"):
        await call.out(f"{names} differ: char {same + 1}, line {line}\n")
    return 1


@applet("123", least=2, most=2)
async def comm(call: Call) -> None:
    """Lines of sorted files: only in the first, only in the second, in both."""
    found = await _contents(call)
    if found is None:
        return
    one, other = (data.splitlines() for data in found)
    shown = [column for column in "123" if not call.has(column)]
    out: list[bytes] = []

    def put(column: str, line: bytes) -> None:
        if column in shown:
            out.append(b"\t" * shown.index(column) + line + b"\n")

    while one and other:
        if one[0] == other[0]:
            put("3", one.pop(0))
            other.pop(0)
        elif one[0] < other[0]:
            put("1", one.pop(0))
        else:
            put("2", other.pop(0))
    for line in one:
        put("1", line)
    for line in other:
        put("2", line)
    await call.out(b"".join(out))


@applet("d:s")
async def paste(call: Call) -> None:
    """Lines of the files next to each other; with `-s` a file's lines in one."""
    found = await _contents(call)
    if found is None:
        return
    mark = call.value("d", "\t").encode() or b""
    files = [data.splitlines() for data in found]
    rows = files if call.has("s") else [list(row) for row in zip_longest(*files, fillvalue=b"")]
    await call.out(b"".join(mark.join(row) + b"\n" for row in rows))


COMMANDS: dict[str, Command] = {"cmp": compare, "comm": comm, "paste": paste}
