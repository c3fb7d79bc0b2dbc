"""The settings that a run changes on a phone: read, set, and restored to the letter.

Android parses `http_proxy` and fans it out to further keys, so all of them are read
before and put back after. Deleting `http_proxy` alone may leave the proxy on; `:0`
takes effect at once, the exact values follow. What our other instruments change is kept
here as well, because one of them may die before it takes it back.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Mapping

from harness.ports import DeviceControl, InstrumentError

PROXY = "http_proxy"
FANNED_OUT = (
    "global_http_proxy_host",
    "global_http_proxy_port",
    "global_http_proxy_exclusion_list",
    "global_proxy_pac_url",
)
BY_APPIUM = ("hidden_api_policy_pre_p_apps", "hidden_api_policy_p_apps", "hidden_api_policy")
"""Set by the UiAutomator2 driver at a session's start; it takes them back only if it lives on."""
STAY_ON = "stay_on_while_plugged_in"
"""Reading the screen does not keep it lit: a phone on a cable stays on for the time of a run."""
KEYS = (PROXY, *FANNED_OUT, *BY_APPIUM, STAY_ON)
NO_PROXY = ":0"
_ANY_POWER = 15  # BatteryManager: charger 1, USB 2, wireless 4, dock 8
_TRIES = 5
_PAUSE = 0.4


def read_settings(device: DeviceControl) -> dict[str, str | None]:
    """All keys as they are; None = not set. Raises InstrumentError("adb", …)."""
    command = "; ".join(f"settings get global {key}" for key in KEYS)
    result = device.shell(command)
    values = result.stdout.splitlines()
    if len(values) != len(KEYS):
        raise InstrumentError(
            "adb",
            f"read the proxy settings of {device.name}",
            f"exit {result.exit_code}: {len(values)} lines for {len(KEYS)} keys {result.stderr}",
            advice="Unlock the phone and run: harness doctor",
        )
    texts = (value.strip() for value in values)
    return {key: None if text == "null" else text for key, text in zip(KEYS, texts, strict=True)}


def set_proxy(device: DeviceControl, value: str) -> None:
    """Sets http_proxy and checks it. Raises InstrumentError("adb", …)."""
    result = device.shell(f"settings put global {PROXY} {shlex.quote(value)}")
    seen = read_settings(device)[PROXY]
    if seen != value:
        raise InstrumentError(
            "adb",
            f"set {PROXY} of {device.name} to {value}",
            f"exit {result.exit_code}: it reads {seen} {result.stderr}".strip(),
            advice="Some makers allow this only with 'USB debugging (Security settings)' on.",
        )


def keep_lit(device: DeviceControl) -> None:
    """The screen stays on while the phone has power; put back with the other settings."""
    device.shell(f"settings put global {STAY_ON} {_ANY_POWER}")


def restore_commands(settings: Mapping[str, str | None]) -> list[str]:
    """Shell commands after which each key has its old value, http_proxy first."""
    commands = [f"settings put global {PROXY} {NO_PROXY}"]
    before = settings.get(PROXY)
    if before is not None and before != NO_PROXY:
        commands.append(f"settings put global {PROXY} {shlex.quote(before)}")
    for key in KEYS:
        if key not in settings or (key == PROXY and before is not None):
            continue
        value = settings[key]
        if value is None:
            commands.append(f"settings delete global {key}")
        else:
            commands.append(f"settings put global {key} {shlex.quote(value)}")
    return commands


def restore_settings(device: DeviceControl, settings: Mapping[str, str | None]) -> list[str]:
    """Puts all keys back; returns those that still differ (none when all is well).

    Tried several times, because Android writes the fanned-out keys a moment later.
    """
    first, *rest = restore_commands(settings)
    device.shell(first)  # live at once: apps go straight to the network again
    wrong: list[str] = []
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        if rest:
            device.shell("; ".join(rest))
        now = read_settings(device)
        wrong = [key for key, value in settings.items() if now.get(key) != value]
        if not wrong:
            return []
    return wrong
