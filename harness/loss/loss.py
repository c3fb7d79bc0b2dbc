"""What people read: one row a thing, one line a class, one sentence of advice."""

from dataclasses import dataclass
from enum import StrEnum

from harness.domain.app_copies import CopyFate
from harness.domain.inventory import Unseen
from harness.domain.storage import Area, Tier
from harness.loss.change import Change, PartsChange

LOSS_SCHEMA = 1
"""Version of losses.json; additions only."""


class Fate(StrEnum):
    """What became of a thing, worst first."""

    LOST = "lost"
    NOT_CHECKED = "not_checked"  # gone from the phone; whether the service has it is not known
    NOT_VISIBLE = "not_visible"  # the phone does not let us see
    ABSENT = "absent"  # on a card that is not in the phone
    ON_SERVER = "on_server"  # gone from the phone; the service still has it
    RESTORED = "restored"
    SURVIVED = "survived"


LEFT = frozenset({Fate.SURVIVED, Fate.RESTORED})
"""Still on the phone."""


@dataclass(frozen=True, slots=True)
class LossRow:
    """One thing, or all things of a class that met the same fate."""

    item: str  # as a person names it: "draft 1 of 4"
    content: str  # class
    where: str  # where it lived
    fate: Fate
    returns: str  # whether and how it can come back
    how_known: str
    size: int = 0  # bytes
    count: int | None = 1  # things; None = how many cannot be seen
    change: str = ""  # of its files: lost, orphaned, remade …


@dataclass(frozen=True, slots=True)
class ClassTotal:
    """One class: what you had, what is left."""

    content: str
    one: str  # "draft"
    label: str  # "drafts"
    missed: bool  # a person would miss it
    had: int | None  # things; None = not visible
    had_size: int  # bytes
    left: int
    left_size: int
    fates: dict[Fate, int]


@dataclass(frozen=True, slots=True)
class FileLoss:
    """One file, for machines: every file of both inventories is accounted for."""

    area: Area
    path: str
    content: str
    size: int
    change: Change
    fate: Fate
    volume: str
    parts: tuple[PartsChange, ...] = ()


@dataclass(frozen=True, slots=True)
class LossList:
    """The answer to: what did it cost?"""

    device: str
    package: str
    before: str  # UTC, when it was looked at first
    after: str
    reinstalled: bool | None  # the data folder is another one; None = not known
    removed: bool  # the app is not installed now
    tier: Tier  # from how near we looked
    rows: tuple[LossRow, ...]
    classes: tuple[ClassTotal, ...]
    advice: str
    emptied: bool = False  # the app's storage was cleared, the app not removed
    unseen: tuple[Unseen, ...] = ()
    files: tuple[FileLoss, ...] = ()
    copies: tuple[CopyFate, ...] = ()  # of other users
