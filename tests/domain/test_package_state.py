"""A kept data folder and a fresh one."""

import pytest

from harness.domain.package_state import PackageState, same_data_folder

OLD = PackageState(installed=True, uid=10142, ce_inode=4711, first_install="2026-11-01T10:00:00Z")
LATER = "2026-11-24T10:00:00Z"


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        (OLD, True),
        (PackageState(True, 10142, 4711), True),
        (PackageState(True, 10143, 4712, None, LATER), False),
        # inode numbers are used again: alone they prove nothing
        (PackageState(True, 10143, 4711, None, LATER), False),
        (PackageState(True), None),
        (PackageState(False, 10142, 4711), None),
    ],
    ids=["same", "little known, same", "fresh", "inode used again", "nothing known", "removed"],
)
def test_same_data_folder(after: PackageState, kept: bool | None) -> None:
    assert same_data_folder(OLD, after) is kept
