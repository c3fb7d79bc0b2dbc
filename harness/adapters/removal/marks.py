"""What the phone's log says of an app since a moment: the proof that a removal leaves."""

from __future__ import annotations

from harness.adapters.adb.device import quote
from harness.ports import DeviceControl


def log_moment(device: DeviceControl) -> str:
    """The phone's time now, as `logcat -T` takes it; "" when the phone does not tell."""
    text = device.shell("date '+%m-%d %H:%M:%S.000'").stdout.strip()
    return text if len(text) == 18 else ""


def log_since(device: DeviceControl, moment: str, package: str) -> str:
    """Lines of all buffers that name the package; "" when the log cannot be read."""
    since = f"-T {quote(moment)}" if moment else ""
    command = f"logcat -d -b main,system,events -v threadtime {since}"
    return device.shell(f"{command} | grep -F {quote(package)}; true", timeout=30.0).stdout
