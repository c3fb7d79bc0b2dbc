"""Every item on every Android release in every arm: right fate, none missing, none made up.

Each cell is a phone of its own, reached by the real adb; what truly became of a file is told
by the phone's own file system, and has to be what the Android storage reference says.
"""

from __future__ import annotations

import random

import pytest

from harness.adapters.adb.link import AdbLink
from harness.domain.removal import Arm
from harness.domain.storage import Area
from harness.loss.change import Change
from harness.session.reinstall_matrix.cell import APIS, Cell, CellResult, cells
from harness.session.reinstall_matrix.play import play
from tests.e2e.fates_by_reference import ARCHIVE_SINCE, due
from tests.e2e.lab import Lab

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(500)]

CHANCE = random.Random(20261125)
SAMPLE = [
    Cell(CHANCE.choice(APIS[9:] if arm is Arm.ARCHIVE else APIS), arm)
    for arm in (Arm.CLEAR, Arm.UNINSTALL_INSTALL, Arm.BY_HAND, Arm.KEEP_DATA, Arm.ARCHIVE)
]
"""One release for each of the arms that take something away."""
LEAST_ITEMS, SMALL_FILES, BIG_BYTES = 40, 5000, 200_000_000
SANDBOX_SINCE = 33
SAVED, IN_BETWEEN = 6, 2
"""Saved videos; files that are half written or in the trash."""
ROOTLESS = [Cell(api, Arm.UNINSTALL_INSTALL) for api in (26, 30, 33, 36)]


@pytest.fixture
def link(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> AdbLink:
    for key, value in lab.env().items():
        monkeypatch.setenv(key, value)
    assert lab.adb("start-server").returncode == 0
    return AdbLink("127.0.0.1", lab.adb_port)


@pytest.mark.parametrize("cell", SAMPLE, ids=lambda cell: cell.key)
def test_a_sample_of_the_matrix(link: AdbLink, cell: Cell) -> None:
    check(cell, play(cell, link, content="odd"))


@pytest.mark.slow
@pytest.mark.parametrize("api", APIS)
def test_all_arms_of_a_release(link: AdbLink, api: int) -> None:
    for cell in cells([api]):
        result = play(cell, link, content="large", put_back=False)
        check(cell, result)
        assert result.had > SMALL_FILES
        assert result.size > BIG_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("cell", ROOTLESS, ids=lambda cell: cell.key)
def test_what_a_phone_without_root_hides_is_never_told_as_lost(link: AdbLink, cell: Cell) -> None:
    result = play(cell, link, content="odd", kind="retail")
    assert (result.trouble, result.wrong, result.right) == (None, (), result.had)


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    [Cell(34, Arm.UNINSTALL_INSTALL), Cell(28, Arm.CLEAR), Cell(36, Arm.KEEP_DATA)],
    ids=lambda cell: cell.key,
)
def test_an_app_on_an_adopted_card(link: AdbLink, cell: Cell) -> None:
    check(cell, play(cell, link, content="odd", more=("--adopted",)))


@pytest.mark.slow
@pytest.mark.parametrize("api", [26, 29, 31, 36])
def test_an_app_that_came_with_the_phone_is_only_cleared_or_updated(
    link: AdbLink, api: int
) -> None:
    for arm in (Arm.CLEAR, Arm.UPDATE_IN_PLACE):
        cell = Cell(api, arm)
        check(cell, play(cell, link, content="odd", more=("--preinstalled", "--card")))
    for arm in (Arm.UNINSTALL_INSTALL, Arm.KEEP_DATA):
        result = play(Cell(api, arm), link, content="odd", more=("--preinstalled",))
        assert "roll it back to the factory's version" in (result.trouble or ""), result


@pytest.mark.slow
def test_the_copy_of_a_work_profile_stays(link: AdbLink) -> None:
    cell = Cell(34, Arm.UNINSTALL_INSTALL)
    result = play(cell, link, content="odd", more=("--user", "work"))
    check(cell, result)


def check(cell: Cell, result: CellResult) -> None:
    refused = cell.arm is Arm.ARCHIVE and cell.api < ARCHIVE_SINCE
    assert (result.trouble, result.wrong, result.not_back) == (None, (), ())
    assert result.result == ("refused" if refused else "done"), result.answer
    assert result.right == result.had >= LEAST_ITEMS
    places = set(Area) - (set() if cell.api >= SANDBOX_SINCE else {Area.SANDBOX})
    assert {Area(name) for name in result.areas} == places
    for name, changes in result.areas.items():
        change = due(cell.arm, Area(name), api=cell.api)
        if Area(name) is Area.SHARED and change is not Change.KEPT:
            # What is half written or in the trash is shown to nobody else, with no owner.
            assert changes == {change: SAVED, Change.KEPT: IN_BETWEEN}
        else:
            assert set(changes) == {change}, name
    things = {name: sum(fates.values()) for name, fates in result.things.items()}
    assert things == {"draft": 5, "offline_video": 7, "saved_video": SAVED}
