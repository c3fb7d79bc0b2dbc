"""An app that came with the phone: on every release it is rolled back, and the harness knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.removal.circumstances import read_circumstances
from harness.adapters.removal.standing import read_standing
from harness.domain.interlock import refusals
from harness.domain.package_state import PackageState
from harness.domain.removal import REMOVES_CODE, Arm
from harness.simphone.fleet import SHIPPED_AT, SHIPPED_CODE
from tests.pages.simulated import PACKAGE, SimulatedPhone, simulated


def reasons(phone: SimulatedPhone, state: PackageState) -> dict[Arm, set[str]]:
    """Why each arm is refused, with all consent given."""
    seen = read_circumstances(
        phone.device, state, package=PACKAGE, arm=Arm.NOTHING, entry_allows=True, run_allows=True,
        test_account=True, named=True, attended=True,
    )  # fmt: skip
    return {arm: {why.reason for why in refusals(replace(seen, arm=arm))} for arm in Arm}


@pytest.mark.parametrize("api", range(26, 37))
def test_removal_rolls_it_back_and_the_harness_does_not_try(tmp_path: Path, api: int) -> None:
    with simulated(tmp_path, api=api, preinstalled=True) as phone:
        device = phone.device
        device.root()
        kept = f"/data/user/0/{PACKAGE}/files/kept"
        assert device.shell(f"echo x > {kept}").ok
        before = read_standing(device, PACKAGE)
        assert (before.installed, before.preinstalled) == (True, True)
        assert before.code_paths[0].startswith("/data/app/"), "the store's update lies over it"
        assert before.version_code is not None
        assert before.version_code > SHIPPED_CODE
        dump = device.shell(f"dumpsys package {PACKAGE}").stdout
        assert f"codePath={SHIPPED_AT}" in dump.partition("Hidden system packages:")[2]
        for arm, why in reasons(phone, before).items():
            assert ("preinstalled" in why) is (arm in REMOVES_CODE), arm

        # Clearing is the same as for any app.
        assert device.shell(f"pm clear {PACKAGE}").stdout == "Success\n"
        cleared = read_standing(device, PACKAGE)
        assert (cleared.code_paths, cleared.uid) == (before.code_paths, before.uid)
        assert not device.shell(f"ls {kept}").ok

        # What the harness refuses, done by hand: an older version, and the data are gone.
        assert device.shell(f"echo x > {kept}").ok
        assert device.shell(f"pm uninstall {PACKAGE}").stdout == "Success\n"
        after = read_standing(device, PACKAGE)
        assert (after.installed, after.preinstalled) == (True, True)
        assert after.version_code == SHIPPED_CODE
        assert after.code_paths[0].startswith(SHIPPED_AT)
        assert after.ce_inode != before.ce_inode
        assert not device.shell(f"ls {kept}").ok
        assert "Failure" in device.shell(f"pm uninstall {PACKAGE}").stdout, "it cannot go further"
