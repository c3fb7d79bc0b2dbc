"""A cell says what came of it, also when there is no phone to play it on."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb.link import AdbLink
from harness.domain.removal import Arm
from harness.ports import InstrumentError
from harness.session.launch import Launched
from harness.session.reinstall_matrix import play as module
from harness.session.reinstall_matrix.cell import Cell
from harness.session.reinstall_matrix.play import play

CELL, LINK = Cell(30, Arm.CLEAR), AdbLink("127.0.0.1", 5038)


class Phone(Launched):
    stopped = False

    def stop(self) -> None:
        Phone.stopped = True


def test_a_phone_that_does_not_start_is_trouble_and_no_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []

    def launch(_name: str, words: list[str], *, adb_port: int, log: Path) -> Launched:
        assert (adb_port, log.parent.is_dir()) == (5038, True)
        asked.append(words)
        raise InstrumentError("tools", "launch matrix", "exit code 10")

    monkeypatch.setattr(module, "launch", launch)
    result = play(CELL, LINK, content="odd", kind="retail", more=["--adopted"])
    assert (result.key, result.whole, result.had) == ("30/clear", False, 0)
    assert result.trouble == "tools: launch matrix: exit code 10"
    assert asked[0][2:] == [
        "--count", "1", "--profile", "retail", "--api", "30", "--content", "odd", "--adopted",
        "--json",
    ]  # fmt: skip


def test_a_phone_that_tells_no_truth_is_ended_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def launch(*_: object, **__: object) -> Launched:
        return Phone(process=None, serial="127.0.0.1:7")  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(module, "launch", launch)
    result = play(CELL, LINK, content="odd")
    assert "no control address" in (result.trouble or "")
    assert Phone.stopped
