"""What a phone allows: asked once per boot, in two round trips; how it stands: in one.

The answers that stay until the phone restarts are kept by its boot id in the state folder.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.device import quote
from harness.adapters.adb.identity import identity_of
from harness.adapters.adb.text.battery import read_battery
from harness.adapters.adb.text.clock import COMMAND as CLOCK
from harness.adapters.adb.text.clock import read_clock
from harness.adapters.adb.text.lock import read_lock
from harness.adapters.adb.text.network import read_connectivity
from harness.adapters.adb.text.properties import read_properties
from harness.adapters.adb.text.settings import read_switch
from harness.adapters.adb.text.storage import read_df
from harness.adapters.adb.text.users import read_users
from harness.adapters.adb.text.window import read_locked, read_screen_on
from harness.adapters.durable import write_durably
from harness.adapters.places import state_folder
from harness.domain.capabilities import Capabilities, PhoneNow
from harness.ports import DeviceControl

TIMEOUT = 20.0
"""Seconds for one round trip."""

_NOW = {
    "boot": "cat /proc/sys/kernel/random/boot_id || settings get global boot_count",
    "clock": CLOCK,
    "battery": "dumpsys battery",
    "df": "df -k /data",
    "airplane": "settings get global airplane_mode_on",
    "connectivity": "dumpsys -t 5 connectivity || dumpsys connectivity",
    "power": "dumpsys power | grep mWakefulness=",
    "window": "dumpsys window displays; dumpsys window policy",
}

WATCHED: Mapping[str, str] = {
    "verifier": "settings get global package_verifier_enable",
    "verifier_adb": "settings get global verifier_verify_adb_installs",
    "stay_on": "settings get global stay_on_while_plugged_in",
    "auto_time": "settings get global auto_time",
    "miui_adb_input": "getprop persist.security.adbinput",
    "miui_adb_install": "getprop persist.security.adbinstall",
    "play_protect": "pm path com.google.android.gms",
}
"""Settings that stand in the way of tests. The two of MIUI are what its own switches
"USB debugging (Security settings)" and "Install via USB" set, by public threads."""

_SKINS = (
    ("ro.miui.ui.version.name", "MIUI "),
    ("ro.mi.os.version.name", "HyperOS "),
    ("ro.build.version.oneui", "One UI "),
    ("ro.build.version.emui", ""),
    ("ro.build.version.opporom", "ColorOS "),
    ("ro.build.version.oplusrom", "ColorOS "),
    ("ro.vivo.os.version", "Funtouch OS "),
)


def probe_phone(
    phone: DeviceControl,
    packages: Sequence[str],
    *,
    folder: Path | None = None,
    wall: Callable[[], float] = time.time,
) -> tuple[Capabilities, PhoneNow]:
    """Raises InstrumentError("adb", …) when the phone is gone. `folder`: for tests."""
    before = wall()
    installed = {f"pm {name}": f"pm path {quote(name)}" for name in packages}
    text = read_batch(phone, {**_NOW, **installed}, timeout=TIMEOUT)
    now = read_now(text, before, wall())
    boot = text["boot"].strip()
    package = next((name for name in packages if text[f"pm {name}"].strip()), "")
    file = _file(phone.serial, folder)
    kept = _kept(file, boot, package)
    if kept is not None:
        return kept, now
    answers = read_batch(phone, _commands(package), timeout=TIMEOUT)
    found = read_capabilities(answers, boot, phone.serial, package)
    if boot:
        with contextlib.suppress(OSError):  # a cache that cannot be kept costs a round trip
            write_durably(file, msgspec.json.encode(found))
    return found, now


def read_now(text: Mapping[str, str], before: float, after: float) -> PhoneNow:
    """Pure. `before` and `after`: host's UTC seconds around the round trip."""
    clock = read_clock(text["clock"], before, after)
    space = read_df(text["df"])
    network = read_connectivity(text["connectivity"])
    status = re.search(r"^\s*status: (\d)$", text["battery"], re.MULTILINE)
    joined = network.transports[0].lower() if network.transports else ""
    return PhoneNow(
        battery=read_battery(text["battery"]),
        charging=status[1] in "25" if status else None,  # BatteryManager: 2 charging, 5 full
        free_bytes=space[1] if space else None,
        total_bytes=space[0] if space else None,
        clock_offset=clock.offset if clock else None,
        clock_uncertainty=clock.uncertainty if clock else None,
        network="none" if network.network is False else joined,
        validated=network.validated,
        airplane=read_switch(text["airplane"]),
        locked=read_locked(text["window"]),
        screen_on=read_screen_on(text["power"]),
    )


def read_capabilities(
    text: Mapping[str, str], boot: str, serial: str, package: str
) -> Capabilities:
    """Pure: from the answers to the commands of one round trip."""
    properties = read_properties(text["properties"])
    identity = identity_of(properties, serial)
    features = re.findall(r"^feature:([\w.]+)", text["features"], re.MULTILINE)
    skin = next((name + properties[key] for key, name in _SKINS if properties.get(key)), "")
    return Capabilities(
        boot_id=boot,
        package=package,
        model=identity.model,
        manufacturer=identity.manufacturer,
        api=identity.api,
        release=identity.release,
        abis=tuple(
            part for part in properties.get("ro.product.cpu.abilist", "").split(",") if part
        ),
        build_type=identity.build_type,
        simulated=identity.simulated,
        skin=skin,
        root=_root(text, rootable=identity.rootable),
        run_as=_run_as(text["run_as"]),
        app_folders=_app_folders(text["app_folders"]),
        features=tuple(sorted(features)),
        locale=identity.locale,
        time_zone=identity.timezone,
        lock=read_lock(text["policy"], text["lock_settings"], text["lock_disabled"]),
        users=read_users(text["users"], text["package"]),
        settings={name: text[name].strip() for name in WATCHED},
    )


def _commands(package: str) -> dict[str, str]:
    name = quote(package or "none")
    folder = quote(f"/sdcard/Android/data/{package}")
    return {
        "properties": "getprop",
        "id": "id",
        "su": "command -v su",
        "run_as": f"run-as {name} id 2>&1",
        "app_folders": f"ls -d {folder} 2>&1; ls {folder} >/dev/null 2>&1 && echo open",
        "features": "pm list features",
        "policy": "dumpsys window policy",
        "lock_settings": "dumpsys lock_settings | head -n 40",
        "lock_disabled": "locksettings get-disabled",
        "users": "pm list users",
        "package": f"dumpsys package {name} | grep -E 'User [0-9]+:'",
        **WATCHED,
    }


def _root(text: Mapping[str, str], *, rootable: bool) -> str:
    if "uid=0" in text["id"]:
        return "adb"
    if rootable:
        return "adb possible"
    return "su found" if text["su"].strip() else "none"


def _run_as(text: str) -> bool | None:
    if "uid=" in text:
        return True
    return False if text.strip() else None


def _app_folders(text: str) -> str:
    if text.rstrip().endswith("open"):
        return "readable"
    return "absent" if "No such file" in text else "closed" if text.strip() else ""


def _file(serial: str, folder: Path | None) -> Path:
    name = re.sub(r"[^\w.-]", "_", serial)
    return (folder or state_folder() / "capabilities") / f"{name}.json"


def _kept(file: Path, boot: str, package: str) -> Capabilities | None:
    """What was read since the phone started; None for anything else."""
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=Capabilities)
    except (OSError, msgspec.MsgspecError):
        return None
    return kept if boot and (kept.boot_id, kept.package) == (boot, package) else None
