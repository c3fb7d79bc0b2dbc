"""`reboot`, `remount`, `setenforce`, `getenforce`, `service`: the platform itself."""

from __future__ import annotations

import asyncio
from typing import Protocol, runtime_checkable

from harness.simphone.android.dumpsys.command import running
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import ROOT_UID, Invocation

_rebooting: set[asyncio.Task[None]] = set()


async def reboot(inv: Invocation) -> Reply:
    """Restarts the phone from outside this process, which ends with all others."""
    task = asyncio.ensure_future(inv.phone.reboot())
    _rebooting.add(task)
    task.add_done_callback(_rebooting.discard)
    return Reply()


def _setenforce(inv: Invocation) -> Reply:
    if inv.uid != ROOT_UID:
        return Reply(err="setenforce: Couldn't set enforcing status: Permission denied\n", code=1)
    if len(inv.argv) != 2 or inv.argv[1].lower() not in ("0", "1", "permissive", "enforcing"):
        return Reply(err="usage: setenforce [ Enforcing | Permissive | 1 | 0 ]\n", code=1)
    android(inv.phone).activities.state.enforcing = inv.argv[1].lower() in ("1", "enforcing")
    return Reply()


def _getenforce(inv: Invocation) -> Reply:
    return Reply("Enforcing\n" if android(inv.phone).activities.state.enforcing else "Permissive\n")


@runtime_checkable
class HasSystem(Protocol):
    """File systems whose read-only image can be written to for a while."""

    def open_system(self, *, writable: bool) -> None: ...


def _remount(inv: Invocation) -> Reply:
    """What `adb remount` runs: root may write to the image until the phone boots again."""
    if inv.uid != ROOT_UID:
        return Reply(err='Not running as root. Try "adb root" first.\n', code=1)
    if isinstance(inv.phone.fs, HasSystem):
        inv.phone.fs.open_system(writable=True)
    return Reply("remount succeeded\n")


def _service(inv: Invocation) -> Reply:
    """`service list` and `service check NAME`."""
    names = running(android(inv.phone))
    match list(inv.argv[1:]):
        case ["list"]:
            rows = [f"{number}\t{name}: []\n" for number, name in enumerate(names)]
            return Reply(f"Found {len(names)} services:\n" + "".join(rows))
        case ["check", name]:
            return Reply(f"Service {name}: {'found' if name in names else 'not found'}\n")
        case _:
            return Reply(
                "Usage: service [-h|-?]\n       service list\n       service check SERVICE\n"
            )


COMMANDS = {
    "reboot": program(reboot),
    "remount": program(_remount),
    "setenforce": program(_setenforce),
    "getenforce": program(_getenforce),
    "service": program(_service),
}
