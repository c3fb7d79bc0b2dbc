"""What can be done to a phone and its network by name, with the party at fault then."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.app.build import PACKAGE
from harness.simphone.content_verbs import CONTENT_VERBS
from harness.simphone.target import GIB, Target, Verb, flag

CLOCK_WRONG = 400 * 86_400.0
"""Seconds; longer than any of the certificates is valid."""
SLOW_SECONDS = 0.8
"""Seconds that each new connection takes longer."""
NULL_POINTER = "java.lang.NullPointerException"


async def _airplane(target: Target, value: object) -> None:
    target.phone.conditions.airplane = flag(value)


async def _wifi(target: Target, value: object) -> None:
    target.phone.conditions.wifi = flag(value)


async def _mobile_data(target: Target, value: object) -> None:
    target.phone.conditions.mobile_data = flag(value)


async def _captive_portal(target: Target, value: object) -> None:
    on = flag(value)
    target.phone.conditions.captive_portal = on
    target.phone.conditions.validated = not on
    target.service.trouble.set_weather(portal=on)
    await target.service.settled()


async def _no_internet(target: Target, value: object) -> None:
    on = flag(value)
    target.phone.network.way_out.no_internet = on
    target.phone.conditions.validated = not on
    target.service.trouble.set_weather(cut_off=on)
    await target.service.settled()


async def _dns_broken(target: Target, value: object) -> None:
    on = flag(value)
    target.phone.network.way_out.dns_broken = on
    target.phone.conditions.validated = not on
    target.phone.settings.put("global", "private_dns_mode", "hostname" if on else "opportunistic")
    if on:
        target.phone.settings.put("global", "private_dns_specifier", "dns.broken.example")
    else:
        target.phone.settings.delete("global", "private_dns_specifier")


async def _resolver_fails(target: Target, value: object) -> None:
    on = flag(value)
    target.phone.network.way_out.dns_broken = on
    target.phone.conditions.validated = not on


async def _quic_dropped(target: Target, value: object) -> None:
    target.phone.network.way_out.quic_dropped = flag(value)


async def _storage_full(target: Target, value: object) -> None:
    capacity = target.phone.fs.capacity
    capacity.crowded = flag(value)
    capacity.free_bytes = 0 if flag(value) else int(capacity.total_bytes * 0.7)


async def _low_storage(target: Target, value: object) -> None:
    capacity = target.phone.fs.capacity
    capacity.free_bytes = GIB if flag(value) else int(capacity.total_bytes * 0.7)


async def _clock_offset(target: Target, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"clock_offset needs seconds, not {value!r}")
    target.phone.clock.offset = float(value)
    target.phone.settings.put("global", "auto_time", "0" if value else "1")


async def _clock_ahead(target: Target, value: object) -> None:
    await _clock_offset(target, CLOCK_WRONG if flag(value) else 0.0)


async def _clock_behind(target: Target, value: object) -> None:
    await _clock_offset(target, -CLOCK_WRONG if flag(value) else 0.0)


async def _tls_inspection(target: Target, value: object) -> None:
    target.service.trouble.set_weather(inspected=flag(value))
    await target.service.settled()


async def _name_filter(target: Target, value: object) -> None:
    target.service.trouble.set_weather(filtered=flag(value))
    await target.service.settled()


async def _slow_network(target: Target, value: object) -> None:
    target.phone.network.way_out.delay = SLOW_SECONDS if flag(value) else 0.0


async def _crash_app(target: Target, _value: object) -> None:
    frames = ("com.ss.android.ugc.aweme.main.MainActivity.onResume(SourceFile:401)",)
    target.phone.activities.crash(PACKAGE, NULL_POINTER, "null object reference", frames)


async def _popup(target: Target, value: object) -> None:
    target.phone.app_faults.show(str(value))


async def _hang_app(target: Target, _value: object) -> None:
    reason = "Input dispatching timed out (Waited 5003ms for MotionEvent)"
    target.phone.activities.not_responding(PACKAGE, reason)


async def _low_memory(target: Target, _value: object) -> None:
    for process in target.phone.processes.of_package(PACKAGE):
        target.phone.processes.kill(process.pid, reason="low memory")


async def _drop_adb(target: Target, _value: object) -> None:
    target.phone.adbd.drop_connections()


async def _unauthorized(target: Target, value: object) -> None:
    target.phone.adbd.set_authorization("unauthorized" if flag(value) else "accepted")
    target.phone.adbd.drop_connections()


async def _reboot(target: Target, _value: object) -> None:
    await target.phone.adbd.reboot()


ONLINE = ("login", "profile", "followers", "following", "feed")
"""Scenarios that ask the service; content that lies on the phone is shown without it."""

_ROWS = (
    Verb("airplane", "device", "failed", "airplane mode", _airplane, scopes=ONLINE),
    Verb("wifi", "none", "passed", "Wi-Fi switched (mobile data stays)", _wifi, value=False),
    Verb(
        "mobile_data",
        "none",
        "passed",
        "mobile data switched (Wi-Fi stays)",
        _mobile_data,
        value=False,
    ),
    Verb(
        "captive_portal", "network", "failed", "a Wi-Fi log-in page", _captive_portal, scopes=ONLINE
    ),
    Verb(
        "no_internet", "network", "failed", "no route behind the Wi-Fi", _no_internet, scopes=ONLINE
    ),
    Verb(
        "dns_broken",
        "none",
        "passed",
        "a private DNS that answers nothing (our proxy looks names up itself)",
        _dns_broken,
    ),
    Verb(
        "resolver_fails",
        "none",
        "passed",
        "the network's resolver answers SERVFAIL (our proxy looks names up itself)",
        _resolver_fails,
    ),
    Verb(
        "quic_dropped",
        "none",
        "passed",
        "UDP port 443 is blocked (behind a proxy apps take TCP at once)",
        _quic_dropped,
    ),
    Verb("storage_full", "device", "failed", "no byte left", _storage_full, scopes=("login",)),
    Verb(
        "low_storage", "device", "failed", "1 GiB left", _low_storage, scopes=("offline_content",)
    ),
    Verb(
        "clock_offset",
        "device",
        "failed",
        "clock wrong by so many seconds",
        _clock_offset,
        value=-100 * 86_400.0,  # before any certificate here; a month ahead fails nothing
        scopes=ONLINE,
    ),
    Verb("clock_ahead", "device", "failed", "a clock of next year", _clock_ahead, scopes=ONLINE),
    Verb("clock_behind", "device", "failed", "a clock of last year", _clock_behind, scopes=ONLINE),
    Verb(
        "tls_inspection",
        "network",
        "failed",
        "a gateway signs all anew",
        _tls_inspection,
        scopes=ONLINE,
    ),
    Verb(
        "name_filter",
        "network",
        "failed",
        "a filter cuts the app's hosts by name",
        _name_filter,
        scopes=ONLINE,
    ),
    Verb("slow_network", "none", "passed", "each connection takes 0.8 s longer", _slow_network),
    Verb("crash_app", "client", "failed", "the app crashes now", _crash_app, moment=True),
    Verb(
        "popup",
        "none",
        "passed",
        "a popup, by its name, over the app now",
        _popup,
        value="interests",
        moment=True,
    ),
    Verb("hang_app", "client", "failed", "the app stops answering now", _hang_app, moment=True),
    Verb(
        "low_memory",
        "device",
        "failed",
        "the system kills the app for memory",
        _low_memory,
        moment=True,
        scopes=ONLINE,  # without network the lists are opened anew, and all of them are there
    ),
    Verb(
        "drop_adb", "harness", "inconclusive", "the adb connection breaks", _drop_adb, moment=True
    ),
    Verb(
        "unauthorized", "harness", "inconclusive", "adb is not allowed", _unauthorized, moment=True
    ),
    Verb("reboot", "device", "failed", "the phone restarts", _reboot, moment=True),
)

PHONE_VERBS: Mapping[str, Verb] = {row.name: row for row in (*_ROWS, *CONTENT_VERBS)}
