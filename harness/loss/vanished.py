"""Why content that the app kept for offline use is gone: its own policy, or another reason.

Asked when something is missing though nobody deleted the app. Reasons are tried from the
surest to the weakest; where none fits, that is said.
"""

from dataclasses import dataclass
from enum import StrEnum

from harness.domain.storage import CACHES, Area
from harness.domain.storage_map import ShelfLife
from harness.domain.vocabulary import Party

CLOCK_MOVED = 300.0
"""Seconds by which the phone's clock must have left the true time to count as moved."""


class Cause(StrEnum):
    """Closed list."""

    DATA_DELETED = "data_deleted"  # reinstalled, or its storage cleared
    OTHER_ACCOUNT = "other_account"
    CLOCK = "clock"
    EXPIRED = "expired"
    LOW_STORAGE = "low_storage"
    CACHE_CLEARED = "cache_cleared"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that is missing. `kept_since`: Unix seconds by the phone's clock."""

    area: Area = Area.CE
    kept_since: float | None = None  # the row's insert_time, else the file's time
    account: str | None = None  # pseudonym of the account that it belonged to


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the phone and the app when it was missed; None = not known."""

    now: float  # Unix seconds by the phone's clock
    clock_offset: float | None = None  # seconds, phone minus host
    earlier_clock_offset: float | None = None  # when the content was last seen
    free_bytes: int | None = None  # of /data, the least that was seen
    account: str | None = None  # pseudonym of the account that is logged in
    logged_in: bool | None = None
    last_visit: float | None = None  # the page of the content was opened, phone's clock
    fresh_folder: bool | None = None  # Difference.fresh
    emptied: bool | None = None  # everything of the app is gone, in the same data folder
    caches_emptied: bool | None = None  # nothing that lay in the app's caches is left


@dataclass(frozen=True, slots=True)
class Vanished:
    """The reason, whose doing it is, how sure (0…1), and one sentence."""

    cause: Cause
    party: Party
    confidence: float
    statement: str
    known_issue: str | None = None  # "policy"


def why_gone(gone: Gone, seen: Circumstances, life: ShelfLife | None = None) -> Vanished:
    """The reason why one thing is missing. `life`: the app's policy on its class."""
    found = (
        _data_deleted(seen)
        or _other_account(gone, seen)
        or _by_age(gone, seen, life)
        or _low_storage(seen, life)
        or _cache_cleared(gone, seen)
    )
    return found or Vanished(
        Cause.UNKNOWN, Party.UNKNOWN, 0.0, "It is gone, and nothing that was looked at says why."
    )


def _data_deleted(seen: Circumstances) -> Vanished | None:
    if not (seen.fresh_folder or seen.emptied):
        return None
    what = "was installed anew" if seen.fresh_folder else "had its storage cleared"
    return Vanished(
        Cause.DATA_DELETED,
        Party.DEVICE,
        0.95,
        f"The app {what} on this phone: all that it kept there is gone.",
    )


def _other_account(gone: Gone, seen: Circumstances) -> Vanished | None:
    if seen.logged_in is False:
        return Vanished(
            Cause.OTHER_ACCOUNT,
            Party.ACCOUNT,
            0.9,
            "Nobody is logged in; the app shows an account's content to that account alone.",
        )
    if gone.account is None or seen.account is None or gone.account == seen.account:
        return None
    return Vanished(
        Cause.OTHER_ACCOUNT,
        Party.ACCOUNT,
        0.95,
        "Another account is logged in than the one that the content belonged to.",
    )


def _by_age(gone: Gone, seen: Circumstances, life: ShelfLife | None) -> Vanished | None:
    if life is None or gone.kept_since is None:
        return None
    kept, certain = _lifetime(seen, life)
    age = seen.now - gone.kept_since
    if age < kept:
        return None
    moved = _clock_moved(seen)
    if moved is not None and age - moved < kept:
        return Vanished(
            Cause.CLOCK,
            Party.DEVICE,
            0.9,
            f"The phone's clock is {_span(moved)} ahead of the time: by it the content was out of"
            " date, by the true time not yet.",
        )
    sure = 0.95 if certain or age >= life.seconds else 0.6
    doubt = "" if sure > 0.9 else " (if its page was opened in the days before, which is not known)"
    return Vanished(
        Cause.EXPIRED,
        Party.CLIENT,
        sure,
        f"The app deletes such content by itself after {_span(kept)}; this was {_span(age)}"
        f" old{doubt}.",
        known_issue="policy",
    )


def _lifetime(seen: Circumstances, life: ShelfLife) -> tuple[float, bool]:
    """Seconds that the policy grants, and whether it is sure which of its two spans holds."""
    if life.after_visit is None or life.visit_within is None:
        return life.seconds, True
    if seen.last_visit is None:
        return life.after_visit, False
    visited = seen.now - seen.last_visit <= life.visit_within
    return (life.after_visit if visited else life.seconds), True


def _clock_moved(seen: Circumstances) -> float | None:
    """Seconds that the phone is ahead of when it was last seen, else of the true time."""
    if seen.clock_offset is None:
        return None
    moved = seen.clock_offset - (seen.earlier_clock_offset or 0.0)
    return moved if moved > CLOCK_MOVED else None


def _low_storage(seen: Circumstances, life: ShelfLife | None) -> Vanished | None:
    least = life.least_free if life else None
    if least is None or seen.free_bytes is None or seen.free_bytes >= least:
        return None
    return Vanished(
        Cause.LOW_STORAGE,
        Party.DEVICE,
        0.85,
        f"The phone has {seen.free_bytes / 2**30:.1f} GiB free; below {least / 2**30:.0f} GiB the"
        " app trims such content.",
    )


def _cache_cleared(gone: Gone, seen: Circumstances) -> Vanished | None:
    if gone.area not in CACHES or not seen.caches_emptied:
        return None
    return Vanished(
        Cause.CACHE_CLEARED,
        Party.DEVICE,
        0.85,
        "It lay in the app's cache, and that was emptied by hand or by Android.",
    )


def _span(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
