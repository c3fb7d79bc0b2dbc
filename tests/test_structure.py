"""The house rules on size, names and tests, kept by a machine."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "harness").rglob("*.py"))
BESIDE = sorted(
    path
    for folder in ("tests", "tools", "benchmarks", "scenarios")
    for path in (ROOT / folder).rglob("*.py")
    if not path.is_relative_to(ROOT / "tools" / "node")
)
"""What is ours and not the product; tools/node holds the packages of others."""
WITHOUT_OWN_TEST = {"harness/__main__.py", "harness/ports.py", "harness/simphone/__main__.py"}
"""Entry points (end-to-end tests start them) and protocols, which have no behaviour."""
BANNED_NAMES = {"manager", "helper", "helpers", "util", "utils", "base", "misc", "common"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", SOURCES + BESIDE, ids=relative)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert lines(path) <= 400


def test_the_median_file_is_about_100_lines() -> None:
    bodies = [count for path in SOURCES if (count := lines(path)) > 5]

    assert statistics.median(bodies) <= 130


@pytest.mark.parametrize("path", SOURCES + BESIDE, ids=relative)
def test_no_function_is_longer_than_60_lines(path: Path) -> None:
    long: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            if node.end_lineno - node.lineno + 1 > 60:
                long.append(node.name)

    assert long == []


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_classes_stay_narrow(path: Path) -> None:
    wide: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and not is_protocol(node):
            public = [
                item.name
                for item in node.body
                if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                and not item.name.startswith("_")
            ]
            if len(public) > 12:
                wide.append(f"{node.name}: {len(public)}")

    assert wide == []


def is_protocol(node: ast.ClassDef) -> bool:
    """Protocols describe a foreign surface (a file system, Android); they have no behaviour."""
    return any(isinstance(item, ast.Name) and item.id == "Protocol" for item in node.bases)


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_names_say_what_a_file_is_about(path: Path) -> None:
    assert not BANNED_NAMES & set(path.stem.split("_"))


def own_tests(path: Path) -> list[Path]:
    """Where a source file may be tested: by its own name, or with its whole folder.

    The parts of the simulated phone are tested as a phone's part is seen from outside
    (a script, a request, a tap), so a test anywhere in the part's folder counts there.
    """
    inside = path.relative_to(ROOT / "harness")
    folder = ROOT / "tests" / inside.parent
    found = [folder / f"test_{path.stem}.py", folder / f"test_{inside.parent.name}.py"]
    if inside.parts[0] == "simphone":
        part = ROOT / "tests" / "simphone" / (inside.parts[1] if len(inside.parts) > 2 else "")
        found += sorted(part.rglob("test_*.py"))
    return [test for test in found if test.exists()]


def has_behaviour(path: Path) -> bool:
    """Functions outside of protocols."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        item
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and is_protocol(node)
        for item in ast.walk(node)
    }
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node not in described
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_every_source_file_with_behaviour_is_tested(path: Path) -> None:
    if has_behaviour(path) and relative(path) not in WITHOUT_OWN_TEST:
        assert own_tests(path)
