"""What each arm does to each place of an app, by the Android storage reference (section 1)."""

from __future__ import annotations

from harness.domain.removal import LOSES_DATA, REMOVES_CODE, Arm
from harness.domain.storage import CACHES, Area
from harness.loss.change import Change

OWNERS_SINCE = 29
ARCHIVE_SINCE = 35


def due(arm: Arm, area: Area, *, api: int) -> Change:
    """The fate of a file of the app, without a backup, cards mounted."""
    if area is Area.SHARED:
        orphaned = arm in LOSES_DATA and api >= OWNERS_SINCE
        return Change.ORPHANED if orphaned else Change.KEPT
    if arm is Arm.CLEAR:
        return Change.KEPT if area is Area.OBB else Change.LOST
    if arm in LOSES_DATA:
        return Change.LOST
    if arm is Arm.ARCHIVE and area in CACHES and api >= ARCHIVE_SINCE:
        return Change.LOST
    # Compiled code goes at each installation over the app; our rehearsal is one.
    over = arm in REMOVES_CODE | {Arm.UPDATE_IN_PLACE}
    return Change.LOST if over and area is Area.CODE_CACHE else Change.KEPT
