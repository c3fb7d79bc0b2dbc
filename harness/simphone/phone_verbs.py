"""What can be done to a phone and its network by name, with the party at fault then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from harness.simphone.app.build import PACKAGE
from harness.simphone.phone import Phone
from harness.simphone.service.server import Service

GIB = 1024**3
CLOCK_WRONG = 400 * 86_400.0
"""Seconds; longer than any of the certificates is valid."""
SLOW_SECONDS = 0.8
"""Seconds that each new connection takes longer."""
NULL_POINTER = "java.lang.NullPointerException"


@dataclass(frozen=True, slots=True)
class Target:
    """A phone and the simulated internet that it shares with the others."""

    phone: Phone
    service: Service


@dataclass(frozen=True, slots=True)
class Verb:
    """`act(target, value)` raises ValueError for a value that it cannot use.

    `value` breaks what the row says. `moment`: it happens once, so it has to come in the
    middle of a scenario. `scopes`: scenarios that it can touch; none = all.
    """

    name: str
    party: str
    outcome: str
    about: str
    act: Callable[[Target, object], Awaitable[None]]
    value: object = True
    moment: bool = False
    scopes: tuple[str, ...] = ()


async def _airplane(target: Target, value: object) -> None:
    target.phone.conditions.airplane = _flag(value)


async def _wifi(target: Target, value: object) -> None:
    target.phone.conditions.wifi = _flag(value)


async def _mobile_data(target: Target, value: object) -> None:
    target.phone.conditions.mobile_data = _flag(value)


async def _captive_portal(target: Target, value: object) -> None:
    on = _flag(value)
    target.phone.conditions.captive_portal = on
    target.phone.conditions.validated = not on
    target.service.trouble.set_weather(portal=on)
    await target.service.settled()


async def _no_internet(target: Target, value: object) -> None:
    on = _flag(value)
    target.phone.network.way_out.no_internet = on
    target.phone.conditions.validated = not on
    target.service.trouble.set_weather(cut_off=on)
    await target.service.settled()


async def _dns_broken(target: Target, value: object) -> None:
    on = _flag(value)
    target.phone.network.way_out.dns_broken = on
    target.phone.conditions.validated = not on
    target.phone.settings.put("global", "private_dns_mode", "hostname" if on else "opportunistic")
    if on:
        target.phone.settings.put("global", "private_dns_specifier", "dns.broken.example")
    else:
        target.phone.settings.delete("global", "private_dns_specifier")


async def _storage_full(target: Target, value: object) -> None:
    capacity = target.phone.fs.capacity
    capacity.free_bytes = 0 if _flag(value) else int(capacity.total_bytes * 0.7)


async def _low_storage(target: Target, value: object) -> None:
    capacity = target.phone.fs.capacity
    capacity.free_bytes = GIB if _flag(value) else int(capacity.total_bytes * 0.7)


async def _clock_offset(target: Target, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"clock_offset needs seconds, not {value!r}")
    target.phone.clock.offset = float(value)
    target.phone.settings.put("global", "auto_time", "0" if value else "1")


async def _clock_ahead(target: Target, value: object) -> None:
    await _clock_offset(target, CLOCK_WRONG if _flag(value) else 0.0)


async def _clock_behind(target: Target, value: object) -> None:
    await _clock_offset(target, -CLOCK_WRONG if _flag(value) else 0.0)


async def _tls_inspection(target: Target, value: object) -> None:
    target.service.trouble.set_weather(inspected=_flag(value))
    await target.service.settled()


async def _name_filter(target: Target, value: object) -> None:
    target.service.trouble.set_weather(filtered=_flag(value))
    await target.service.settled()


async def _slow_network(target: Target, value: object) -> None:
    target.phone.network.way_out.delay = SLOW_SECONDS if _flag(value) else 0.0


async def _crash_app(target: Target, _value: object) -> None:
    frames = ("com.ss.android.ugc.aweme.main.MainActivity.onResume(SourceFile:401)",)
    target.phone.activities.crash(PACKAGE, NULL_POINTER, "null object reference", frames)


async def _hang_app(target: Target, _value: object) -> None:
    reason = "Input dispatching timed out (Waited 5003ms for MotionEvent)"
    target.phone.activities.not_responding(PACKAGE, reason)


async def _low_memory(target: Target, _value: object) -> None:
    for process in target.phone.processes.of_package(PACKAGE):
        target.phone.processes.kill(process.pid, reason="low memory")


async def _drop_adb(target: Target, _value: object) -> None:
    target.phone.adbd.drop_connections()


async def _unauthorized(target: Target, value: object) -> None:
    target.phone.adbd.set_authorization("unauthorized" if _flag(value) else "accepted")
    target.phone.adbd.drop_connections()


async def _reboot(target: Target, _value: object) -> None:
    await target.phone.adbd.reboot()


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"needs true or false, not {value!r}")
    return value


_ROWS = (
    Verb("airplane", "device", "failed", "airplane mode", _airplane),
    Verb("wifi", "none", "passed", "Wi-Fi switched (mobile data stays)", _wifi, value=False),
    Verb(
        "mobile_data",
        "none",
        "passed",
        "mobile data switched (Wi-Fi stays)",
        _mobile_data,
        value=False,
    ),
    Verb("captive_portal", "network", "failed", "a Wi-Fi log-in page", _captive_portal),
    Verb("no_internet", "network", "failed", "no route behind the Wi-Fi", _no_internet),
    Verb(
        "dns_broken",
        "none",
        "passed",
        "a private DNS that answers nothing (our proxy looks names up itself)",
        _dns_broken,
    ),
    Verb("storage_full", "device", "failed", "no byte left", _storage_full),
    Verb(
        "low_storage", "device", "failed", "1 GiB left", _low_storage, scopes=("offline_content",)
    ),
    Verb(
        "clock_offset",
        "device",
        "failed",
        "clock wrong by so many seconds",
        _clock_offset,
        value=2.6e6,
    ),
    Verb("clock_ahead", "device", "failed", "a clock of next year", _clock_ahead),
    Verb("clock_behind", "device", "failed", "a clock of last year", _clock_behind),
    Verb("tls_inspection", "network", "failed", "a gateway signs all anew", _tls_inspection),
    Verb("name_filter", "network", "failed", "a filter cuts the app's hosts by name", _name_filter),
    Verb("slow_network", "none", "passed", "each connection takes 0.8 s longer", _slow_network),
    Verb("crash_app", "client", "failed", "the app crashes now", _crash_app, moment=True),
    Verb("hang_app", "client", "failed", "the app stops answering now", _hang_app, moment=True),
    Verb(
        "low_memory",
        "device",
        "failed",
        "the system kills the app for memory",
        _low_memory,
        moment=True,
    ),
    Verb(
        "drop_adb", "harness", "inconclusive", "the adb connection breaks", _drop_adb, moment=True
    ),
    Verb(
        "unauthorized", "harness", "inconclusive", "adb is not allowed", _unauthorized, moment=True
    ),
    Verb("reboot", "device", "failed", "the phone restarts", _reboot, moment=True),
)

PHONE_VERBS: Mapping[str, Verb] = {row.name: row for row in _ROWS}
