"""What a run would destroy is said before it, by the phone's own openness."""

from __future__ import annotations

import pytest

from harness.adapters.profile_file import load_profile
from harness.cli.plan import planned, print_plan
from harness.cli.removal_plan import KEYSTORE, look_for_plan, plan_removal, tell_copies
from harness.domain.app_copies import AppCopy
from harness.domain.device import DeviceEntry
from harness.domain.removal import Arm
from harness.domain.storage import Tier

STORAGE = load_profile("tiktok").storage
ENTRY = DeviceEntry("desk", launch=("x",), destructive=True)


@pytest.mark.parametrize(
    ("tier", "saved", "lost"),
    [
        (Tier.ADB_ROOT, "all of it", KEYSTORE),
        (Tier.SHELL_OPEN, "what lies in Android/data", "drafts"),
        (None, "told once it is on", "without root: drafts"),
    ],
)
def test_what_is_saved_depends_on_the_phone(tier: Tier | None, saved: str, lost: str) -> None:
    plan = plan_removal(STORAGE, Arm.UNINSTALL_INSTALL, tier)
    assert plan.logs_out
    assert "drafts" in (plan.destroys or "")
    assert "saved videos" not in (plan.destroys or ""), "shared files survive"
    assert saved in plan.saved_first
    assert lost in plan.not_saved
    assert KEYSTORE in plan.not_saved


@pytest.mark.parametrize("arm", [Arm.NOTHING, Arm.KEEP_DATA, Arm.ARCHIVE, Arm.UPDATE_IN_PLACE])
def test_other_arms_keep_the_data(arm: Arm) -> None:
    plan = plan_removal(STORAGE, arm, None)
    assert not plan.logs_out
    assert (plan.destroys is None) is (arm is Arm.NOTHING)


def test_a_phone_that_is_not_there_is_not_asked() -> None:
    assert look_for_plan(ENTRY, "a.b") == (None, None)
    assert look_for_plan(DeviceEntry("x", serial="127.0.0.1:1"), "a.b") == (None, None)


def test_whose_copies_are_at_stake_is_told_once_the_phone_is_there() -> None:
    (told,) = tell_copies(ENTRY, Arm.KEEP_DATA, None)
    assert "once the phone is on" in told
    assert tell_copies(ENTRY, Arm.NOTHING, None) == ()
    (told,) = tell_copies(ENTRY, Arm.UNINSTALL_INSTALL, (AppCopy(999, "clone"),))
    assert "unless the phone's entry says may_remove_copies: true" in told


def test_the_plan_names_the_hidden_costs(capsys: pytest.CaptureFixture[str]) -> None:
    names = ["login", "reinstall"]
    rows = planned([ENTRY], names, arm=Arm.UNINSTALL_INSTALL, allow_destructive=False)
    assert [(row.scenario, row.runs, row.logs_out) for row in rows] == [
        ("login", True, False), ("reinstall", False, True),
    ]  # fmt: skip
    print_plan([ENTRY], names, arm=Arm.CLEAR, allow_destructive=True, as_json=False)
    told = capsys.readouterr().out
    assert "logs the app out" in told
    assert "cannot save" in told
    print_plan([ENTRY], names, arm=Arm.NOTHING, allow_destructive=True, as_json=False)
    assert "logs the app out" not in capsys.readouterr().out
