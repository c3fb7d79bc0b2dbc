"""`date`, `uptime`: the phone's clock in words."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Protocol, runtime_checkable

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.times import local, zone

_PATTERNS = (
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    "%m%d%H%M%Y.%S", "%m%d%H%M%Y", "%m%d%H%M%y",
)  # fmt: skip


@runtime_checkable
class Movable(Protocol):
    """Clocks that can be set: `offset` seconds are added to the host's time."""

    offset: float


@applet("d:D:I:r:s:u", long={"date": "d", "set": "s", "utc": "u", "reference": "r"})
async def date(call: Call) -> None:
    env = {"TZ": "UTC"} if call.has("u") else call.invocation.env
    seconds = call.phone.clock.now()
    template = next((o[1:] for o in call.operands if o.startswith("+")), "%a %b %e %H:%M:%S %Z %Y")
    setting = call.value("s") or next((o for o in call.operands if not o.startswith("+")), "")
    if call.has("d"):
        seconds = _parsed(call, call.value("d"), env)
    elif call.has("r"):
        seconds = call.view.stat(call.value("r")).mtime
    elif setting:
        seconds = _parsed(call, setting, env)
        if not await _set(call, seconds):
            return
    await call.out(_formatted(local(call.phone, seconds, env), template, seconds) + "\n")


async def _set(call: Call, seconds: float) -> bool:
    clock = call.phone.clock
    if call.invocation.uid != 0 or not isinstance(clock, Movable):
        await call.complain("cannot set date: Operation not permitted")
        return False
    clock.offset += seconds - clock.now()
    return True


def _parsed(call: Call, text: str, env: dict[str, str]) -> float:
    if text.startswith("@"):
        return float(text[1:])
    if re.fullmatch(r"\d{8}", text):
        text += str(local(call.phone, call.phone.clock.now(), env).year)
    for pattern in _PATTERNS:
        try:
            moment = datetime.strptime(text, pattern).replace(tzinfo=zone(call.phone, env))
        except ValueError:
            continue
        return moment.timestamp()
    raise UsageError(f"bad date '{text}'")


def _formatted(moment: datetime, template: str, seconds: float) -> str:
    fraction = round((seconds - int(seconds)) * 1_000_000_000)
    own = {
        "s": str(int(seconds)),
        "N": f"{fraction:09d}",
        "e": f"{moment.day:2d}",
        "T": f"{moment:%H:%M:%S}",
        "F": f"{moment:%Y-%m-%d}",
        "R": f"{moment:%H:%M}",
        "D": f"{moment:%m/%d/%y}",
        "n": "\n",
        "t": "\t",
        "%": "%",
    }
    text = re.sub(r"%3N", f"{fraction // 1_000_000:03d}", template)
    return re.sub(
        r"%(.)", lambda m: own[m[1]] if m[1] in own else moment.strftime(f"%{m[1]}"), text
    )


@applet("ps")
async def uptime(call: Call) -> None:
    now, up = call.phone.clock.now(), call.phone.clock.uptime()
    if call.has("s"):
        await call.out(f"{local(call.phone, now - up):%Y-%m-%d %H:%M:%S}\n")
        return
    days, rest = divmod(int(up), 86400)
    text = f"{days} day{'s' if days != 1 else ''}, " if days else ""
    clock = f"{rest // 3600}:{rest % 3600 // 60:02d}" if rest >= 3600 else f"{rest // 60} min"
    load = "load average: 1.02, 0.98, 0.91"
    await call.out(f" {local(call.phone, now):%H:%M:%S} up {text}{clock},  0 users,  {load}\n")


COMMANDS: dict[str, Command] = {"date": date, "uptime": uptime}
