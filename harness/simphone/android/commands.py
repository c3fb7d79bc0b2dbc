"""All shell programs of the Android services, by name."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.android import (
    am,
    appops,
    audio,
    backup,
    bugreport,
    cmd,
    cmd_network,
    cmd_surface,
    content,
    device_config,
    dpm,
    ime,
    logcat,
    monkey,
    platform,
    pm,
    properties,
    settings_command,
    volumes,
    wm,
)
from harness.simphone.android.dumpsys import command as dumpsys_command
from harness.simphone.contracts import Command

COMMANDS: Mapping[str, Command] = {
    **am.COMMANDS,
    **appops.COMMANDS,
    **audio.COMMANDS,
    **backup.COMMANDS,
    **bugreport.COMMANDS,
    **cmd.COMMANDS,
    **cmd_network.COMMANDS,
    **cmd_surface.COMMANDS,
    **content.COMMANDS,
    **device_config.COMMANDS,
    **dpm.COMMANDS,
    **dumpsys_command.COMMANDS,
    **ime.COMMANDS,
    **logcat.COMMANDS,
    **monkey.COMMANDS,
    **platform.COMMANDS,
    **pm.COMMANDS,
    **properties.COMMANDS,
    **settings_command.COMMANDS,
    **volumes.COMMANDS,
    **wm.COMMANDS,
}
