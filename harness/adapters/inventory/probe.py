"""The first call: tier, volumes, package state, canary and clock, all in one batch."""

from __future__ import annotations

import time
from dataclasses import dataclass

from harness.adapters.adb.app_copies import copies_of
from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.device import AdbDevice
from harness.adapters.adb.package import read_signer
from harness.adapters.adb.text.clock import COMMAND as CLOCK
from harness.adapters.adb.text.clock import read_clock
from harness.adapters.adb.text.package_state import read_state
from harness.adapters.adb.text.storage import read_df
from harness.adapters.adb.text.volumes import read_volumes
from harness.adapters.inventory.access import Access, choose_access, probes
from harness.adapters.inventory.canary import (
    NOT_PROVED,
    OPEN,
    canary_probes,
    judge_canary,
    storage_probe,
)
from harness.domain.app_copies import AppCopy
from harness.domain.inventory import ABSENT, Canary, Inventory, Volume
from harness.domain.package_state import PackageState
from harness.ports import InstrumentError

SECONDS = 60.0
AS_ROOT = "Root reads the files below Android/data themselves."
OLDEST = 26
"""API level; older ones have no sha256sum."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What must be known before anything is listed."""

    access: Access
    api: int
    state: PackageState
    volumes: tuple[Volume, ...]
    canary: Canary
    clock_offset: float | None = None  # seconds, phone minus host
    free_bytes: int | None = None  # of /data
    locked: bool = False  # not unlocked since it was switched on
    copies: tuple[AppCopy, ...] = ()  # of other users


def probe(
    device: AdbDevice, package: str, *, user: int = 0, earlier: Inventory | None = None
) -> Probe:
    """Asks and judges. Raises InstrumentError for a phone that is too old or does not answer."""
    begun = time.time()
    clock = device.shell(CLOCK).stdout
    reading = read_clock(clock, begun, time.time())
    answers = read_batch(device, _commands(package, user), timeout=SECONDS)
    api = int(answers["api"].strip() or 0)
    if api < OLDEST:
        raise InstrumentError(
            "adb",
            f"take the inventory of {package} on {device.name} ({device.serial})",
            f"its Android has API level {api or 'unknown'}; at least {OLDEST} is needed",
            advice="Use a phone with Android 8 or later.",
        )
    before = earlier.canary if earlier else None
    canary = judge_canary(answers, earlier=before)
    access = choose_access(answers, package, user, open_data=canary.result == OPEN)
    if not access.root and canary.result == NOT_PROVED:
        answers |= read_batch(device, storage_probe(package, user), timeout=SECONDS)
        canary = judge_canary(answers, earlier=before)
    state = read_state(
        answers["dump"],
        package,
        paths=answers["paths"],
        zone=reading.zone if reading else "",
        user=user,
        backup=answers["backup"],
        signer=read_signer(device, package) if answers["paths"].strip() else None,
    )
    return Probe(
        access=access,
        api=api,
        state=state,
        volumes=_with_absent(read_volumes(answers["volumes"]), state, earlier),
        canary=Canary(OPEN, AS_ROOT) if access.root else canary,
        clock_offset=round(reading.offset, 3) if reading else None,
        free_bytes=free[1] if (free := read_df(answers["df"])) else None,
        locked=answers["unlocked"].strip() == "false",
        copies=copies_of(state.other_users, answers["users"]),
    )


def _with_absent(
    volumes: tuple[Volume, ...], state: PackageState, earlier: Inventory | None
) -> tuple[Volume, ...]:
    """Cards that Android lists no more since they were pulled out, and of which the app's
    record or an earlier look knows."""
    known = [Volume("", "adopted", ABSENT, state.away)] if state.away else []
    known += [
        Volume(volume.id, volume.kind, ABSENT, volume.name)
        for volume in (earlier.volumes if earlier else ())
        if volume.kind in {"card", "adopted"} and volume.name
    ]
    names = {volume.name for volume in volumes}
    absent = {volume.name: volume for volume in known if volume.name not in names}
    return (*volumes, *absent.values())


def _commands(package: str, user: int) -> dict[str, str]:
    return {
        "api": "getprop ro.build.version.sdk",
        "unlocked": f"getprop sys.user.{user}.ce_available",
        "volumes": "sm list-volumes all",
        "users": "pm list users",
        "paths": f"pm path --user {user} {package}",
        "dump": f"dumpsys package {package}",
        "backup": "bmgr enabled; bmgr list transports",
        "df": "df -k /data",
        **probes(package, user),
        **canary_probes(f"/storage/emulated/{user}", package),
    }
