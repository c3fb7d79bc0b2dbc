"""The WireGuard app on the phone: our tunnel put into it, switched on, and taken out again.

With adb root all of it is done by commands: its tunnels are files of its own folder
(FileConfigStore), and it takes intents of whoever may control tunnels, where its own setting
"Allow remote control apps" is on. Without root a person does the same by hand.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
import time
from pathlib import Path

from harness.adapters.adb.package import read_uid
from harness.adapters.adb.text.network import read_connectivity
from harness.adapters.attach.journal import TunnelEntry
from harness.ports import DeviceControl, InstrumentError

APP = "com.wireguard.android"
SHELL = "com.android.shell"
"""Goes through the tunnel as well, so that a request of ours can prove it (uid 2000)."""
NAME = "harness"
OFFERED = f"/sdcard/Download/{NAME}.conf"
_STORED = f"/data/data/{APP}/files/{NAME}.conf"
_SPOOL = f"/data/local/tmp/{NAME}-wg.conf"
_RECEIVER = f"{APP}/.model.TunnelManager\\$IntentReceiver"
_APP_OP = "ACTIVATE_VPN"
_NOT_SET = "ignore"
"""Its default mode: set to it, the operation is forgotten again (AppOpsService.setMode)."""
_UP_SECONDS, _DOWN_SECONDS, _POLL = 15.0, 5.0, 0.3
REMOTE = "in the WireGuard app: Settings > Advanced > Allow remote control apps"


def vpn_is_up(device: DeviceControl) -> bool:
    """Some VPN is active; Android has one at a time."""
    text = device.shell("dumpsys -t 5 connectivity || dumpsys connectivity").stdout
    return read_connectivity(text).vpn is True


def plan(device: DeviceControl, *, by_hand: bool) -> TunnelEntry:
    """What will be changed. Raises InstrumentError where this phone cannot be led so."""
    if not device.shell(f"pm path {APP}").ok:
        raise _failed(device, f"{APP} is not installed", "Install WireGuard from the store.")
    if vpn_is_up(device):
        told = "a VPN is active, and a phone has one at a time"
        raise _failed(device, told, "Switch it off, or say attach: reverse.")
    mode = device.shell(f"appops get {APP} {_APP_OP}").stdout
    found = re.search(rf"{_APP_OP}: (\w+)", mode)
    return TunnelEntry(by_hand=by_hand, app_op=found[1] if found else None)


def put_in(device: DeviceControl, content: str, entry: TunnelEntry) -> None:
    """The tunnel's file to where the app, or a person, finds it."""
    target = OFFERED if entry.by_hand else _SPOOL
    handle, name = tempfile.mkstemp(prefix="harness-wg-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        device.push(Path(name), target, mode=0o600)
    finally:
        Path(name).unlink()
    if entry.by_hand:
        return
    uid = read_uid(device, APP)
    _run(
        device,
        f"mkdir -p {Path(_STORED).parent} && cp {_SPOOL} {_STORED} && rm {_SPOOL}"
        f" && chown {uid}:{uid} {_STORED} && chmod 600 {_STORED}",
    )
    device.shell(f"restorecon {_STORED}")  # where SELinux is on


def switch_on(device: DeviceControl) -> None:
    """Raises InstrumentError when it is not up in time."""
    _run(device, f"appops set {APP} {_APP_OP} allow")
    device.shell(f"am force-stop {APP}")  # it looks for its tunnels when it starts
    result = device.shell(_order("UP"))
    deadline = time.monotonic() + _UP_SECONDS
    while not vpn_is_up(device):
        if time.monotonic() > deadline:
            said = result.stdout.strip()[-120:]
            told = f"no VPN is up {_UP_SECONDS:.0f} s after the order: {said}"
            raise _failed(device, told, f"Allow it {REMOTE}.")
        time.sleep(_POLL)


def undo_commands(entry: TunnelEntry) -> list[str]:
    """Shell commands that take all of it away."""
    if entry.by_hand:
        return [f"rm -f {OFFERED}"]
    return [
        _order("DOWN"),
        f"rm -f {_STORED} {_SPOOL}",
        "sleep 0.5",
        f"am force-stop {APP}",  # a tunnel whose file is gone must not live on in its memory
        f"appops set {APP} {_APP_OP} {shlex.quote(entry.app_op or _NOT_SET)}",
    ]


def undo(device: DeviceControl, entry: TunnelEntry) -> list[str]:
    """Takes it away; returns what is left (nothing when all is well)."""
    if not entry.by_hand and not device.is_root() and not device.root():
        return [f"the tunnel {NAME!r} needs adb root to be removed; remove it in the WireGuard app"]
    for command in undo_commands(entry):
        device.shell(command)
    if entry.by_hand:
        return [f"{OFFERED} is still there"] if device.shell(f"[ -e {OFFERED} ]").ok else []
    deadline = time.monotonic() + _DOWN_SECONDS
    while vpn_is_up(device):
        if time.monotonic() > deadline:
            return [f"the tunnel {NAME!r} is still up; switch it off in the WireGuard app"]
        time.sleep(_POLL)
    return [f"{_STORED} is still there"] if device.shell(f"[ -e {_STORED} ]").ok else []


def steps_by_hand() -> list[str]:
    """What a person taps."""
    return [
        f"Open WireGuard, tap +, then Import from file, and choose {NAME}.conf in Download.",
        f"Switch the tunnel {NAME!r} on, and allow the connection when Android asks.",
    ]


def steps_to_remove() -> list[str]:
    """What a person taps afterwards: nobody else can."""
    return [f"Open WireGuard, switch the tunnel {NAME!r} off and delete it."]


def _order(state: str) -> str:
    action = f"{APP}.action.SET_TUNNEL_{state}"
    return f"am broadcast -a {action} -n {_RECEIVER} --es tunnel {NAME}"


def _run(device: DeviceControl, command: str) -> None:
    result = device.shell(command)
    if not result.ok:
        told = f"{command!r} gave exit {result.exit_code}: {result.stderr.strip()}"
        raise _failed(device, told, "Run: harness reset")


def _failed(device: DeviceControl, told: str, advice: str) -> InstrumentError:
    return InstrumentError(
        "adb", f"lead {device.name} through a WireGuard tunnel", told, advice=advice
    )
