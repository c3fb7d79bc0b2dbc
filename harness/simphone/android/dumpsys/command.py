"""`dumpsys [-l] [-t SECONDS] [--skip SERVICES] [SERVICE [ARGS]]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android.audio import dump_audio
from harness.simphone.android.backup import dump_backup
from harness.simphone.android.clock import stamp
from harness.simphone.android.dumpsys import (
    account,
    activity,
    aids,
    alarm,
    appops,
    connectivity,
    disk,
    display,
    dropbox,
    gfxinfo,
    jobscheduler,
    media_session,
    memory,
    netstats,
    notification,
    package,
    power,
    standing,
    switches,
    usagestats,
    users,
    window,
)
from harness.simphone.android.dumpsys.service_names import service_names
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Invocation

Dump = Callable[[AndroidPhone, list[str]], str]

SERVICES: Mapping[str, Dump] = {
    "SurfaceFlinger": display.dump_surface_flinger,
    "accessibility": aids.dump_accessibility,
    "account": account.dump_account,
    "activity": activity.dump_activity,
    "alarm": alarm.dump_alarm,
    "appops": appops.dump_appops,
    "audio": dump_audio,
    "backup": dump_backup,
    "battery": power.dump_battery,
    "batterystats": standing.dump_batterystats,
    "bluetooth_manager": switches.dump_bluetooth_manager,
    "connectivity": connectivity.dump_connectivity,
    "cpuinfo": memory.dump_cpuinfo,
    "device_policy": users.dump_device_policy,
    "deviceidle": power.dump_deviceidle,
    "diskstats": disk.dump_diskstats,
    "display": display.dump_display,
    "dropbox": dropbox.dump_dropbox,
    "gfxinfo": gfxinfo.dump_gfxinfo,
    "input": display.dump_input,
    "input_method": display.dump_input_method,
    "jobscheduler": jobscheduler.dump_jobscheduler,
    "location": aids.dump_location,
    "lock_settings": users.dump_lock_settings,
    "media_session": media_session.dump_media_session,
    "meminfo": memory.dump_meminfo,
    "netpolicy": switches.dump_netpolicy,
    "netstats": netstats.dump_netstats,
    "notification": notification.dump_notification,
    "overlay": switches.dump_overlay,
    "package": package.dump_package,
    "power": power.dump_power,
    "procstats": memory.dump_procstats,
    "role": standing.dump_role,
    "settings": switches.dump_settings,
    "telephony.registry": connectivity.dump_telephony,
    "thermalservice": standing.dump_thermalservice,
    "trust": users.dump_trust,
    "uimode": switches.dump_uimode,
    "usagestats": usagestats.dump_usagestats,
    "user": users.dump_user,
    "webviewupdate": standing.dump_webviewupdate,
    "wifi": connectivity.dump_wifi,
    "window": window.dump_window,
}
"""Those that tell something; all others are there, and print nothing when they are asked."""
RULER = "-" * 79
VALUED = ("-t", "-T", "--priority")


def running(phone: AndroidPhone) -> list[str]:
    """All services of this Android version, by name."""
    return sorted(service_names(phone.spec.api))


def dumps(phone: AndroidPhone, skipped: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """(name, text) of every service, in the order of `dumpsys` without a name."""
    names = [name for name in running(phone) if name not in skipped]
    return [(name, _dump(phone, name, [])) for name in names]


def _dump(phone: AndroidPhone, name: str, words: list[str]) -> str:
    found = SERVICES.get(name)
    return found(phone, words) if found is not None else ""


def _dumpsys(inv: Invocation) -> Reply:
    words, phone = list(inv.argv[1:]), android(inv.phone)
    while words[:1] and words[0] in VALUED:
        del words[:2]
    if words[:1] == ["-l"]:
        names = "".join(f"  {name}\n" for name in running(phone))
        return Reply(f"Currently running services:\n{names}")
    if words[:1] == ["--pid"] and len(words) > 1:
        return _pid(phone, words[1])
    if not words or words[0] == "--skip":
        skipped = frozenset(",".join(words[1:]).replace(",", " ").split())
        return Reply("".join(_section(phone, *found) for found in dumps(phone, skipped)))
    if words[0] not in running(phone):
        return Reply(err=f"Can't find service: {words[0]}\n")
    return Reply(_dump(phone, words[0], words[1:]))


def _section(phone: AndroidPhone, name: str, text: str) -> str:
    """One service among all of them, with how long it took."""
    ended = stamp(phone, phone.clock.now())
    took = f"--------- 0.001s was the duration of dumpsys {name}, ending at: {ended}\n"
    return f"{RULER}\nDUMP OF SERVICE {name}:\n{text}{took}"


def _pid(phone: AndroidPhone, name: str) -> Reply:
    """The process that serves it; nearly all are in system_server."""
    if name not in running(phone):
        return Reply(err=f"Can't find service: {name}\n")
    host = HOSTS.get(name, "system_server")
    found = phone.processes.find(host)
    return Reply(f"{found.pid}\n" if found is not None else "")


HOSTS = {
    "SurfaceFlinger": "surfaceflinger",
    "netd": "netd",
    "vold": "vold",
    "phone": "com.android.phone",
    "isms": "com.android.phone",
    "iphonesubinfo": "com.android.phone",
}
COMMANDS = {"dumpsys": program(_dumpsys)}
