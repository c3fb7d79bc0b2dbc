"""One look at one phone of devices.yaml: reached, looked at, left as it was."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.adapters.adb.device import AdbDevice, connect, disconnect, states
from harness.adapters.inventory.rooting import as_root
from harness.adapters.inventory.take import Hashing, take_inventory
from harness.adapters.profile_file import load_profile
from harness.domain.device import DeviceEntry
from harness.domain.inventory import Inventory
from harness.session.emulator import start_avd
from harness.session.launch import launch
from harness.session.tools import RunTools


def look_at(
    entry: DeviceEntry,
    *,
    profile: str | None = None,
    package: str | None = None,
    user: int = 0,
    hashing: Hashing = Hashing.NAMED,
    earlier: Inventory | None = None,
) -> Inventory:
    """The inventory of the app that the phone's profile is about.

    adb becomes root for it where the build allows it and the phone is ours to change:
    `may_change_trust`, or started by us. Raises InstrumentError, SettingError.
    """
    known = load_profile(profile or entry.profile)
    with (
        reached(entry) as device,
        as_root(device, allowed=entry.may_change_trust or not entry.serial, ends=not entry.serial),
    ):
        return take_inventory(
            device, known, package=package, user=user, hashing=hashing, earlier=earlier
        )


@contextmanager
def reached(entry: DeviceEntry) -> Generator[AdbDevice]:
    """The phone, started first where its entry says how; stopped and forgotten afterwards."""
    with ExitStack() as stack:
        logs = Path(stack.enter_context(TemporaryDirectory(prefix="harness-look-")))
        tools = RunTools(logs)
        stack.callback(tools.close)
        link = tools.adb(entry)
        started = None
        if entry.launch:
            started = launch(entry.name, entry.launch, adb_port=link.port, log=logs / "phone.log")
        elif entry.avd is not None:
            log = logs / "phone.log"
            started = start_avd(entry.name, entry.avd, link, log, entry.avd_start)
        if started is not None:
            stack.callback(started.stop)
        serial = started.serial if started else str(entry.serial)
        if ":" in serial and serial not in states(link):
            connect(link, serial)
            stack.callback(disconnect, link, serial)
        yield AdbDevice(entry.name, serial, link)
