"""Programs that start others: xargs, timeout, setsid, nohup, env, su, nice, time."""

from __future__ import annotations

import asyncio
import shlex
from dataclasses import replace

from harness.simphone.contracts import Command
from harness.simphone.sh import signals
from harness.simphone.sh.builtins.jobs import seconds_of
from harness.simphone.sh.streams import BytesSource
from harness.simphone.storage.identity import number_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.children import become, run_child
from harness.simphone.toybox.inputs import all_of

TIMED_OUT = 124


@applet("0E:n:P:oprs:t", stop_early=True, long={"no-run-if-empty": "r", "null": "0"})
async def xargs(call: Call) -> int:
    data = (await all_of(call.invocation.stdin)).decode(errors="surrogateescape")
    command = call.operands or ["echo"]
    status = 0
    for argv in _batches(call, command, data):
        if call.has("t"):
            await call.invocation.stderr.write((shlex.join(argv) + "\n").encode())
        code = await run_child(call.invocation, argv, stdin=BytesSource(b""))
        if code:
            status = code if code in {126, 127} else 123
    return status


def _batches(call: Call, command: list[str], data: str) -> list[list[str]]:
    """Toybox 0.8.9 knows neither `-I` nor `-L`."""
    if call.has("0"):
        words = [w for w in data.split("\0") if w]
    else:
        try:
            words = shlex.split(data)
        except ValueError:
            raise UsageError("unmatched quote") from None
    if not words:
        return [] if call.has("r") else [command]
    size = call.number("n", len(words))
    return [[*command, *words[i : i + size]] for i in range(0, len(words), max(1, size))]


@applet("k:s:vfi", stop_early=True, least=2, long={"foreground": "f", "signal": "s"})
async def timeout(call: Call) -> int:
    seconds = seconds_of(call.operands[0])
    signal = signals.number_of(call.value("s", "TERM"))
    if seconds is None or signal is None:
        raise UsageError(f"bad time '{call.operands[0]}'")
    child = asyncio.ensure_future(run_child(call.invocation, call.operands[1:]))
    done, _ = await asyncio.wait({child}, timeout=seconds or None)
    if done:
        return child.result()
    child.cancel()
    await asyncio.wait({child})
    return 137 if signal == signals.KILL else TIMED_OUT


@applet("cdw", stop_early=True, least=1)
async def setsid(call: Call) -> int:
    """A session of its own; `adb shell` ending never reaches it, as for all jobs here."""
    return await become(call.invocation, call.operands)


@applet("", stop_early=True, least=1)
async def nohup(call: Call) -> int:
    """Ignores SIGHUP; output that would go to a terminal stays as it is (there is none)."""
    return await become(call.invocation, ["sh", "-c", "trap '' HUP; exec \"$@\"", "nohup",
                                          *call.operands])  # fmt: skip


@applet("iu:0", stop_early=True)
async def env(call: Call) -> int:
    variables = {} if call.has("i") else dict(call.invocation.env)
    for name in call.options.get("u", []):
        variables.pop(name, None)
    words = list(call.operands)
    while words and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        variables[name] = value
    if words:
        return await become(replace(call.invocation, env=variables), words)
    await call.out("".join(f"{n}={v}\n" for n, v in variables.items()))
    return 0


@applet("0")
async def printenv(call: Call) -> int:
    variables = call.invocation.env
    if not call.operands:
        await call.out("".join(f"{n}={v}\n" for n, v in variables.items()))
        return 0
    found = [variables[n] for n in call.operands if n in variables]
    await call.out("".join(f"{value}\n" for value in found))
    return 0 if len(found) == len(call.operands) else 1


@applet("cl", stop_early=True)
async def su(call: Call) -> int:
    """`su [UID] [COMMAND…]` of userdebug builds; retail phones have none."""
    invocation = call.invocation
    if call.phone.spec.profile != "userdebug":
        text = "/system/bin/sh: su: inaccessible or not found\n"
        await invocation.stderr.write(text.encode())
        return 127
    if invocation.uid not in {0, 2000}:
        raise UsageError("not allowed")
    words = list(call.operands)
    name = "root" if call.has("c") or not words else words.pop(0)
    uid = number_of(name)
    if uid is None:
        raise UsageError(f"invalid uid/gid '{name}'")
    if call.has("c"):
        words = ["sh", "-c", *words[:1]]
    return await run_child(replace(invocation, uid=uid, env={}), words or ["sh"])


@applet("n:", stop_early=True)
async def nice(call: Call) -> int:
    return await become(call.invocation, call.operands or ["true"])


@applet("pv", stop_early=True)
async def time(call: Call) -> int:
    loop = asyncio.get_running_loop()
    before = loop.time()
    status = await run_child(call.invocation, call.operands or ["true"])
    spent = loop.time() - before
    text = f"real {spent:.6f}\nuser 0.000000\nsys 0.000000\n"
    await call.invocation.stderr.write(text.encode())
    return status


COMMANDS: dict[str, Command] = {
    "xargs": xargs,
    "timeout": timeout,
    "setsid": setsid,
    "nohup": nohup,
    "env": env,
    "printenv": printenv,
    "su": su,
    "nice": nice,
    "ionice": nice,
    "time": time,
}
