"""`diff`, `strings`, `more`, `clear`, `uuidgen`, `dmesg`, `top`: looking at things."""

from __future__ import annotations

import difflib
import re
import uuid

from harness.simphone.contracts import ROOT_UID, Command
from harness.simphone.storage.identity import name_of
from harness.simphone.toybox.call import Call, applet, reason
from harness.simphone.toybox.inputs import all_of, sources


@applet("abBdiNqrstTuU:wL:", least=2, most=2, long={"brief": "q", "unified": "u"})
async def diff(call: Call) -> int:
    """Unified, as toybox always prints it; 0 alike, 1 different, 2 unreadable."""
    texts: list[list[str]] = []
    for name in call.operands:
        try:
            data = await all_of(call.invocation.stdin) if name == "-" else call.view.read(name)
        except OSError as error:
            await call.complain(f"{name}: {reason(error)}")
            return 2
        texts.append(data.decode(errors="surrogateescape").splitlines(keepends=True))
    (one, other), (first, second) = texts, call.operands
    if one == other:
        return 0
    if call.has("q"):
        await call.out(f"Files {first} and {second} differ\n")
        return 1
    for line in difflib.unified_diff(one, other, first, second, n=call.number("U", 3)):
        await call.out(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return 1


@applet("at:n:fo")
async def strings(call: Call) -> None:
    least = call.number("n", 4)
    async for _, source in sources(call):
        for found in re.findall(rb"[\x20-\x7e\t]{%d,}" % least, await all_of(source)):
            await call.out(found + b"\n")


@applet()
async def more(call: Call) -> None:
    async for _, source in sources(call):
        await call.out(await all_of(source))


@applet()
async def clear(call: Call) -> None:
    await call.out("\x1b[2J\x1b[H")


@applet("r")
async def uuidgen(call: Call) -> None:
    await call.out(f"{uuid.uuid4()}\n")


@applet("Ctrs:n:wSh")
async def dmesg(call: Call) -> None:
    """The kernel's log is root's; it holds the start of the kernel only."""
    if call.invocation.uid != ROOT_UID:
        await call.complain("klogctl: Permission denied")
        return
    version = call.view.read("/proc/version").decode()
    await call.out(f"[    0.000000] {version}")


@applet("bHk:m:n:o:O:p:qs:d:u:")
async def top(call: Call) -> None:
    """One picture of all processes, as `-b -n 1` prints it; nothing here uses the processor."""
    processes = call.phone.processes.all()
    wanted = {int(pid) for pid in call.value("p").split(",") if pid.isdigit()}
    shown = [p for p in processes if not wanted or p.pid in wanted]
    total = len(shown)
    lines = [
        f"Tasks: {total} total,   1 running, {total - 1:>3} sleeping,   0 stopped,   0 zombie",
        "  Mem:  7600000K total,  4400000K used,  3200000K free,     4096K buffers",
        " Swap:  4194300K total,        0K used,  4194300K free,  1200000K cached",
        "800%cpu   0%user   0%nice   0%sys 800%idle   0%iow   0%irq   0%sirq   0%host",
        "  PID USER         PR  NI VIRT  RES  SHR S[%CPU] %MEM     TIME+ ARGS",
    ]
    for process in shown[: call.number("m", len(shown))]:
        memory = "10G 139M  98M" if process.package else "2.0G 3.3M 2.4M"
        row = f"{process.pid:>5} {name_of(process.uid)[:12]:<12} 20   0 {memory}"
        lines.append(f"{row} S  0.0   0.0   0:00.00 {process.name}")
    await call.out("\n".join([*lines, ""]))


COMMANDS: dict[str, Command] = {
    "clear": clear,
    "diff": diff,
    "dmesg": dmesg,
    "more": more,
    "strings": strings,
    "top": top,
    "uuidgen": uuidgen,
}
