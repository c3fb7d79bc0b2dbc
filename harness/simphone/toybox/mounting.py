"""`mount`, `umount`, `nsenter`."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.simphone.contracts import Command
from harness.simphone.storage.proc import namespace_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.children import become
from harness.simphone.toybox.sizes import HasMounts

_NAMESPACE = re.compile(r"/proc/(\d+)/ns/mnt$")


@applet("Bafo:t:rvw", long={"bind": "B", "rbind": "B"})
async def mount(call: Call) -> None:
    if not call.operands:
        await _list(call)
        return
    options = [o for value in call.options.get("o", []) for o in value.split(",")]
    target = call.operands[-1]
    source = call.operands[0] if len(call.operands) > 1 else None
    if "remount" in options:
        await call.complain(f"'/dev/block/dm-5'->'{target}': Device or resource busy")
        return
    bind = call.has("B") or "bind" in options or "rbind" in options
    kind = "bind" if bind else call.value("t", "")
    if call.view.uid != 0:
        await call.complain(f"'{source}'->'{target}': Permission denied")
        return
    if kind not in {"bind", "tmpfs"} or (kind == "bind" and source is None):
        await call.complain(f"'{source}'->'{target}': Invalid argument")
        return
    try:
        origin = call.view.absolute(source) if bind and source else source
        call.phone.fs.mount(
            call.view.absolute(target), source=origin, kind=kind, ns=call.invocation.ns
        )
    except OSError as error:
        await call.complain(f"'{source}'->'{target}': {error.strerror}")


async def _list(call: Call) -> None:
    if isinstance(call.phone.fs, HasMounts):
        for line in call.phone.fs.mounts(ns=call.invocation.ns):
            if not call.has("t") or line.kind == call.value("t"):
                await call.out(line.line() + "\n")


@applet("aDflnrt:v", least=1)
async def umount(call: Call) -> None:
    for operand in call.operands:
        if call.view.uid != 0:
            await call.complain(f"{operand}: Operation not permitted")
            continue
        try:
            call.phone.fs.umount(call.view.absolute(operand), ns=call.invocation.ns)
        except OSError as error:
            await call.complain(f"{operand}: {error.strerror}")


@applet("at:Fm;", stop_early=True, long={"mount": "m", "target": "t"})
async def nsenter(call: Call) -> int:
    """Runs a program in the mount namespace of another process."""
    if call.invocation.uid != 0:
        raise UsageError("setns: Operation not permitted")
    if not call.has("m"):
        raise UsageError("needs --mount: the simulated phone has no other namespaces")
    pid = call.value("t")
    if match := _NAMESPACE.match(call.value("m")):
        pid = match[1]
    process = next((p for p in call.phone.processes.all() if str(p.pid) == pid), None)
    if process is None:
        raise UsageError(f"open '{call.value('m') or pid}': No such file or directory")
    argv = call.operands or ["sh"]
    return await become(replace(call.invocation, ns=namespace_of(process)), argv)


@applet("qdx", least=1, most=1)
async def mountpoint(call: Call) -> int:
    """0 where something is mounted at the folder."""
    path, fs = call.view.absolute(call.operands[0]), call.phone.fs
    mounted = isinstance(fs, HasMounts) and any(
        line.target == path for line in fs.mounts(ns=call.invocation.ns)
    )
    if not call.has("q"):
        await call.out(f"{call.operands[0]} is {'' if mounted else 'not '}a mountpoint\n")
    return 0 if mounted else 1


COMMANDS: dict[str, Command] = {
    "mount": mount,
    "mountpoint": mountpoint,
    "umount": umount,
    "nsenter": nsenter,
}
