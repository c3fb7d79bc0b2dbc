"""One cell of the matrix: one arm on one Android release, and what came of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.domain.removal import Arm

APIS = tuple(range(26, 37))
ORDER = (
    Arm.NOTHING, Arm.STOP_START, Arm.CLEAR, Arm.UNINSTALL_INSTALL, Arm.BY_HAND,
    Arm.UPDATE_IN_PLACE, Arm.KEEP_DATA, Arm.ARCHIVE,
)  # fmt: skip
"""All arms of a release run on one phone; those after which everything is put back come first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One experiment."""

    api: int
    arm: Arm

    @property
    def key(self) -> str:
        """The same in every call of the command."""
        return f"{self.api}/{self.arm}"


def cells(apis: Sequence[int] = APIS, arms: Sequence[Arm] = ORDER) -> list[Cell]:
    """Release by release, arms in their order."""
    return [
        Cell(api, arm)
        for api, arm in itertools.product(sorted(set(apis)), ORDER)
        if arm in set(arms)
    ]


@dataclass(frozen=True, slots=True)
class CellResult:
    """`trouble`: why the experiment did not work; then nothing else counts."""

    key: str
    api: int
    arm: Arm
    result: str = ""  # done, not_proved, refused
    answer: str = ""  # what the phone said
    had: int = 0  # files before, by the phone's own word
    size: int = 0  # their bytes
    fates: dict[str, int] = field(default_factory=dict[str, int])  # true changes of files
    areas: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    """The same by area."""
    things: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    """True fates of drafts and videos, by class."""
    right: int = 0  # files told as they are
    wrong: tuple[str, ...] = ()  # one sentence each: missing, invented, wrong fate
    not_back: tuple[str, ...] = ()  # what was deleted and is not on the phone again as it was
    seconds: float = 0.0
    trouble: str | None = None

    @property
    def whole(self) -> bool:
        """Every file was told right, and none was made up."""
        return (
            self.trouble is None and not self.wrong and self.right == self.had and not self.not_back
        )
