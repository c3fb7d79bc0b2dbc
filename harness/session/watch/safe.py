"""Which scenarios may be repeated without a person: they destroy nothing and spend no log-in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NEEDS_LOG_IN = "logged_out"


@dataclass(frozen=True, slots=True)
class Told:
    """What a scenario's marker says of it."""

    name: str
    start: str | None = None
    destructive: bool = False

    @property
    def why_not(self) -> str | None:
        """Why it is not repeated by itself; None = it is safe."""
        if self.destructive:
            return "it destroys app data"
        return "each time spends a log-in" if self.start == NEEDS_LOG_IN else None


def told_scenarios(folder: Path) -> list[Told]:
    """Of every scenario module in the folder, by its marker; nothing is imported."""
    found: list[Told] = []
    for file in sorted(folder.glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
        found += [_told(call) for call in _markers(tree)]
    return found


def _markers(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.scenario":
            yield node


def _told(call: ast.Call) -> Told:
    options = {
        word.arg: ast.literal_eval(word.value) for word in call.keywords if word.arg is not None
    }
    name = str(ast.literal_eval(call.args[0]))
    return Told(name, options.get("start"), bool(options.get("destructive", False)))
