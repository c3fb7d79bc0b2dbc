"""The set-up script: which Python it takes, what it skips, what it says when it cannot."""

import importlib.util
import stat
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "setup.py"


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module whose clone is an empty folder."""
    spec = importlib.util.spec_from_file_location("setup_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(module, "LOG", tmp_path / ".cache" / "setup.log")
    return module


def fake_python(folder: Path, name: str, prints: str, code: int = 0) -> Path:
    """A program that answers the version probe as told."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{prints}'\nexit {code}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.parametrize(
    ("prints", "code", "expected"),
    [
        ("3.13", 0, (3, 13)),
        ("3.9", 0, (3, 9)),
        ("pyenv: python3.13: command not found", 127, None),  # a shim that does not run
        ("", 0, None),
        ("three.thirteen", 0, None),
    ],
)
def test_version_is_taken_only_from_an_interpreter_that_runs(
    setup: ModuleType, tmp_path: Path, prints: str, code: int, expected: tuple[int, int] | None
) -> None:
    python = fake_python(tmp_path, "python3", prints, code)

    assert setup.version_of(str(python)) == expected


def test_a_missing_interpreter_has_no_version(setup: ModuleType, tmp_path: Path) -> None:
    assert setup.version_of(str(tmp_path / "nothing")) is None


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (["3.11", "3.14", "3.13"], "3.13"),  # the lock was made for it
        (["3.15", "3.14", "3.9"], "3.14"),  # the lowest that is new enough
        (["3.9", "3.12"], None),
        ([], None),
    ],
)
def test_python_is_found_in_pyenv_versions(
    setup: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    versions: list[str],
    expected: str | None,
) -> None:
    for version in versions:
        fake_python(tmp_path / "pyenv" / "versions" / f"{version}.0" / "bin", "python3", version)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", "")

    found = setup.find_python()

    assert (None if found is None else Path(found).parts[-3]) == (
        None if expected is None else f"{expected}.0"
    )


def test_a_done_step_is_skipped_and_a_changed_one_made_again(setup: ModuleType) -> None:
    made: list[str] = []

    setup.step("thing", "key-1", False, lambda: made.append("first"))
    setup.step("thing", "key-1", True, lambda: made.append("skipped"))
    setup.step("thing", "key-2", True, lambda: made.append("changed"))
    setup.step("thing", "key-2", False, lambda: made.append("vanished"))

    assert made == ["first", "changed", "vanished"]


def test_a_step_that_failed_half_way_is_made_again(setup: ModuleType) -> None:
    made: list[str] = []

    def fails() -> None:
        raise setup.SetupError("half-made")

    setup.step("thing", "key", False, lambda: made.append("first"))
    with pytest.raises(setup.SetupError):
        setup.step("thing", "other key", True, fails)
    setup.step("thing", "other key", True, lambda: made.append("mended"))

    assert made == ["first", "mended"]


def test_a_failing_program_gives_one_sentence_and_a_log(setup: ModuleType) -> None:
    with pytest.raises(setup.SetupError) as caught:
        setup.run(["/bin/sh", "-c", "echo trace; exit 3"], "Installing X", "Check the network.")

    text = str(caught.value)
    assert text.startswith("Installing X failed (exit 3). Check the network.")
    assert "trace" not in text
    assert "trace" in setup.LOG.read_text()


def test_without_python_313_the_user_is_told_what_to_install(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "uv_path", lambda: "/bin/false")

    with pytest.raises(setup.SetupError) as caught:
        setup.fetch_python()

    assert "Python 3.13 or newer" in str(caught.value)
    assert "Install it" in str(caught.value)


def test_main_says_why_it_stopped(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stops() -> None:
        raise setup.SetupError("no disk")

    monkeypatch.setattr(setup, "set_up", stops)

    assert setup.main([]) == 20
    assert "Set-up stopped: no disk" in capsys.readouterr().err


def test_all_steps_are_made_once_and_then_skipped(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the programs stood in, the whole order runs, and a second call does nothing."""
    for name in ("requirements.lock", "pyproject.toml", "tools/uv.lock"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name)
    (tmp_path / "tools" / "node").mkdir()
    (tmp_path / "tools" / "node" / "package-lock.json").write_text("{}")
    made: list[str] = []
    results = {
        "install_uv": ".cache/uv/bin/uv",
        "make_environment": ".venv/bin/harness",
        "install_node_packages": "tools/node/node_modules/appium/index.js",
        "make_android_home": ".cache/android-sdk/platform-tools/adb",
    }

    def stand_in(name: str) -> None:
        made.append(name)
        target = tmp_path / results[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("")
        if name == "make_environment":
            (tmp_path / ".venv" / "bin" / "python").write_text("")

    for name in results:
        monkeypatch.setattr(setup, name, lambda name=name: stand_in(name))

    assert setup.main([]) == 0
    assert made == list(results)
    assert setup.main([]) == 0
    assert made == list(results)
    (tmp_path / ".venv" / "bin" / "harness").unlink()
    assert setup.main([]) == 0
    assert made[4:] == ["make_environment"]
