"""`id`, `whoami`, `groups`, `uname`, `getenforce`, `hostname`."""

from __future__ import annotations

from harness.simphone.contracts import Command
from harness.simphone.storage.identity import context_of, groups_of, name_of, number_of
from harness.simphone.storage.proc import KERNEL
from harness.simphone.toybox.call import Call, UsageError, applet


@applet("ZGgnru", most=1)
async def id_(call: Call) -> None:
    uid = call.invocation.uid
    if call.operands:
        found = number_of(call.operands[0])
        if found is None:
            raise UsageError(f"bad user '{call.operands[0]}'")
        uid = found
    named = call.has("n")
    if call.has("u", "g"):
        await call.out(f"{name_of(uid) if named else uid}\n")
    elif call.has("G"):
        await call.out(" ".join(name_of(g) if named else str(g) for g in groups_of(uid)) + "\n")
    elif call.has("Z"):
        await call.out(context_of(uid) + "\n")
    else:
        groups = ",".join(_both(g) for g in groups_of(uid))
        text = f"uid={_both(uid)} gid={_both(uid)} groups={groups} context={context_of(uid)}\n"
        await call.out(text)


def _both(number: int) -> str:
    return f"{number}({name_of(number)})"


@applet("", most=0)
async def whoami(call: Call) -> None:
    await call.out(f"{name_of(call.invocation.uid)}\n")


@applet("")
async def groups(call: Call) -> None:
    await call.out(" ".join(name_of(g) for g in groups_of(call.invocation.uid)) + "\n")


@applet("asnrvmop", most=0)
async def uname(call: Call) -> None:
    values = {
        "s": "Linux",
        "n": "localhost",
        "r": KERNEL,
        "v": "#1 SMP PREEMPT",
        "m": "aarch64",
        "o": "Toybox",
    }
    letters = "snrvmo" if call.has("a") else "".join(x for x in "snrvmo" if call.has(x)) or "s"
    await call.out(" ".join(values[x] for x in letters) + "\n")


@applet("", most=0)
async def getenforce(call: Call) -> None:
    await call.out("Enforcing\n")


@applet("sf", most=1)
async def hostname(call: Call) -> None:
    await call.out("localhost\n")


@applet("s", most=0)
async def tty(call: Call) -> int:
    """No program of the simulated phone has a terminal as its input."""
    if not call.has("s"):
        await call.out("not a tty\n")
    return 1


COMMANDS: dict[str, Command] = {
    "id": id_,
    "whoami": whoami,
    "groups": groups,
    "uname": uname,
    "getenforce": getenforce,
    "hostname": hostname,
    "logname": whoami,
    "tty": tty,
}
