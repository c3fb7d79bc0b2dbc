"""Errors become one sentence and the exit code of the contract; never a bare traceback."""

import errno
import os
import signal
from pathlib import Path

import pytest

from harness.adapters.setting_error import SettingError
from harness.cli import app as app_module
from harness.cli.failure import UserError
from harness.ports import InstrumentError


def outcome(
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> tuple[int, str]:
    def raises(**_: object) -> None:
        raise error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(app_module, "app", raises)
    code = app_module.run([])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (UserError("devices.yaml:3: unknown key 'seral'"), 2, "devices.yaml:3"),
        (UserError("phone a: plug it in", 18), 18, "plug it in"),
        (SettingError("mine.yaml", 3, "'x' is odd"), 2, "mine.yaml:3: 'x' is odd"),
        (InstrumentError("adb", "connect", "refused", advice="Run: x"), 20, "Run: x"),
        (KeyboardInterrupt(), 19, "interrupted"),
        (ZeroDivisionError("oops"), 10, "error of the harness itself"),
        (OSError(errno.ENOSPC, "No space left", "junit.xml"), 20, "disk: write junit.xml"),
        (PermissionError(errno.EACCES, "Permission denied", "r"), 20, "choose another --out"),
        (FileNotFoundError(errno.ENOENT, "No such file", "r"), 10, "error of the harness itself"),
    ],
)
def test_errors_are_said_in_one_line(
    error: BaseException,
    code: int,
    text: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    got, said = outcome(error, monkeypatch, capsys, tmp_path)

    assert got == code
    assert text in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_the_trace_of_an_own_error_is_kept_in_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    outcome(ZeroDivisionError("oops"), monkeypatch, capsys, tmp_path)

    (file,) = tmp_path.glob("harness-error-*.log")
    assert "ZeroDivisionError: oops" in file.read_text()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["no-such-command"], "No such command"),
        (["capture"], "Missing option"),
        (["capture", "--out", "x", "--port", "70000"], "--port"),
        (["capture", "--out", "x", "--resolve", "nonsense"], "HOST:PORT:ADDR[:PORT]"),
        (["capture", "--out", "x", "--upstream-ca", "/no/such.pem"], "no such file"),
        (["report", "/no/such/run"], "no such run folder"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_2(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = app_module.run(arguments)

    said = capsys.readouterr().err
    assert code == 2
    assert text in said
    assert "Traceback" not in said


def test_help_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert app_module.run(["--help"]) == 0
    assert "diagnose" in capsys.readouterr().out


def test_being_asked_to_end_is_an_interruption(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(**_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        signal.pause()

    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(app_module, "app", ended)

    assert app_module.run([]) == 19
    assert "interrupted" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) == before
