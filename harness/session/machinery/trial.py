"""Which fault strikes which scenario at which step, drawn by a seed. Pure but for the modules."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.session.machinery.table import MACHINERY, MachineFault, Moment

SCENARIOS = ("followers", "login", "offline_content")
"""Those that destroy nothing; the killed reinstall has tests of its own."""

SEEDS = (0, 1, 2)
EARLIEST, LATEST = 1.0, 14.0
"""Seconds after its start between which a run may get a signal."""


@dataclass(frozen=True, slots=True)
class MachineTrial:
    """`step` None: the first that asks the service for something. `after`: a signal comes
    from outside, so many seconds after the start, instead of at a step."""

    fault: str
    scenario: str
    seed: int
    step: str | None = None
    after: float | None = None

    @property
    def key(self) -> str:
        """The same in every call of the command."""
        return f"{self.fault}/{self.scenario}#{self.seed}"

    @property
    def variable(self) -> str:
        """The value of HARNESS_FAULT; empty for a signal from outside."""
        if self.after is not None:
            return ""
        return self.fault if self.step is None else f"{self.fault}@{self.step}"


def steps_in(folder: Path) -> dict[str, list[str]]:
    """Titles of the steps by scenario, from the scenario modules; read and not imported."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                found.update({name: _titles(node) for name in _names(node)})
    return found


def _names(function: ast.FunctionDef) -> Iterator[str]:
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.scenario"):
            name = mark.args[0] if mark.args else None
            if isinstance(name, ast.Constant):
                yield str(name.value)


def _titles(function: ast.FunctionDef) -> list[str]:
    calls = [
        item.context_expr
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call) and ast.unparse(item.context_expr.func) == "step"
    ]
    titles = [call.args[0] for call in sorted(calls, key=lambda call: call.lineno) if call.args]
    return [str(title.value) for title in titles if isinstance(title, ast.Constant)]


def trials(
    steps: Mapping[str, Sequence[str]],
    names: Sequence[str] = tuple(MACHINERY),
    seeds: Sequence[int] = SEEDS,
) -> list[MachineTrial]:
    """Every fault once for every seed."""
    return [_drawn(MACHINERY[name], steps, seed) for seed in seeds for name in names]


def _drawn(fault: MachineFault, steps: Mapping[str, Sequence[str]], seed: int) -> MachineTrial:
    chance = random.Random(f"{fault.name} {seed}")
    scenario = chance.choice(SCENARIOS)
    if fault.signal and chance.random() < 0.7:
        after = round(chance.uniform(EARLIEST, LATEST), 1)
        return MachineTrial(fault.name, scenario, seed, after=after)
    known = list(steps.get(scenario, ()))
    step = chance.choice(known) if known and seed and fault.moment is Moment.STEP else None
    if step is None and scenario == "offline_content" and fault.moment is Moment.STEP and known:
        step = known[0]  # none of its steps asks the service for anything
    return MachineTrial(fault.name, scenario, seed, step=step)


def sample(every: Sequence[MachineTrial], count: int | None, seed: int) -> list[MachineTrial]:
    """`count` of them by `seed`, no fault twice before each came once; all for None."""
    if count is None or count >= len(every):
        return list(every)
    shuffled = list(every)
    random.Random(seed).shuffle(shuffled)
    rounds: dict[str, int] = {}
    ranked: list[tuple[int, int, MachineTrial]] = []
    for place, trial in enumerate(shuffled):
        rounds[trial.fault] = rounds.get(trial.fault, 0) + 1
        ranked.append((rounds[trial.fault], place, trial))
    return [trial for _, _, trial in sorted(ranked, key=lambda row: row[:2])][:count]
