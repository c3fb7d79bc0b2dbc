"""Whose copies of the app stay, go, and hold an experiment back."""

from __future__ import annotations

import pytest

from harness.domain.app_copies import AppCopy, copies_planned, copy_fates
from harness.domain.removal import Arm

WORK, CLONE, PERSON = AppCopy(10, "work"), AppCopy(999, "clone"), AppCopy(11, "other")


def test_what_became_of_each_is_told() -> None:
    work, clone = copy_fates((WORK, CLONE), (WORK,))

    assert (work.user, work.kept) == (10, True)
    assert work.told.startswith("The app of the work profile (user 10) is still there")
    assert (clone.user, clone.kept) == (999, False)
    assert clone.told.startswith("The clone of the app (user 999) is gone as well")
    assert copy_fates((), (WORK,)) == ()


@pytest.mark.parametrize(
    ("arm", "copies", "may", "words"),
    [
        (Arm.UNINSTALL_INSTALL, (WORK, PERSON), False, ["keeps the app of the work", "keeps the"]),
        (Arm.UNINSTALL_INSTALL, (CLONE,), False, ["takes the clone", "is not run unless"]),
        (Arm.KEEP_DATA, (CLONE,), True, ["takes the clone", "which is not saved"]),
        (Arm.BY_HAND, (PERSON,), False, ["may take the app of another person (user 11)"]),
        (Arm.CLEAR, (CLONE,), False, ["keeps the clone"]),
        (Arm.NOTHING, (CLONE,), False, []),
        (Arm.UNINSTALL_INSTALL, (), False, []),
    ],
)
def test_the_plan_says_whose_go(
    arm: Arm, copies: tuple[AppCopy, ...], may: bool, words: list[str]
) -> None:
    told = copies_planned(arm, copies, may_remove=may)

    assert bool(told) is bool(words)
    for word in words:
        assert word in " | ".join(told)


def test_the_owners_copy_has_a_name_as_well() -> None:
    assert AppCopy(0, "main").words == "the app of the phone's owner (user 0)"
