"""Mends every phone that an interrupted run left changed, from its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.adapters.adb.device import connect
from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import use_server
from harness.adapters.adb.streaming import StreamingDevice
from harness.adapters.attach.reset import reset_phone
from harness.adapters.builds.install_journal import mend_install
from harness.adapters.inventory.root_journal import FOLDER as ROOTED
from harness.adapters.inventory.rooting import mend_root
from harness.adapters.leases import LeaseBook
from harness.adapters.places import state_folder
from harness.adapters.removal.journal import RemovalJournal, open_removals
from harness.adapters.removal.mending import mend_removal
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
        held = LeaseBook().held(entry.serial)
        if held is not None:
            lines.append(f"{entry.name}: left alone, it is held by {held}")
            code = NOT_ATTACHED if code == ALL_MENDED else code
            continue
        try:
            mended = _reset(_device(entry, entry.serial))
        except InstrumentError as error:
            lines.append(f"{entry.name}: not reset: {error}")
            code = NOT_ATTACHED if code == ALL_MENDED else code
            continue
        lines += [f"{entry.name}: {line}" for line in mended or ["is as it should be"]]
    lines += _drop_launched()
    left = sorted(
        {
            file.stem
            for name in ("journals", "removals", ROOTED)
            for file in (state_folder() / name).glob("*.json")
        }
    )
    if left:
        lines.append(f"journals remain for: {', '.join(left)}; attach these phones and try again")
        code = code or NOT_ATTACHED
    return ResetOutcome(tuple(lines), code)


def _reset(device: StreamingDevice) -> list[str]:
    """The way of its traffic first, then an app that is half gone, root last."""
    lines = reset_phone(device) + mend_install(device)
    removal = mend_removal(device)
    lines += removal.lines if removal is not None else []
    return lines + mend_root(device)


def _drop_launched() -> list[str]:
    """Phones that were started for a run ended with it; their copies are of no use."""
    dropped: list[str] = []
    for removal in open_removals():
        if removal.launched and not removal.owner_lives:
            RemovalJournal(removal.serial).close(removal)
            dropped.append(f"{removal.device}: it ended with its run; saved copies were deleted")
    return dropped


def _device(entry: DeviceEntry, serial: str) -> StreamingDevice:
    if entry.adb is not None:
        link = AdbLink(entry.adb.host, entry.adb.port)
    else:
        link = use_server(tcp=entry.over_tcp, log=state_folder() / "adb.log").link
    if ":" in serial:
        connect(link, serial)
    return StreamingDevice(entry.name, serial, link)
