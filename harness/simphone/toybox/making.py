"""`mkdir`, `touch`, `ln`, `mktemp`, `truncate`, `fallocate`."""

from __future__ import annotations

import errno
import secrets
import stat
from datetime import datetime

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.modes import changed
from harness.simphone.toybox.times import zone

_UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}


@applet("m:pv", least=1, long={"parents": "p", "mode": "m"})
async def mkdir(call: Call) -> None:
    mode = changed(0o40777, call.value("m", "777"))
    if mode is None:
        raise UsageError(f"bad mode '{call.value('m')}'")
    for operand in call.operands:
        try:
            call.view.mkdir(operand, mode=mode, parents=call.has("p"))
        except OSError as error:
            await call.complain(f"'{operand}': {error.strerror}")


@applet("acd:fhmr:t:", least=1, long={"date": "d", "reference": "r", "no-create": "c"})
async def touch(call: Call) -> None:
    when = _when(call)
    for operand in call.operands:
        try:
            if not call.view.exists(operand):
                if call.has("c"):
                    continue
                call.view.write(operand, b"", new_mode=0o666)
            full = call.view.absolute(operand)
            call.phone.fs.utime(full, when, uid=call.view.uid, ns=call.view.ns)
        except OSError as error:
            await call.complain(f"'{operand}': {error.strerror}")


def _when(call: Call) -> float:
    now = call.phone.clock.now()
    if call.has("r"):
        return call.view.stat(call.value("r")).mtime
    text = call.value("d") or call.value("t")
    if not text:
        return now
    if text.startswith("@"):
        return float(text[1:])
    place = zone(call.phone, call.invocation.env)
    patterns = (
        "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
        "%Y%m%d%H%M.%S", "%Y%m%d%H%M",
    )  # fmt: skip
    for pattern in patterns:
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=place).timestamp()
        except ValueError:
            continue
    raise UsageError(f"bad date '{text}'")


@applet("sfnTtrv", least=1)
async def ln(call: Call) -> None:
    *targets, path = call.operands if len(call.operands) > 1 else [*call.operands, "."]
    view = call.view
    if not call.has("s"):
        await call.complain(f"cannot create hard link from '{targets[0]}' to '{path}': "
                            "Operation not permitted")  # fmt: skip
        return
    for target in targets:
        place = path
        if view.exists(path) and stat.S_ISDIR(view.stat(path, follow=not call.has("n")).mode):
            place = f"{path.rstrip('/')}/{target.rpartition('/')[2]}"
        try:
            if call.has("f") and view.exists(place, follow=False):
                view.remove(place)
            view.fs.symlink(target, view.absolute(place), uid=view.uid)
        except OSError as error:
            text = f"cannot create symbolic link from '{target}' to '{place}': {error.strerror}"
            await call.complain(text)


@applet("dp:qtu", most=1)
async def mktemp(call: Call) -> None:
    template = call.operands[0] if call.operands else "tmp.XXXXXXXXXX"
    if not call.operands or call.has("p", "t"):
        folder = call.value("p") or call.invocation.env.get("TMPDIR", "/data/local/tmp")
        template = f"{folder}/{template}"
    marks = len(template) - len(template.rstrip("X"))
    if marks < 2:
        raise UsageError("need XXXXXX at end of template")
    path = template[:-marks] + secrets.token_hex(marks)[:marks]
    try:
        if call.has("d"):
            call.view.mkdir(path, mode=0o700)
        else:
            call.view.write(path, b"", new_mode=0o600)
    except OSError as error:
        await call.complain(f"Failed to create {path}: {error.strerror}")
        return
    await call.out(f"{path}\n")


@applet("s:c", least=1)
async def truncate(call: Call) -> None:
    size = _size(call.value("s"))
    for operand in call.operands:
        try:
            data = call.view.read(operand) if call.view.exists(operand) else b""
            call.view.write(operand, data[:size].ljust(size, b"\0"), new_mode=0o666)
        except OSError as error:
            await call.failed(operand, error)


@applet("l:o:", least=1, most=1)
async def fallocate(call: Call) -> None:
    """Takes the room in one step: a full volume says so at once."""
    operand, size = call.operands[0], _size(call.value("l"))
    before = call.view.read(operand) if call.view.exists(operand) else b""
    if size > call.phone.fs.usage(call.view.absolute(operand).rpartition("/")[0] or "/")[1]:
        await call.failed("fallocate", OSError(errno.ENOSPC, ""))
        return
    call.view.write(operand, before.ljust(size, b"\0"), new_mode=0o666)


def _size(text: str) -> int:
    digits = text.rstrip("kKmMgG")
    unit = text[len(digits) :].lower()
    if not digits.isdigit() or unit not in _UNITS:
        raise UsageError(f"bad number '{text}'")
    return int(digits) * _UNITS[unit]


COMMANDS: dict[str, Command] = {
    "mkdir": mkdir,
    "touch": touch,
    "ln": ln,
    "mktemp": mktemp,
    "truncate": truncate,
    "fallocate": fallocate,
}
