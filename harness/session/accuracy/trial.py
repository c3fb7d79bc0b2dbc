"""Trials: which fault meets which scenario on which phone, and what is truly at fault then."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.session.injection import Injection

HEALTHY = "none"
"""Name of the trial in which nothing is broken."""

ABOUT: Mapping[str, tuple[str, ...]] = {
    "followers": ("followers", "profile"),
    "offline_content": ("offline_content", "offline", "drafts"),
}
"""Scopes that a scenario is about, where they are more than its own name."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as its marker declares it."""

    name: str
    destructive: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault in one scenario on one phone. `party`, `outcome`: the truth."""

    phone: str
    scenario: str
    fault: str
    scope: str
    party: str
    outcome: str
    value: object = True
    moment: bool = False

    @property
    def key(self) -> str:
        """The same in every call of the command."""
        return f"{self.phone}/{self.scenario}/{self.fault}:{self.scope}"

    @property
    def injection(self) -> Injection | None:
        """What has to be switched on; nothing in health."""
        if self.fault == HEALTHY:
            return None
        return Injection(self.fault, self.scope, self.value, self.moment)


def scenarios_in(folder: Path) -> list[Scenario]:
    """The scenarios of the modules in `folder`, read and not imported."""
    found: list[Scenario] = []
    for file in sorted(folder.glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found += [made for mark in node.decorator_list if (made := _marked(mark))]
    return found


def _marked(mark: ast.expr) -> Scenario | None:
    if not isinstance(mark, ast.Call) or not ast.unparse(mark.func).endswith("mark.scenario"):
        return None
    name = mark.args[0] if mark.args else None
    if not isinstance(name, ast.Constant):
        return None
    destructive = any(
        word.arg == "destructive" and ast.unparse(word.value) == "True" for word in mark.keywords
    )
    return Scenario(str(name.value), destructive)


def trials(
    table: Sequence[Mapping[str, Any]], scenarios: Sequence[Scenario], phones: Sequence[str]
) -> list[Trial]:
    """Health first, then every fault in every scenario that it can touch.

    Scenarios that destroy app data are left out: they are an experiment of their own,
    with a truth of its own.
    """
    made: list[Trial] = []
    harmless = [scenario.name for scenario in scenarios if not scenario.destructive]
    for phone in phones:
        made += [Trial(phone, name, HEALTHY, "*", "none", "passed") for name in harmless]
        made += [
            trial for name in harmless for row in table for trial in _touching(row, phone, name)
        ]
    return made


def touched(row: Mapping[str, Any], scenarios: Sequence[Scenario]) -> list[str]:
    """Names of the scenarios that this fault can touch, those that destroy left out."""
    harmless = [scenario.name for scenario in scenarios if not scenario.destructive]
    return [name for name in harmless if any(_touching(row, "", name))]


def _touching(row: Mapping[str, Any], phone: str, scenario: str) -> Iterator[Trial]:
    scopes = [str(scope) for scope in row["scopes"]]
    about = ABOUT.get(scenario, (scenario,))
    hit = next((scope for scope in about if scope in scopes), None)
    if row["where"] == "phone":
        hit = "*" if not scopes or scenario in scopes else None
    if hit is not None:
        yield Trial(
            phone,
            scenario,
            str(row["name"]),
            hit,
            str(row["party"]),
            str(row["outcome"]),
            row.get("value", True),
            bool(row.get("moment", False)),
        )


def sample(all_trials: Sequence[Trial], count: int | None, seed: int) -> list[Trial]:
    """`count` of them by `seed`, spread over the true parties; all for None."""
    if count is None or count >= len(all_trials):
        return list(all_trials)
    chance = random.Random(seed)
    by_party: dict[str, list[Trial]] = {}
    for trial in all_trials:
        by_party.setdefault(trial.party, []).append(trial)
    for group in by_party.values():
        chance.shuffle(group)
    chosen: list[Trial] = []
    while len(chosen) < count:
        for group in by_party.values():
            if group and len(chosen) < count:
                chosen.append(group.pop())
    return chosen
