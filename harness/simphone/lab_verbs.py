"""What lab life does to a phone: cables, locks, batteries, a UiAutomator2 that dies.

They are asked for at the control address and stand in no table of faults: what breaks here
is the way to the phone, not what the app or its service does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from harness.simphone.network.uplink import HostProxyUplink, StraightUplink
from harness.simphone.target import Target, Verb, flag
from harness.simphone.ui.rest.faults import UiServerFaults

_TIMERS: set[asyncio.Task[None]] = set()


async def _reach(target: Target, word: str, value: object) -> None:
    """True: for good; a number: for so many seconds; False: reachable again."""
    if isinstance(value, bool):
        await target.phone.adbd.set_reachability(word if value else "normal")
        return
    if not isinstance(value, int | float):
        raise ValueError(f"needs true, false or seconds, not {value!r}")
    await target.phone.adbd.set_reachability(word)
    timer = asyncio.create_task(_back_after(target, float(value)))
    _TIMERS.add(timer)
    timer.add_done_callback(_TIMERS.discard)


async def _back_after(target: Target, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await target.phone.adbd.set_reachability("normal")


async def _cable_pulled(target: Target, value: object) -> None:
    await _reach(target, "refused", value)


async def _adb_silent(target: Target, value: object) -> None:
    await _reach(target, "silent", value)


async def _screen_locked(target: Target, value: object) -> None:
    if flag(value):
        target.phone.display.screen.sleep()
        return
    target.phone.display.screen.wake()
    target.phone.display.screen.unlock()


async def _battery_low(target: Target, value: object) -> None:
    low = flag(value)
    target.phone.conditions.charging = not low
    target.phone.conditions.battery_level = 3 if low else 87


def _break_ui(target: Target, faults: UiServerFaults, value: object) -> None:
    target.phone.ui_faults = faults if flag(value) else UiServerFaults()


async def _ui_crash(target: Target, value: object) -> None:
    _break_ui(target, UiServerFaults(crash=True, count=1), value)


async def _ui_hang(target: Target, value: object) -> None:
    _break_ui(target, UiServerFaults(hang=True, count=2), value)


async def _ui_garbage(target: Target, value: object) -> None:
    _break_ui(target, UiServerFaults(garbage=True, count=2), value)


async def _host_proxy(target: Target, value: object) -> None:
    """As an emulator is started with -http-proxy: HOST:PORT; False: without."""
    network = target.phone.network
    if value is False:
        network.uplink = StraightUplink(target.service.internet)
        return
    host, _, port = str(value).rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"needs HOST:PORT or false, not {value!r}")
    network.uplink = HostProxyUplink(target.service.internet, (host, int(port)))


_OURS = ("harness", "inconclusive")
_ROWS = (
    Verb("cable_pulled", *_OURS, "adb's port is closed", _cable_pulled, moment=True),
    Verb("adb_silent", *_OURS, "adb accepts and says nothing", _adb_silent, moment=True),
    Verb("screen_locked", *_OURS, "the screen goes dark and locks", _screen_locked, moment=True),
    Verb("battery_low", "none", "passed", "3 % and no charger", _battery_low),
    Verb("host_proxy", "none", "passed", "all TCP by the host's proxy", _host_proxy),
    Verb("ui_crash", *_OURS, "UiAutomator2 ends at the next command", _ui_crash, moment=True),
    Verb("ui_hang", *_OURS, "UiAutomator2 leaves two commands unanswered", _ui_hang, moment=True),
    Verb("ui_garbage", *_OURS, "UiAutomator2 answers two by garbage", _ui_garbage, moment=True),
)

LAB_VERBS: Mapping[str, Verb] = {row.name: row for row in _ROWS}
