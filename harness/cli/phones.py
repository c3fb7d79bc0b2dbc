"""From names on the command line to phones; says which is unknown or not attached."""

from pathlib import Path

from harness.adapters.devices_file import DevicesFileError, choose_devices, load_devices
from harness.cli.failure import UNSUITABLE, UserError
from harness.domain.device import DeviceEntry
from harness.ports import DeviceControl


def entries_of(devices: Path | None) -> list[DeviceEntry]:
    """All phones of devices.yaml. Raises UserError (2) naming file, line and key."""
    try:
        return load_devices(devices)
    except DevicesFileError as error:
        raise UserError(str(error)) from error


def chosen(names: list[str] | None, devices: Path | None) -> list[DeviceEntry]:
    """The phones asked for, else the default ones. Raises UserError (2)."""
    try:
        return choose_devices(entries_of(devices), names or [])
    except DevicesFileError as error:
        raise UserError(str(error)) from error


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
