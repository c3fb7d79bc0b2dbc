"""`harness loss`: two files or run folders in, the loss list out; bad input in one sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.inventory_file import decode_losses, encode_inventory
from harness.cli.failure import UserError
from harness.cli.loss import file_of, loss
from harness.domain.inventory import Item
from harness.domain.storage import Area
from harness.loss.loss import Fate
from tests.loss.phones import FRESH, OLD, look

DRAFT = Item(Area.CE, "files/draft/7/video.mp4", 9, OLD, "draft", sha256="aa")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run" / "tests" / "sim" / "reinstall" / "try-1"
    folder.mkdir(parents=True)
    before = replace(look(DRAFT), profile="tiktok")
    (folder / "before.json").write_bytes(encode_inventory(before))
    (folder / "after.json").write_bytes(encode_inventory(look(state=FRESH)))
    return tmp_path / "run"


def test_a_run_folder_holds_both(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert loss(run, run) == 0

    said = capsys.readouterr().out
    assert "Deleting the app cost the draft" in said
    assert "files/draft/7" in said


def test_json_is_the_document_of_the_schema(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert loss(run, run, as_json=True) == 0

    said = capsys.readouterr().out
    (row,) = decode_losses(said.encode()).rows
    assert (row.item, row.fate) == ("draft", Fate.LOST)
    assert json.loads(said)["losses"]["package"] == "org.example.feed"


def test_the_profile_may_be_another_one(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert loss(run, run, profile="plain", as_json=True) == 0
    (row,) = decode_losses(capsys.readouterr().out.encode()).rows
    assert row.returns == ""


def test_an_inventory_without_a_profile_is_compared_all_the_same(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (before,) = run.rglob("before.json")
    before.write_bytes(encode_inventory(look(DRAFT)))

    assert loss(before, run) == 0
    assert "draft" in capsys.readouterr().out


def test_bad_input_is_named(run: Path, tmp_path: Path) -> None:
    (broken := tmp_path / "broken.json").write_text('{"schema": 1}')
    other = tmp_path / "other.json"
    other.write_bytes(encode_inventory(replace(look(), package="a.b")))

    with pytest.raises(UserError, match=r"broken\.json: this is no inventory"):
        loss(run, broken)
    with pytest.raises(UserError, match=r"gone\.json: cannot be read"):
        loss(tmp_path / "gone.json", run)
    with pytest.raises(UserError, match=r"cannot be compared: .*org\.example\.feed .* a\.b"):
        loss(run, other)
    with pytest.raises(UserError, match="no such profile"):
        loss(run, run, profile="nope")


def test_a_folder_must_hold_exactly_one(run: Path, tmp_path: Path) -> None:
    assert file_of(run, "after.json").name == "after.json"
    with pytest.raises(UserError, match=r"there is no middle\.json in this folder"):
        file_of(run, "middle.json")
    (run / "after.json").write_text("x")
    with pytest.raises(UserError, match=r"2 files after\.json"):
        file_of(run, "after.json")
