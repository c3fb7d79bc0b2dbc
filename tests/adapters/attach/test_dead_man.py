"""The dead-man loop: its script in a real shell, and arming it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from harness.adapters.attach import dead_man
from harness.adapters.attach.dead_man import FOLDER, DeadMan, script
from harness.adapters.attach.settings_journal import KEYS
from harness.ports import InstrumentError
from tests.adapters.attach.phone_stand_in import StandIn

BEFORE: dict[str, str | None] = dict.fromkeys(KEYS) | {"global_proxy_pac_url": "http://pac/x"}

SETTINGS = """#!/bin/sh
# settings get|put|delete global KEY [VALUE], kept as files
d="$(dirname "$0")/../store"
case $1 in
get) cat "$d/$3" 2>/dev/null || echo null ;;
put) echo "$4" >"$d/$3" ;;
delete) rm -f "$d/$3" ;;
esac
"""


def run_loop(tmp_path: Path, *, feed: float) -> tuple[Path, float]:
    """Runs the script in sh with a stand-in for `settings`, a quick `sleep` and a folder
    of its own; feeds it for `feed` seconds. Returns the store and how long it lasted."""
    folder, store, programs = tmp_path / "dm", tmp_path / "store", tmp_path / "bin"
    for made in (folder, store, programs):
        made.mkdir()
    (programs / "settings").write_text(SETTINGS, encoding="utf-8")
    (programs / "settings").chmod(0o755)
    (store / "http_proxy").write_text("127.0.0.1:8080\n", encoding="utf-8")
    (store / "global_http_proxy_host").write_text("127.0.0.1\n", encoding="utf-8")
    (folder / "hb").touch()
    text = script(BEFORE).replace(FOLDER, str(folder)).replace("sleep 1", "sleep 0.1")
    begun = time.monotonic()
    loop = subprocess.Popen(
        ["sh", "-c", text], env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"}
    )
    while time.monotonic() - begun < feed:
        time.sleep(0.05)
        (folder / "hb").touch()
        assert loop.poll() is None, "fired although it was fed"
    assert loop.wait(10) == 0
    return store, time.monotonic() - begun


def test_the_loop_restores_all_keys_when_it_is_not_fed(tmp_path: Path) -> None:
    store, _ = run_loop(tmp_path, feed=0.0)
    assert {path.name: path.read_text(encoding="utf-8").strip() for path in store.iterdir()} == {
        "global_proxy_pac_url": "http://pac/x"
    }
    assert (tmp_path / "dm" / "fired").exists()
    assert not (tmp_path / "dm" / "dm.pid").exists()


def test_the_loop_undoes_what_it_was_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "dm"
    folder.mkdir()
    (folder / "undo.sh").write_text(f"touch {tmp_path}/undone\n", encoding="utf-8")
    text = script({}).replace(FOLDER, str(folder)).replace("sleep 1", "sleep 0.1")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "settings").write_text("#!/bin/sh\necho null\n", encoding="utf-8")
    (programs / "settings").chmod(0o755)

    loop = subprocess.Popen(
        ["sh", "-c", text], env=os.environ | {"PATH": f"{programs}:{os.environ['PATH']}"}
    )

    assert loop.wait(10) == 0
    assert (tmp_path / "undone").exists()


def test_the_loop_waits_as_long_as_it_is_fed(tmp_path: Path) -> None:
    _, lasted = run_loop(tmp_path, feed=1.5)
    assert lasted > 1.5


def test_a_loop_that_was_disarmed_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "dm"
    folder.mkdir()
    text = script(BEFORE).replace(FOLDER, str(folder)).replace("sleep 1", "sleep 0.1")
    loop = subprocess.Popen(["sh", "-c", text])
    while not (folder / "dm.pid").exists():
        time.sleep(0.01)
    (folder / "dm.pid").unlink()
    assert loop.wait(5) == 0
    assert not (folder / "fired").exists()


def test_a_proxy_of_the_phones_own_is_what_the_loop_waits_for() -> None:
    text = script({"http_proxy": "lab:3128"})
    assert 'http_proxy)" = "lab:3128"' in text
    assert "settings put global http_proxy lab:3128" in text


def test_arm_starts_beats_and_disarms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_man, "BEAT", 0.01)
    phone = StandIn()
    guard = DeadMan(phone)
    guard.arm(BEFORE)
    assert phone.loop
    assert phone.files[f"{FOLDER}/dm.sh"] == script(BEFORE)
    start = next(command for command in phone.done if command.startswith("setsid"))
    assert start.endswith("</dev/null >/dev/null 2>&1 &"), "the stream must not stay open"
    deadline = time.monotonic() + 3
    while not any(command.startswith("touch") for command in phone.done):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    guard.disarm()
    assert not phone.loop
    assert not guard.fired
    guard.disarm()


def test_a_loop_that_does_not_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_man, "_ARM_SECONDS", 0.0)
    phone = StandIn()
    phone._run = lambda command: ("", 1)  # type: ignore[method-assign] - nothing works
    with pytest.raises(InstrumentError, match="The phone was not changed"):
        DeadMan(phone).arm(BEFORE)
