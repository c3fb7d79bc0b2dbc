"""The house rules on size, names and tests, kept by a machine."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "harness").rglob("*.py"))
WITHOUT_OWN_TEST = {
    # Records and protocols without behaviour are covered by whatever uses them.
    "harness/simphone/contracts/storage.py",
    "harness/ports.py",
}
BANNED_NAMES = {"manager", "helper", "helpers", "util", "utils", "base", "misc", "common"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert lines(path) <= 400


def test_the_median_file_is_about_100_lines() -> None:
    bodies = [count for path in SOURCES if (count := lines(path)) > 5]

    assert statistics.median(bodies) <= 130


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_functions_and_classes_stay_small(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long: list[str] = []
    wide: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            if node.end_lineno - node.lineno + 1 > 60:
                long.append(node.name)
        if isinstance(node, ast.ClassDef) and not is_protocol(node):
            public = [
                item.name
                for item in node.body
                if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                and not item.name.startswith("_")
            ]
            if len(public) > 12:
                wide.append(f"{node.name}: {len(public)}")

    assert long == []
    assert wide == []


def is_protocol(node: ast.ClassDef) -> bool:
    """Protocols describe a foreign surface (a file system, Android); they have no behaviour."""
    return any(isinstance(item, ast.Name) and item.id == "Protocol" for item in node.bases)


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_names_say_what_a_file_is_about(path: Path) -> None:
    assert not BANNED_NAMES & set(path.stem.split("_"))


def test_every_source_file_with_behaviour_has_a_test_of_the_same_name() -> None:
    missing: list[str] = []
    for path in SOURCES:
        name = relative(path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        has_code = any(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree)
        )
        inside = path.relative_to(ROOT / "harness")
        own = ROOT / "tests" / inside.parent / f"test_{path.stem}.py"
        folder = ROOT / "tests" / inside.parent / f"test_{inside.parent.name}.py"
        if has_code and name not in WITHOUT_OWN_TEST and not (own.exists() or folder.exists()):
            missing.append(name)

    assert missing == []
