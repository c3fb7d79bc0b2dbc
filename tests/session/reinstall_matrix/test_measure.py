"""A measurement goes on where it was broken off."""

from __future__ import annotations

from pathlib import Path

from harness.domain.removal import Arm
from harness.session.reinstall_matrix.cell import Cell, CellResult, cells
from harness.session.reinstall_matrix.measure import RESULTS, known_results, measure

WANTED = cells([26], [Arm.NOTHING, Arm.CLEAR])


def test_what_worked_is_not_played_again(tmp_path: Path) -> None:
    played: list[str] = []

    def play(cell: Cell, trouble: str | None = None) -> CellResult:
        played.append(cell.key)
        return CellResult(cell.key, cell.api, cell.arm, had=1, right=1, trouble=trouble)

    measure(WANTED[:1], tmp_path, play)
    measure(WANTED[1:], tmp_path, lambda cell: play(cell, "no phone"))
    with (tmp_path / RESULTS).open("ab") as target:
        target.write(b'{"key": "torn')
    told: list[str] = []
    results = measure(WANTED, tmp_path, play, lambda result: told.append(result.key))

    assert played == ["26/nothing", "26/clear", "26/clear"]
    assert told == ["26/clear"]
    assert [result.key for result in results] == ["26/nothing", "26/clear"]
    assert known_results(tmp_path)["26/nothing"] == results[0]
    assert known_results(tmp_path / "none") == {}
