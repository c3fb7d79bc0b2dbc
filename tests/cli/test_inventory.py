"""`harness inventory`: what is printed of a look, and what is refused before one is taken."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from harness.cli.failure import UserError
from harness.cli.inventory import inventory, print_inventory
from harness.domain.inventory import Inventory, Unseen
from harness.domain.storage import Area
from harness.session import inventory as session_inventory
from tests.loss.phones import REMOVED, draft, look

DEVICES = "phones:\n  desk:\n    launch: [x]\n"


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    file = tmp_path / "devices.yaml"
    file.write_text(DEVICES)
    return file


def printed(found: Inventory) -> str:
    console = Console(file=StringIO(), width=80, color_system=None)
    print_inventory(console, found)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_classes_gaps_and_cost_are_printed() -> None:
    gap = Unseen(Area.OBB, "The card is not mounted.", "1A2B-3C4D")
    said = printed(look(draft(1), draft(2), unseen=(gap,)))

    assert "org.example.feed (version not known) on sim, seen by adb_root" in said
    assert "draft      2  2,000" in said
    assert "not visible: The card is not mounted. (obb on 1A2B-3C4D)" in said
    assert "0 adb calls" in said
    assert "(not installed)" in printed(look(state=REMOVED))


def test_the_phone_is_looked_at_and_the_document_printed(
    devices: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[dict[str, object]] = []

    def look_at(entry: object, **more: object) -> Inventory:
        asked.append(more)
        return replace(look(draft(1)), device="desk")

    monkeypatch.setattr(session_inventory, "look_at", look_at)

    assert inventory("desk", devices, hashing="all", as_json=True) == 0
    assert '"device": "desk"' in capsys.readouterr().out
    assert inventory("desk", devices) == 0
    assert asked[0]["hashing"] == "all"


def test_bad_words_are_refused_before_the_phone_is_touched(devices: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--hash some: choose one of none, named, all"):
        inventory("desk", devices, hashing="some")
    with pytest.raises(UserError, match="dsek"):
        inventory("dsek", devices)
    with pytest.raises(UserError, match=r"gone\.json: cannot be read"):
        inventory("desk", devices, earlier=tmp_path / "gone.json")
    with pytest.raises(UserError, match="no such profile"):
        inventory("desk", devices, profile="nope")
