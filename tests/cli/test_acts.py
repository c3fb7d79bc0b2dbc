"""The demo's acts: what they are, that they run side by side, and what is told of them."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from harness.cli.acts import Act, acts, command, play

HEALTH = Act("health", "In health", "sim", "none")
OUTAGE = Act("outage", "Incident", "sim", "login-outage")


def said(text: str) -> str:
    return f"import sys, time; print({text!r}, file=sys.stderr, flush=True)"


def playing(folder: Path, scripts: dict[str, str]) -> tuple[list[tuple[str, str | None, int]], str]:
    """Short name, folder and exit code of each act, and what was printed."""
    screen = Console(file=io.StringIO(), width=200)

    def build(act: Act) -> list[str]:
        return [sys.executable, "-c", scripts[act.short]]

    played = play([HEALTH, OUTAGE], folder, build, screen)
    assert isinstance(screen.file, io.StringIO)
    ends = [(one.act.short, str(one.folder) if one.folder else None, one.code) for one in played]
    return ends, screen.file.getvalue()


def test_health_the_incident_and_the_unreadable_phone() -> None:
    assert [(act.phone, act.incident) for act in acts("slow")] == [
        ("sim", "none"),
        ("sim", "slow"),
        ("sim-retail", "slow"),
    ]


def test_an_act_is_a_run_that_asks_for_its_own_consent(tmp_path: Path) -> None:
    words = command(OUTAGE, tmp_path / "devices.yaml")
    assert words[:4] == [sys.executable, "-m", "harness", "run"]
    assert {"--allow-destructive", "--json", "login-outage", "sim"} <= set(words)


def test_each_line_is_told_and_each_document_is_read(tmp_path: Path) -> None:
    document = 'print(\'{"folder": "/somewhere/run"}\')'
    ends, text = playing(
        tmp_path,
        {
            "health": f"{said('all is well')}; {document}",
            "outage": f"{said('it fails')}; {document}; raise SystemExit(1)",
        },
    )
    assert ends == [("health", "/somewhere/run", 0), ("outage", "/somewhere/run", 1)]
    assert "health all is well\n" in text
    assert "outage it fails\n" in text


def test_they_run_at_the_same_time(tmp_path: Path) -> None:
    other = "import pathlib, sys, time\nmine, its = map(pathlib.Path, {names!r})\nmine.touch()\n"
    other += "for _ in range(600):\n    if its.exists(): sys.exit(0)\n    time.sleep(0.05)\n"
    other += "sys.exit(9)"
    names = [str(tmp_path / "one"), str(tmp_path / "two")]
    ends, _ = playing(
        tmp_path,
        {"health": other.format(names=names), "outage": other.format(names=names[::-1])},
    )
    assert [code for _, _, code in ends] == [0, 0]


def test_a_run_that_says_nothing_readable_has_no_folder(tmp_path: Path) -> None:
    ends, _ = playing(
        tmp_path, {"health": "print('no document')", "outage": "raise SystemExit(10)"}
    )
    assert ends == [("health", None, 0), ("outage", None, 10)]


def test_an_interrupted_demo_ends_its_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = tmp_path / "given-back"
    waits = (
        "import pathlib, time\n"
        f"pathlib.Path({str(tmp_path)!r}, 'up').touch()\n"
        "try:\n    time.sleep(60)\n"
        f"except KeyboardInterrupt:\n    pathlib.Path({str(done)!r}).touch()\n"
    )

    def pressed(*_: object) -> None:
        while not (tmp_path / "up").exists():
            time.sleep(0.02)
        raise KeyboardInterrupt

    monkeypatch.setattr("harness.cli.acts._follow", pressed)
    with pytest.raises(KeyboardInterrupt):
        playing(tmp_path, {"health": waits, "outage": "pass"})
    assert done.exists()
