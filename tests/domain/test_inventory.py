"""What an inventory says of itself."""

import pytest

from harness.domain.inventory import Inventory, Item, Unseen, Volume
from harness.domain.package_state import PackageState
from harness.domain.storage import INTERNAL, Area, Tier

CARD = "1A2B-3C4D"
SEEN = Inventory(
    "sim",
    "org.example",
    0,
    "2026-11-24T10:00:00Z",
    PackageState(installed=True),
    Tier.SHELL_OPEN,
    unseen=(Unseen(Area.CE, "no root"), Unseen(Area.EXTERNAL_DATA, "card is out", CARD)),
)


@pytest.mark.parametrize(
    ("area", "volume", "seen"),
    [
        (Area.CE, INTERNAL, False),
        (Area.CE, CARD, False),
        (Area.EXTERNAL_DATA, INTERNAL, True),
        (Area.EXTERNAL_DATA, CARD, False),
        (Area.SHARED, INTERNAL, True),
    ],
)
def test_sees(area: Area, volume: str, seen: bool) -> None:
    assert SEEN.sees(area, volume) is seen


def test_place_is_what_two_looks_share() -> None:
    before = Item(Area.CE, "files/a", 1, 10, inode=5)
    after = Item(Area.CE, "files/a", 2, 11, inode=6)

    assert before.place == after.place == (INTERNAL, Area.CE, "files/a")


@pytest.mark.parametrize(
    ("state", "mounted"),
    [("mounted", True), ("mounted_read_only", True), ("unmountable", False), ("removed", False)],
)
def test_a_volume_that_is_not_mounted_hides_its_files(state: str, mounted: bool) -> None:
    assert Volume("public:179,1", "card", state, CARD).mounted is mounted
