"""`harness prune` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.cli.app import run

OLD = "20200101T120000Z-0a1b2c"


def test_first_said_then_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / OLD).mkdir()
    words = ["prune", "--folder", str(tmp_path), "--older-than", "2w"]

    assert run([*words, "--dry-run"]) == 0
    assert "1 would be removed" in capsys.readouterr().out
    assert (tmp_path / OLD).exists()

    assert run(words) == 0
    assert f"{OLD}  " in capsys.readouterr().out
    assert not (tmp_path / OLD).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--older-than", "old"], "--older-than: 'old' is no age"), ([], "there is no such folder")],
)
def test_wrong_words_are_told(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["prune", "--folder", str(tmp_path / "absent"), *words]) == 2
    assert said in capsys.readouterr().err
