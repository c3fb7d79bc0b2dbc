"""HARNESS_FAULT=NAME[@STEP]: breaks our own machinery at a step, to test ourselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from harness.session.machinery.table import MACHINERY, Moment

NAMES = tuple(MACHINERY)

QUIET = 3
"""The app is open by then, also in a scenario whose steps need no service."""


class UnknownFaultError(Exception):
    """HARNESS_FAULT names nothing that we know (exit code 2)."""


class FaultPlan:
    """One fault, fired once."""

    def __init__(self, name: str | None = None, step: str | None = None, skip: int = 0) -> None:
        """`skip`: how many steps that ask the service for something are let pass before."""
        self.name = name
        self._skip = skip
        self._step = step
        self._fired = False
        self._quiet = 0  # steps so far, none of which asked the service

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> FaultPlan:
        """Reads HARNESS_FAULT; raises UnknownFaultError."""
        text = environment.get("HARNESS_FAULT", "")
        if not text:
            return cls()
        name, _, step = text.partition("@")
        if name not in NAMES:
            raise UnknownFaultError(f"HARNESS_FAULT={name}: unknown; known: {', '.join(NAMES)}")
        return cls(name, step or None)

    @property
    def at_open(self) -> bool:
        """It strikes before the phone is acquired, not at a step."""
        row = MACHINERY.get(self.name or "")
        return row is not None and row.moment is Moment.OPEN

    def due(self, step: str, needs: tuple[str, ...]) -> bool:
        """Now? At the named step, or at the first one that asks the service for something;
        where none does, at step QUIET."""
        if self.name is None or self._fired or self.at_open:
            return False
        if self._step:
            wanted = self._step.lower() in step.lower()
        else:
            self._quiet = -1 if needs or self._quiet < 0 else self._quiet + 1
            wanted = bool(needs) or self._quiet == QUIET
        if wanted and needs and self._skip:
            self._skip -= 1
            return False
        self._fired = wanted
        return wanted

    def fire(self, breakers: Mapping[str, Callable[[], None]]) -> None:
        """Calls the breaker of the fault's name."""
        if self.name is not None:
            breakers[self.name]()
