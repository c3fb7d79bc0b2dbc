"""Starts an AVD headless and waits, bounded, until Android is really up."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from harness.adapters import child
from harness.adapters.adb.device import AdbDevice, states
from harness.adapters.adb.link import AdbLink
from harness.ports import InstrumentError
from harness.session.launch import Launched

BOOT_TIMEOUT = 300.0
"""Seconds; a cold boot without KVM takes minutes."""

_PORTS = range(5554, 5586, 2)


def emulator_binary() -> str:
    """The SDK's emulator. Raises InstrumentError("tools", …)."""
    home = os.environ.get("ANDROID_HOME") or os.environ.get("ANDROID_SDK_ROOT")
    inside = Path(home) / "emulator" / "emulator" if home else None
    found = str(inside) if inside and inside.exists() else shutil.which("emulator")
    if found is None:
        raise InstrumentError(
            "tools", "find the emulator", "no emulator found", advice="Set ANDROID_HOME to an SDK."
        )
    return found


def start_avd(name: str, avd: str, link: AdbLink, log: Path) -> Launched:
    """Starts `avd` without a window; the returned handle ends it."""
    taken = set(states(link))
    port = next((port for port in _PORTS if f"emulator-{port}" not in taken), None)
    if port is None:
        raise InstrumentError("tools", f"start {avd}", "16 emulators are running already")
    command = [emulator_binary(), "-avd", avd, "-port", str(port), "-no-window", "-no-audio"]
    command += ["-no-boot-anim", "-no-snapshot-save"]
    environment = {**os.environ, "ANDROID_ADB_SERVER_PORT": str(link.port)}
    process = child.start("tools", command, env=environment, output=log, tree=True)
    started = Launched(process, f"emulator-{port}")
    try:
        _await_boot(AdbDevice(name, started.serial, link), started)
    except InstrumentError as error:
        started.stop()
        raise InstrumentError(
            "tools", f"start {avd}", error.detail, advice=f"See {log}."
        ) from error
    return started


def _await_boot(phone: AdbDevice, started: Launched) -> None:
    deadline = time.monotonic() + BOOT_TIMEOUT
    seen = "nothing"
    while time.monotonic() < deadline:
        code = started.process.poll()
        if code is not None:
            raise InstrumentError("tools", "boot", f"the emulator ended with exit code {code}")
        try:
            booted = phone.shell("getprop sys.boot_completed").stdout.strip() == "1"
            packages = booted and phone.shell("pm path android").ok
            seen = "Android, but no package manager" if booted else "adb, but no Android"
            if packages:
                return
        except InstrumentError as error:
            seen = error.detail
        time.sleep(1.0)
    raise InstrumentError("tools", "boot", f"not up within {BOOT_TIMEOUT:.0f} s; saw {seen}")
