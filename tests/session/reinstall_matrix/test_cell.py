"""Cells in their order; a result is whole only when all of it is right."""

from __future__ import annotations

from dataclasses import replace

from harness.domain.removal import Arm
from harness.session.reinstall_matrix.cell import APIS, Cell, CellResult, cells

RIGHT = CellResult("26/clear", 26, Arm.CLEAR, "done", had=9, right=9)


def test_all_releases_and_arms() -> None:
    assert len(cells()) == len(APIS) * len(Arm) == 88
    assert cells([30, 26, 30], [Arm.ARCHIVE, Arm.CLEAR]) == [
        Cell(26, Arm.CLEAR), Cell(26, Arm.ARCHIVE), Cell(30, Arm.CLEAR), Cell(30, Arm.ARCHIVE),
    ]  # fmt: skip
    assert Cell(26, Arm.CLEAR).key == "26/clear"


def test_one_flaw_is_enough() -> None:
    assert RIGHT.whole
    flawed = (
        replace(RIGHT, right=8),
        replace(RIGHT, wrong=("x",)),
        replace(RIGHT, not_back=("x",)),
        replace(RIGHT, trouble="no phone"),
    )
    assert not any(result.whole for result in flawed)
