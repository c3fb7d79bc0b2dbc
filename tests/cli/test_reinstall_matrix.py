"""What `harness reinstall-matrix` prints and draws."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.cli.failure import UserError
from harness.cli.reinstall_matrix import document, line_of, picture, reinstall_matrix, table
from harness.domain.removal import Arm
from harness.session import tools
from harness.session.reinstall_matrix import play as playing
from harness.session.reinstall_matrix.cell import Cell, CellResult

DELETED = CellResult(
    "26/uninstall_install", 26, Arm.UNINSTALL_INSTALL, "done", had=9, right=9,
    fates={"lost": 8, "orphaned": 1}, things={"draft": {"lost": 5}, "saved_video": {"survived": 1}},
)  # fmt: skip
UPDATED = CellResult(
    "26/update_in_place", 26, Arm.UPDATE_IN_PLACE, "done", had=9, right=8,
    fates={"lost": 1, "kept": 8}, things={"draft": {"survived": 5}},
    wrong=("ce 'a': kept, is lost",),
)  # fmt: skip
REFUSED = CellResult("26/archive", 26, Arm.ARCHIVE, "refused", had=9, right=9, fates={"kept": 9})
BROKEN = CellResult("27/archive", 27, Arm.ARCHIVE, trouble="no phone")
RESULTS = [DELETED, UPDATED, REFUSED, BROKEN]


def test_the_table_says_what_was_lost_of_what() -> None:
    lines = table(RESULTS)
    assert lines[0].split() == ["arm", "API", "26", "API", "27"]
    rows = {line[:16].strip(): line[16:].split() for line in lines[1:4]}
    assert rows == {"update": ["0/5!"], "archive": ["refused", "!"], "delete": ["5/6"]}
    text = "\n".join(lines)
    assert "26 of 27 files told right; 2 of 4 experiments without a flaw" in text
    assert "26/update_in_place: ce 'a': kept, is lost" in text
    assert "27/archive: did not work: no phone" in text


def test_the_picture_shades_by_the_worst_loss() -> None:
    drawn = picture(RESULTS)
    for spoken in (
        "delete, API 26: 5 of 6 drafts and videos lost, 8 of 9 files",
        "update, API 26: 0 of 5 drafts and videos lost, 1 of 9 files",
        "archive, API 26: refused",
        "archive, API 27: no phone",
    ):
        assert f"<title>{spoken}</title>" in drawn


def test_for_machines_and_in_one_line() -> None:
    cells = json.loads(document(RESULTS))["cells"]
    assert [cell["whole"] for cell in cells] == [True, False, True, False]
    assert line_of(DELETED) == (
        "26/uninstall_install: done; 9 of 9 files told right; 8 lost, 1 orphaned; 0 s"
    )


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []

    class Tools:
        def __init__(self, logs: Path) -> None:
            assert logs.is_dir()

        def adb(self, entry: object) -> object:
            return entry

        def close(self) -> None:
            seen.append("closed")

    def play(cell: Cell, link: object, **more: object) -> CellResult:
        seen.append(f"{cell.key} {more['content']} {more['put_back']}")
        return replace(DELETED, key=cell.key, api=cell.api, arm=cell.arm)

    monkeypatch.setattr(tools, "RunTools", Tools)
    monkeypatch.setattr(playing, "play", play)
    return seen


def test_a_call_writes_what_it_prints(
    played: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert reinstall_matrix([30], ["clear"], "large", tmp_path) == 0
    assert played == ["30/clear large False", "closed"]
    assert "clear storage" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {
        "reinstall.jsonl", "reinstall-matrix.svg", "reinstall-matrix.json",
    }  # fmt: skip
    assert reinstall_matrix([30], ["clear"], "large", tmp_path, as_json=True) == 0
    assert json.loads(capsys.readouterr().out)["cells"][0]["key"] == "30/clear"


def test_a_plan_plays_nothing(played: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert reinstall_matrix([30, 31], ["clear"], "odd", None, plan=True) == 0
    assert (capsys.readouterr().out, played) == ("30/clear\n31/clear\n", [])


@pytest.mark.parametrize(
    ("apis", "arms", "due"), [([25], None, "--api 25"), (None, ["burn"], "--arm burn: there are")]
)
def test_what_there_is_not(apis: list[int] | None, arms: list[str] | None, due: str) -> None:
    with pytest.raises(UserError, match=due):
        reinstall_matrix(apis, arms, "odd", None, plan=True)
