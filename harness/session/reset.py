"""Mends every phone that an interrupted run left changed, from its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.adapters.adb.device import AdbDevice, connect
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import use_server
from harness.adapters.attach.reset import reset_phone
from harness.adapters.places import state_folder
from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError

ALL_MENDED, NOT_ATTACHED, GAVE_UP = 0, 18, 20


@dataclass(frozen=True, slots=True)
class ResetOutcome:
    """Sentences for the user, and the exit code."""

    lines: tuple[str, ...]
    exit_code: int


def reset_phones(entries: Sequence[DeviceEntry]) -> ResetOutcome:
    """Puts the phones of `entries` that have a serial back; says what was mended on each."""
    lines: list[str] = []
    code = ALL_MENDED
    for entry in entries:
        if entry.serial is None:
            lines.append(f"{entry.name}: starts anew for each run, nothing to mend")
            continue
        try:
            mended = reset_phone(_device(entry, entry.serial))
        except InstrumentError as error:
            lines.append(f"{entry.name}: not reset: {error}")
            code = NOT_ATTACHED if code == ALL_MENDED else code
            continue
        lines += [f"{entry.name}: {line}" for line in mended or ["is as it should be"]]
    left = sorted(file.stem for file in (state_folder() / "journals").glob("*.json"))
    if left:
        lines.append(f"journals remain for: {', '.join(left)}; attach these phones and try again")
        code = code or NOT_ATTACHED
    return ResetOutcome(tuple(lines), code)


def _device(entry: DeviceEntry, serial: str) -> AdbDevice:
    if entry.adb is not None:
        link = AdbLink(entry.adb.host, entry.adb.port)
    else:
        link = use_server(tcp=entry.over_tcp, log=state_folder() / "adb.log").link
    if ":" in serial:
        connect(link, serial)
    return AdbDevice(entry.name, serial, link)
