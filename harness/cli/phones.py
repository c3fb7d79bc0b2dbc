"""From names on the command line to phones; says which is unknown or not attached."""

import socket
from pathlib import Path

from harness.adapters.devices_file import choose_devices, load_devices
from harness.adapters.setting_error import SettingError
from harness.cli.failure import UNSUITABLE, UserError
from harness.domain.device import DeviceEntry
from harness.ports import DeviceControl


def entries_of(devices: Path | None) -> list[DeviceEntry]:
    """All phones of devices.yaml. Raises UserError (2) naming file, line and key."""
    try:
        return load_devices(devices)
    except SettingError as error:
        raise UserError(str(error)) from error


def chosen(names: list[str] | None, devices: Path | None) -> list[DeviceEntry]:
    """The phones asked for, else the default ones. Raises UserError (2)."""
    try:
        return choose_devices(entries_of(devices), names or [])
    except SettingError as error:
        raise UserError(str(error)) from error


def require_attached(entries: list[DeviceEntry]) -> None:
    """Raises UserError (18) where no phone is there and free; of many, the others do their work.

    Starts nothing. A phone behind an address is asked for its port, a phone on a cable is
    looked up at the adb server that is running. Without such a server nothing is said here.
    """
    missing = [told for entry in entries if (told := _missing(entry)) is not None]
    if entries and len(missing) == len(entries):
        raise UserError(missing[0], UNSUITABLE)


def _missing(entry: DeviceEntry) -> str | None:
    """Why a phone cannot be used now, as far as is known without starting anything."""
    from harness.adapters.adb.device import states
    from harness.adapters.adb.discovery import state_advice
    from harness.adapters.adb.link import AdbLink
    from harness.adapters.adb.server import USUAL_PORT, answers, wanted_port
    from harness.adapters.leases import LeaseBook

    if entry.serial is None:
        return None
    held = LeaseBook().held(entry.serial)
    if held is not None:
        return f"phone {entry.name} ({entry.serial}) is held by {held}"
    if entry.adb is not None:
        return None
    host, colon, port = entry.serial.rpartition(":")
    if colon and port.isdigit():
        if _listens(host, int(port)):
            return None
        return (
            f"phone {entry.name}: nothing listens at {entry.serial}; switch it on and its"
            " adb over TCP, or correct its serial"
        )
    link = AdbLink("127.0.0.1", wanted_port() or USUAL_PORT)
    state = states(link).get(entry.serial, "absent") if answers(link) else "device"
    if state == "device":
        return None
    return f"phone {entry.name} ({entry.serial}): {state_advice(state)}"


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host.strip("[]"), port), timeout=3):
            return True
    except OSError:
        return False


def attached_device(name: str, devices: Path | None) -> DeviceControl:
    """A phone that is there now. Raises UserError (2 unknown, 18 not attached)."""
    from harness.adapters.adb.device import AdbDevice
    from harness.adapters.adb.discovery import state_advice
    from harness.adapters.adb.link import AdbLink
    from harness.adapters.adb.server import USUAL_PORT, wanted_port

    (entry,) = chosen([name], devices)
    if entry.serial is None:
        raise UserError(
            f"phone {name}: it is started on demand; start it and give it a serial", UNSUITABLE
        )
    host = entry.adb.host if entry.adb else "127.0.0.1"
    port = entry.adb.port if entry.adb else wanted_port() or USUAL_PORT
    device = AdbDevice(name, entry.serial, AdbLink(host, port))
    state = device.state()
    if state != "device":
        raise UserError(f"phone {name} ({entry.serial}): {state_advice(state)}", UNSUITABLE)
    return device
