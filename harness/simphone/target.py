"""What a verb acts on, and what a verb is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from harness.simphone.phone import Phone
from harness.simphone.service.accounts import Account
from harness.simphone.service.server import Service
from harness.simphone.used.planted import Planted

GIB = 1024**3
CARD = "1A2B-3C4D"
"""The file system UUID of the portable card."""
ADOPTED = "5f3a9c2e-8b1d-4e60-9a77-c0ffee123456"
"""The one of the card that was formatted as internal storage."""


@dataclass(frozen=True, slots=True)
class Target:
    """A phone and the simulated internet that it shares with the others."""

    phone: Phone
    service: Service
    planted: tuple[Planted, ...] = ()
    account: Account | None = None
    adopted: bool = False  # its card is formatted as internal storage


@dataclass(frozen=True, slots=True)
class Verb:
    """`act(target, value)` raises ValueError for a value that it cannot use.

    `value` breaks what the row says. `moment`: it happens once, so it has to come in the
    middle of a scenario. `scopes`: scenarios that it can touch; none = all.
    """

    name: str
    party: str
    outcome: str
    about: str
    act: Callable[[Target, object], Awaitable[None]]
    value: object = True
    moment: bool = False
    scopes: tuple[str, ...] = ()


def flag(value: object) -> bool:
    """A truth value; raises ValueError for anything else."""
    if not isinstance(value, bool):
        raise ValueError(f"needs true or false, not {value!r}")
    return value
