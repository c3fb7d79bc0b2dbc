"""Starting an AVD: its command line, its port, and what is said when it does not come up."""

from __future__ import annotations

import socket
from pathlib import Path

import psutil
import pytest

from harness.adapters.adb.link import AdbLink
from harness.domain.device import AvdStart
from harness.ports import InstrumentError
from harness.session import emulator
from harness.session.emulator import arguments, emulator_binary, last_words, start_avd

LINK = AdbLink("127.0.0.1", 1)


class TestBinary:
    def test_without_an_sdk_it_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("ANDROID_HOME", raising=False)
        monkeypatch.delenv("ANDROID_SDK_ROOT", raising=False)
        monkeypatch.setenv("PATH", "/nowhere")

        with pytest.raises(InstrumentError, match="Set ANDROID_HOME"):
            emulator_binary()

    def test_the_sdks_own_is_used(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        binary = tmp_path / "emulator" / "emulator"
        binary.parent.mkdir()
        binary.touch()
        monkeypatch.setenv("ANDROID_HOME", str(tmp_path))

        assert emulator_binary() == str(binary)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (AvdStart(), ""),
        (AvdStart(wipe=True), "-wipe-data -no-snapshot-load"),
        (AvdStart(snapshot="clean"), "-snapshot clean"),
    ],
    ids=["usual", "wipe", "snapshot"],
)
def test_the_command_line(start: AvdStart, due: str) -> None:
    words = arguments("Pixel_8", 5556, start)
    head = "-avd Pixel_8 -port 5556 -no-window -no-audio -no-boot-anim -no-snapshot-save"
    assert " ".join(words) == f"{head} {due}".strip()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for the SDK's emulator; the test writes what it does."""
    monkeypatch.delenv("ANDROID_HOME", raising=False)
    monkeypatch.delenv("ANDROID_SDK_ROOT", raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def states(_: AdbLink) -> dict[str, str]:
        return {"emulator-5554": "device"}

    monkeypatch.setattr(emulator, "states", states)
    path = tmp_path / "emulator"
    path.touch(mode=0o755)
    return path


def test_its_last_words_are_told(program: Path, tmp_path: Path) -> None:
    program.write_text("#!/bin/sh\necho PANIC: Unknown AVD name [$2] >&2\nexit 1\n")
    with pytest.raises(InstrumentError) as caught:
        start_avd("one", "Pixel_8", LINK, tmp_path / "log")
    said = str(caught.value)
    assert "the emulator ended with exit code 1; it said: PANIC: Unknown AVD name [Pixel_8]" in said
    assert str(tmp_path / "log") in said


def test_it_and_what_it_started_end_when_it_does_not_come_up(program: Path, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    program.write_text(f"#!/bin/sh\nsleep 300 &\necho $! $$ > {pids}\nwait\n")
    with pytest.raises(InstrumentError, match="not up within 1 s: it has not adb"):
        start_avd("one", "Pixel_8", LINK, tmp_path / "log", AvdStart(boot_seconds=1))
    assert [pid for pid in pids.read_text().split() if not gone(int(pid))] == []


def gone(pid: int) -> bool:
    """Ended, or about to: a kill takes a moment."""
    try:
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            process.wait(5.0)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def test_a_port_that_is_taken_is_passed_over_or_told(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write_text("#!/bin/sh\necho port $4\nexit 7\n")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        busy = other.getsockname()[1]
        monkeypatch.setattr(emulator, "_PORTS", (5554, busy, busy + 3))
        with pytest.raises(InstrumentError, match="exit code 7") as caught:
            start_avd("one", "a", LINK, tmp_path / "log")
        assert f"port {busy + 3}" in str(caught.value)
        with pytest.raises(InstrumentError, match=f"port {busy} is in use"):
            start_avd("one", "a", LINK, tmp_path / "log", AvdStart(port=busy))
    monkeypatch.setattr(emulator, "_PORTS", (5554,))
    with pytest.raises(InstrumentError, match="1 emulators are running already"):
        start_avd("one", "a", LINK, tmp_path / "log")


def test_no_log_says_nothing(tmp_path: Path) -> None:
    assert last_words(tmp_path / "none") == ""
    (tmp_path / "empty").touch()
    assert last_words(tmp_path / "empty") == ""
