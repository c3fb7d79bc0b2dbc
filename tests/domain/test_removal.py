"""Every arm is spoken of, and its dangers are known."""

from harness.domain.removal import ARM_TEXT, CHANGES, LOSES_DATA, REMOVES_CODE, USUAL_ARM, Arm


def test_each_arm_has_its_words() -> None:
    assert set(ARM_TEXT) == set(Arm)


def test_only_two_arms_leave_the_app_as_it_is() -> None:
    assert set(Arm) - CHANGES == {Arm.NOTHING, Arm.STOP_START}
    assert USUAL_ARM in LOSES_DATA & REMOVES_CODE
