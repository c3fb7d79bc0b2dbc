"""`dumpsys [-l] [-t SECONDS] [SERVICE [ARGS]]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android.audio import dump_audio
from harness.simphone.android.backup import dump_backup
from harness.simphone.android.dumpsys import (
    activity,
    connectivity,
    disk,
    display,
    dropbox,
    lists,
    memory,
    netstats,
    package,
    power,
    window,
)
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Invocation

Dump = Callable[[AndroidPhone, list[str]], str]

SERVICES: Mapping[str, Dump] = {
    "SurfaceFlinger": display.dump_surface_flinger,
    "accessibility": lists.dump_accessibility,
    "account": lists.dump_account,
    "activity": activity.dump_activity,
    "alarm": lists.dump_alarm,
    "audio": dump_audio,
    "backup": dump_backup,
    "battery": power.dump_battery,
    "connectivity": connectivity.dump_connectivity,
    "cpuinfo": memory.dump_cpuinfo,
    "deviceidle": power.dump_deviceidle,
    "diskstats": disk.dump_diskstats,
    "display": display.dump_display,
    "dropbox": dropbox.dump_dropbox,
    "input": display.dump_input,
    "input_method": display.dump_input_method,
    "jobscheduler": lists.dump_jobscheduler,
    "location": lists.dump_location,
    "meminfo": memory.dump_meminfo,
    "netstats": netstats.dump_netstats,
    "notification": lists.dump_notification,
    "package": package.dump_package,
    "power": power.dump_power,
    "procstats": memory.dump_procstats,
    "telephony.registry": connectivity.dump_telephony,
    "trust": lists.dump_trust,
    "usagestats": lists.dump_usagestats,
    "wifi": connectivity.dump_wifi,
    "window": window.dump_window,
}
RULER = "-" * 79


def _dumpsys(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    while words[:1] in (["-t"], ["-T"], ["--priority"]):
        del words[:2]
    if words[:1] == ["-l"]:
        names = "".join(f"  {name}\n" for name in SERVICES)
        return Reply(f"Currently running services:\n{names}")
    phone = android(inv.phone)
    if not words:
        texts = [f"{RULER}\nDUMP OF SERVICE {n}:\n{f(phone, [])}" for n, f in SERVICES.items()]
        return Reply("".join(texts))
    service = SERVICES.get(words[0])
    if service is None:
        return Reply(err=f"Can't find service: {words[0]}\n")
    return Reply(service(phone, words[1:]))


COMMANDS = {"dumpsys": program(_dumpsys)}
