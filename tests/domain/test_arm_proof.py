"""An arm counts as done when the phone's own state shows it, and not by its word alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.domain.arm_proof import prove
from harness.domain.package_state import PackageState
from harness.domain.removal import Arm, ArmResult

OLD = PackageState(
    True, uid=10180, ce_inode=41, first_install="2026-03-02 09:00:00",
    last_update="2026-03-02 09:00:00", code_paths=("/data/app/a/base.apk",),
)  # fmt: skip
NEW_CODE: dict[str, Any] = {"code_paths": ("/data/app/b/base.apk",)}
UPDATED: dict[str, Any] = {**NEW_CODE, "last_update": "2026-03-02 10:00:00"}
FRESH: dict[str, Any] = {**UPDATED, "first_install": "2026-03-02 10:00:00", "ce_inode": 77}
REMOVED = "I ActivityManager: Force stopping a.b appid=10180 user=0: deletePackageX"
CLEARED = "I am_clear_app_data_caller: [1500,1000,a.b]"


@pytest.mark.parametrize(
    ("arm", "changes", "answer", "log", "due"),
    [
        (Arm.NOTHING, {}, "", "", "done"),
        (Arm.NOTHING, {"ce_inode": 42}, "", "", "not_proved"),
        (Arm.STOP_START, {}, "", "", "done"),
        (Arm.CLEAR, {}, "Success", CLEARED, "done"),
        (Arm.CLEAR, {}, "Success", "", "done"),  # log buffers are short
        (Arm.CLEAR, FRESH, "Success", CLEARED, "not_proved"),  # that was more than a clearing
        (Arm.UPDATE_IN_PLACE, UPDATED, "Success", "", "done"),
        (Arm.UPDATE_IN_PLACE, {}, "Success", "", "not_proved"),
        (Arm.UPDATE_IN_PLACE, FRESH, "Success", "", "not_proved"),
        (Arm.KEEP_DATA, FRESH | {"ce_inode": 41}, "Success", REMOVED, "done"),
        (Arm.KEEP_DATA, FRESH, "Success", REMOVED, "not_proved"),  # the data was not kept
        (Arm.UNINSTALL_INSTALL, FRESH, "Success", REMOVED, "done"),
        # one second, the inode given again: the user id alone shows the new folder
        (Arm.UNINSTALL_INSTALL, NEW_CODE | {"uid": 10181}, "Success", REMOVED, "done"),
        (Arm.UNINSTALL_INSTALL, NEW_CODE, "Success", REMOVED, "not_proved"),
        (Arm.UNINSTALL_INSTALL, {}, "Success", "", "not_proved"),
        (Arm.BY_HAND, FRESH, "", REMOVED, "done"),
        (Arm.ARCHIVE, UPDATED, "Success", "", "done"),
        (Arm.ARCHIVE, FRESH, "Success", "", "not_proved"),
        (Arm.UNINSTALL_INSTALL, FRESH | {"installed": False}, "Success", REMOVED, "not_proved"),
        (Arm.UNINSTALL_INSTALL, FRESH, "Failure [DELETE_FAILED]", "", "not_proved"),
    ],
)
def test_what_shows_an_arm(
    arm: Arm, changes: dict[str, Any], answer: str, log: str, due: str
) -> None:
    outcome = prove(arm, OLD, replace(OLD, **changes), answer=answer, log=log)
    assert outcome.result == due
    assert outcome.arm is arm
    assert all(proof.statement for proof in outcome.proofs)


@pytest.mark.parametrize("arm", list(Arm))
def test_a_phone_that_states_nothing_proves_nothing(arm: Arm) -> None:
    outcome = prove(arm, PackageState(True), PackageState(True), answer="", log="")
    assert outcome.result is ArmResult.NOT_PROVED
    assert {proof.holds for proof in outcome.proofs} == {None}


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ((10, 999), "the app of user 10, 999 is still there"),
        ((10,), "the app of user 999 is gone as well"),
    ],
)
def test_copies_of_other_users_are_told_and_prove_nothing(left: tuple[int, ...], told: str) -> None:
    before = replace(OLD, other_users=(10, 999))
    after = replace(OLD, other_users=left, **FRESH)
    outcome = prove(Arm.UNINSTALL_INSTALL, before, after, answer="Success", log=REMOVED)
    (proof,) = [proof for proof in outcome.proofs if proof.name == "other_users"]
    assert (proof.holds, proof.statement) == (None, told)
    assert outcome.result is ArmResult.DONE
