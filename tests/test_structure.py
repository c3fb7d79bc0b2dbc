"""The house rules on size, names and tests, kept by a machine.

One test a rule, which names all that break it: a test a file and rule were 6 000 tests.
"""

import ast
import statistics
from functools import cache
from pathlib import Path

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


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_400_lines() -> None:
    assert {relative(p): lines(p) for p in SOURCES + BESIDE if lines(p) > 400} == {}


def test_the_median_file_is_about_100_lines() -> None:
    bodies = [count for path in SOURCES if (count := lines(path)) > 5]

    assert statistics.median(bodies) <= 130


def test_no_function_is_longer_than_60_lines() -> None:
    long: list[str] = []
    for path in SOURCES + BESIDE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                if node.end_lineno - node.lineno + 1 > 60:
                    long.append(f"{relative(path)}: {node.name}")

    assert long == []


def test_classes_stay_narrow() -> None:
    wide = [
        f"{relative(path)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and not is_protocol(node) and public_methods(node) > 12
    ]

    assert wide == []


def public_methods(node: ast.ClassDef) -> int:
    return sum(
        isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and not item.name.startswith("_")
        for item in node.body
    )


def is_protocol(node: ast.ClassDef) -> bool:
    """Protocols describe a foreign surface (a file system, Android); they have no behaviour."""
    return any(isinstance(item, ast.Name) and item.id == "Protocol" for item in node.bases)


def test_names_say_what_a_file_is_about() -> None:
    assert [relative(p) for p in SOURCES if BANNED_NAMES & set(p.stem.split("_"))] == []


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
    described = {
        item
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and is_protocol(node)
        for item in ast.walk(node)
    }
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node not in described
        for node in ast.walk(tree(path))
    )


def test_every_source_file_with_behaviour_is_tested() -> None:
    untested = [
        relative(path)
        for path in SOURCES
        if has_behaviour(path) and relative(path) not in WITHOUT_OWN_TEST and not own_tests(path)
    ]

    assert untested == []
