"""`cmd SERVICE …`: the shell interfaces of the system services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.simphone.android import (
    am,
    appops,
    audio,
    cmd_network,
    cmd_notification,
    cmd_surface,
    cmd_system,
    device_config,
    ime,
    jobs,
    settings_command,
    wm,
)
from harness.simphone.android.dumpsys.command import running
from harness.simphone.android.dumpsys.power import dump_battery, dump_deviceidle
from harness.simphone.android.parts import android
from harness.simphone.android.pm import package_service
from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Command, Invocation


def _deviceidle(inv: Invocation) -> Reply:
    return Reply(dump_deviceidle(android(inv.phone), list(inv.argv[1:])))


def _battery(inv: Invocation) -> Reply:
    return Reply(dump_battery(android(inv.phone), list(inv.argv[1:])))


SERVICES: Mapping[str, Command] = {
    "activity": am.am,
    "appops": program(appops.appops),
    "battery": program(_battery),
    "device_config": program(device_config.device_config),
    "deviceidle": program(_deviceidle),
    "input_method": program(ime.ime),
    "media_session": program(audio.media_session),
    "package": program(package_service),
    "settings": program(settings_command.settings),
    "window": program(wm.wm),
    **{name: program(function) for name, function in jobs.SERVICES.items()},
    **{name: program(function) for name, function in cmd_network.SERVICES.items()},
    **{name: program(function) for name, function in cmd_notification.SERVICES.items()},
    **{name: program(function) for name, function in cmd_system.SERVICES.items()},
    **{name: program(function) for name, function in cmd_surface.SERVICES.items()},
}


async def cmd(inv: Invocation) -> int:
    """`cmd [-l] [-w] SERVICE [ARGS]`; exit code 20 when there is no such service."""
    words = list(inv.argv[1:])
    while words[:1] == ["-w"]:  # wait for the service: all are there
        words.pop(0)
    if words[:1] == ["-l"]:
        names = running(android(inv.phone))
        await inv.stdout.write(
            ("Currently running services:\n" + "".join(f"  {n}\n" for n in names)).encode()
        )
        return 0
    if not words:
        await inv.stderr.write(b"cmd: No service specified; use -l to list all services\n")
        return 20
    if words[0] not in running(android(inv.phone)):
        await inv.stderr.write(f"cmd: Can't find service: {words[0]}\n".encode())
        return 20
    if words[0] == "input":  # a program of its own, which the service runs
        return await inv.phone.shell.execute(words, replace(inv, argv=words))
    service = SERVICES.get(words[0])
    if service is None and words[0] in cmd_system.WITH_COMMANDS:
        service = program(cmd_system.not_simulated)
    if service is None:  # what Binder itself answers for a service that takes no commands
        await inv.stderr.write(b"No shell command implementation.\n")
        return 0
    return await service(replace(inv, argv=words))


COMMANDS = {"cmd": cmd}
