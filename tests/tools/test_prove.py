"""The long bars in parts: what they are, that they resume, that a failure is one."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "prove.py"
LISTING = """\
tests/e2e/test_killed.py::test_one[a]
tests/e2e/test_killed.py::test_two
tests/faultlab/test_whole.py::test_all

3/7000 tests collected (6997 deselected) in 9.00s
"""


@pytest.fixture
def prove(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("prove_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "prove_script", module)  # dataclasses look it up there
    spec.loader.exec_module(module)
    return module


def quick(prove: ModuleType, name: str, code: str) -> Any:
    return prove.Part(name, [sys.executable, "-c", code])


def test_a_part_is_a_file_of_tests_or_a_benchmark(prove: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "benchmarks").mkdir()
    for name in ("recorder.py", "_side_by_side.py"):
        (tmp_path / "benchmarks" / name).touch()

    found = prove.parts(tmp_path, LISTING)

    assert [part.name for part in found] == [
        "e2e/test_killed", "faultlab/test_whole", "benchmarks/recorder",
    ]  # fmt: skip
    assert found[0].command[-1] == "tests/e2e/test_killed.py"
    assert found[-1].command == [sys.executable, "benchmarks/recorder.py"]


def test_what_passed_is_not_run_again_and_what_failed_is(
    prove: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = tmp_path / "ran"
    note = f"open({str(ran)!r}, 'a').write('x')"
    chosen = [
        quick(prove, "a/good", note),
        quick(prove, "bad", f"{note}; print('why'); raise SystemExit(3)"),
    ]

    assert prove.prove(chosen, tmp_path, again=False) == 1
    assert "FAILED (exit 3)" in capsys.readouterr().out
    assert prove.prove(chosen, tmp_path, again=False) == 1
    assert "passed before" in capsys.readouterr().out
    assert ran.read_text() == "xxx"
    assert (tmp_path / "bad.log").read_text().strip() == "why"
    assert prove.prove(chosen[:1], tmp_path, again=True) == 0
    assert ran.read_text() == "xxxx"


def test_a_changed_tree_has_another_name(prove: ModuleType, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "file").write_text("one")
    git("add", ".")
    git("commit", "-qm", "one")
    clean = prove.tree_state(tmp_path)
    (tmp_path / "file").write_text("two")
    assert prove.tree_state(tmp_path) != clean
    (tmp_path / "file").write_text("one")
    assert prove.tree_state(tmp_path) == clean
    (tmp_path / "new").write_text("one")
    first = prove.tree_state(tmp_path)
    (tmp_path / "new").write_text("two")
    assert len({clean, first, prove.tree_state(tmp_path)}) == 3


def test_outside_of_git_one_sentence(prove: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(prove.ProveError, match="git rev-parse"):
        prove.tree_state(tmp_path)
