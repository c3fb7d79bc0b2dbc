"""One trial: the command, and what is read of its end."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from harness.session.accuracy import play as playing
from harness.session.accuracy.trial import Trial

TRIAL = Trial("sim", "login", "http-500", "login", "server", "failed")
HEALTHY = Trial("sim", "login", "none", "*", "none", "passed")
VERDICT = {
    "scenario": "login", "party": "server", "outcome": "failed", "confidence": 0.9,
    "rule": "http_server_error", "visibility": "open", "summary": "It fails.",
}  # fmt: skip


def said(**changes: Any) -> str:
    return "noise\n" + json.dumps({"verdicts": [{"scenario": "x"}, VERDICT | changes]}) + "\n"


def test_the_command() -> None:
    words = playing.command_of(TRIAL, Path("out"), Path("d.yaml"))
    assert words[1:4] == ["-m", "harness", "run"]
    assert words[-4:] == ["--fault", "http-500:login", "--devices", "d.yaml"]
    assert "--fault" not in playing.command_of(HEALTHY, Path("out"), None)


@pytest.mark.parametrize(
    ("printed", "right", "trouble", "kept"),
    [
        (said(), True, None, False),
        (said(party="client"), False, None, True),
        (said(outcome="not_run"), False, "not run", True),
        ("", False, "exit 20", True),
        ("{}", False, "exit 20", True),
    ],
)
def test_what_came_of_it(
    printed: str, right: bool, trouble: str | None, kept: bool,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def run(words: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        Path(words[words.index("--out") + 1]).mkdir(parents=True)
        Path(more["env"]["HARNESS_STATE"]).mkdir()
        return subprocess.CompletedProcess(words, 20, printed, "line\nthe adb server is gone")

    monkeypatch.setattr(subprocess, "run", run)
    result = playing.play(TRIAL, tmp_path, None)
    assert result.right == right
    assert (result.trouble or "").startswith(trouble or "")
    assert (result.trouble is None) == (trouble is None)
    assert [path.suffix for path in (tmp_path / "runs").iterdir()] == ([""] if kept else [])


def test_a_run_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(words: list[str], **_: Any) -> None:
        raise subprocess.TimeoutExpired(words, 1.0)

    monkeypatch.setattr(subprocess, "run", run)
    assert "no end" in str(playing.play(TRIAL, tmp_path, None).trouble)
