"""`du`, `df`, `free`, `nproc`."""

from __future__ import annotations

import posixpath
import stat
from typing import Protocol, runtime_checkable

from harness.simphone.contracts import Command
from harness.simphone.storage.mounts import Mount
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.ls import human
from harness.simphone.toybox.tree import walk


@runtime_checkable
class HasMounts(Protocol):
    """File systems that show their mount table."""

    def mounts(self, *, ns: str = "init") -> tuple[Mount, ...]: ...


@applet("acd:hHklLmsxb", long={"max-depth": "d"})
async def du(call: Call) -> None:
    for operand in call.operands or ["."]:
        await _du(call, operand)


async def _du(call: Call, operand: str) -> None:
    deepest = 0 if call.has("s") else call.number("d", 10_000)
    sums: dict[str, int] = {}
    async for path, status, depth in walk(call, operand, children_first=True):
        folder = stat.S_ISDIR(status.mode)
        size = status.size if call.has("b") else -(-status.size // 4096) * 4096
        size += sums.pop(path, 0)
        parent = posixpath.dirname(path.rstrip("/")) if depth else ""
        sums[parent] = sums.get(parent, 0) + size
        if depth <= deepest and (folder or call.has("a") or depth == 0):
            await call.out(f"{_amount(call, size)}\t{path}\n")


def _amount(call: Call, size: int) -> str:
    if call.has("h"):
        return human(size)
    if call.has("b"):
        return str(size)
    return str(-(-size // (1024**2 if call.has("m") else 1024)))


@applet("HPkhit:a")
async def df(call: Call) -> None:
    """`df` of the operands' volumes, or of all mounts that count."""
    fs = call.phone.fs
    mounts = fs.mounts(ns=call.invocation.ns) if isinstance(fs, HasMounts) else ()
    chosen: list[Mount] = []
    if call.operands:
        for operand in call.operands:
            try:
                call.view.stat(operand)
            except OSError as error:
                await call.failed(operand, error)
                continue
            path = call.view.absolute(operand)
            real = getattr(fs, "realpath", posixpath.normpath)(path)
            chosen += [m for m in reversed(mounts) if m.holds(real)][:1]
    else:
        chosen = [m for m in mounts if m.kind not in {"proc", "sysfs"}]
    if not chosen:
        return
    size, rest = ("Size", "Avail") if call.has("h") else ("1K-blocks", "Available")
    head = ["Filesystem", size, "Used", rest, "Use%", "Mounted on"]
    rows = [head, *(_row(call, mount) for mount in chosen)]
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [row[i].rjust(widths[i]) for i in range(1, 5)]
        await call.out(" ".join([*cells, row[5]]) + "\n")


def _row(call: Call, mount: Mount) -> list[str]:
    total, free = call.phone.fs.usage(mount.target)
    used = total - free
    share = f"{-(-100 * used // total)}%" if total else "0%"
    sizes = [human(n) if call.has("h") else str(n // 1024) for n in (total, used, free)]
    return [mount.source, *sizes, share, mount.target]


@applet("bkmght")
async def free(call: Call) -> None:
    total, available = 7_600_000 * 1024, 3_200_000 * 1024
    try:
        text = call.view.read("/proc/meminfo").decode()
        numbers = {line.split(":")[0]: int(line.split()[1]) for line in text.splitlines()}
        total, available = numbers["MemTotal"] * 1024, numbers["MemAvailable"] * 1024
    except (OSError, KeyError, ValueError, IndexError):
        pass  # no /proc here: the usual numbers
    unit = 1024**3 if call.has("g") else 1024**2 if call.has("m") else 1024 if call.has("k") else 1
    used = total - available
    row = "".join(f"{n // unit:>16}" for n in (total, used, available, 0, 0))
    await call.out(f"{'':8}{'total':>16}{'used':>16}{'free':>16}{'shared':>16}{'buffers':>16}\n")
    await call.out(f"Mem:    {row}\n")


@applet("", long={"all": "a"})
async def nproc(call: Call) -> None:
    await call.out("8\n")


COMMANDS: dict[str, Command] = {"du": du, "df": df, "free": free, "nproc": nproc}
