"""Starts an AVD without a window, for one run, and ends it with all that it started."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

from harness.adapters import child
from harness.adapters.adb.device import AdbDevice, states
from harness.adapters.adb.link import AdbLink
from harness.domain.device import AvdStart
from harness.ports import InstrumentError
from harness.session.emulator_boot import await_boot
from harness.session.launch import Launched

_PORTS = range(5554, 5684, 2)
"""Console ports that an emulator takes; adb's port is the next one (`emulator -help-port`)."""

_LAST_WORDS = 3  # lines of the emulator's log in a message


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


def start_avd(
    name: str,
    avd: str,
    link: AdbLink,
    log: Path,
    start: AvdStart | None = None,
    proxy_port: int | None = None,
) -> Launched:
    """Starts `avd` and waits, bounded, until it is up; the returned handle ends it.

    `proxy_port`: of 127.0.0.1; the emulator sends all its TCP connections there. Something
    must listen already, for the emulator leaves out a proxy that it cannot reach.
    Whatever was done to the phone in the run is forgotten: nothing is saved at its end.
    Raises InstrumentError("tools", …) with the emulator's last words.
    """
    chosen = start or AvdStart()
    port = _port(chosen.port, link, avd)
    environment = {**os.environ, "ANDROID_ADB_SERVER_PORT": str(link.port)}
    command = [emulator_binary(), *arguments(avd, port, chosen, proxy_port)]
    process = child.start("tools", command, env=environment, output=log, tree=True)
    started = Launched(process, f"emulator-{port}")
    try:
        phone = AdbDevice(name, started.serial, link)
        await_boot(phone, chosen.boot_seconds, process.poll)
    except BaseException as error:
        started.stop()
        if not isinstance(error, InstrumentError):
            raise
        detail = f"{error.detail}{last_words(log)}"
        raise InstrumentError("tools", f"start {avd}", detail, advice=f"See {log}.") from error
    return started


def arguments(avd: str, port: int, start: AvdStart, proxy_port: int | None = None) -> list[str]:
    """Of the emulator's command line (`emulator -help`)."""
    words = ["-avd", avd, "-port", str(port), "-no-window", "-no-audio", "-no-boot-anim"]
    words += ["-no-snapshot-save"]
    if start.wipe:
        words += ["-wipe-data", "-no-snapshot-load"]
    if start.snapshot is not None:
        words += ["-snapshot", start.snapshot]
    if proxy_port is not None:
        words += ["-http-proxy", f"http://127.0.0.1:{proxy_port}"]
    return words


def last_words(log: Path) -> str:
    """The log's last lines, to be appended to a sentence; "" without a log."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    said = [line.strip() for line in lines if line.strip()][-_LAST_WORDS:]
    return f"; it said: {' / '.join(said)[:400]}" if said else ""


def _port(wanted: int | None, link: AdbLink, avd: str) -> int:
    taken = set(states(link))
    for port in _PORTS if wanted is None else (wanted,):
        if f"emulator-{port}" not in taken and _free(port) and _free(port + 1):
            return port
    told = f"port {wanted} is in use" if wanted else f"{len(_PORTS)} emulators are running already"
    raise InstrumentError(
        "tools", f"start {avd}", told, advice="End one, or choose another `port:` under `avd:`."
    )


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
