"""Activities from the top down, as the activity manager lists them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from harness.simphone.android.apk.manifest import full_name
from harness.simphone.android.service_state import ActivityRecord

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

SYSTEM_DIALOGS = "android"
FIRST_TASK = 9


def tasks(phone: AndroidPhone) -> list[ActivityRecord]:
    """Topmost first, the launcher always among them.

    What has the focus is on top, also when the app itself went there. Windows
    of the lock screen and the system's dialogs are no activities: the app
    below them stays on top.
    """
    known = list(phone.activities.state.stack)
    home = phone.packages.home
    if all(record.package != home[0] for record in known):
        known.append(_record(phone, *home))
    focus = phone.display.focus()
    if focus is None or focus[0] == SYSTEM_DIALOGS or "." not in focus[1]:
        return known
    package, activity = focus[0], full_name(*focus)
    found = next((r for r in known if (r.package, r.activity) == (package, activity)), None)
    if found is not None:
        known.remove(found)
        return [found, *known]
    sibling = next((r for r in known if r.package == package), None)
    fresh = _record(phone, package, activity)
    return [replace(fresh, task=sibling.task) if sibling else fresh, *known]


def _record(phone: AndroidPhone, package: str, activity: str) -> ActivityRecord:
    """A record for an activity that nobody started through `am`."""
    processes = phone.processes.of_package(package)
    token = crc32(f"{package}/{activity}".encode()) & 0xFFFFFFF
    pid = processes[0].pid if processes else 0
    return ActivityRecord(package, activity, FIRST_TASK, token, pid)
