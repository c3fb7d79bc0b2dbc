"""Which marks get a row of their own, and which are folded into the background."""

from __future__ import annotations

from dataclasses import dataclass

from harness.reporting.timeline.marks import Lane, Mark, Marks

MOST_STEPS, MOST_REQUESTS, MOST_EVENTS, MOST_CONTROLS = 30, 14, 8, 6
BINS = 80


@dataclass(frozen=True, slots=True)
class Folded:
    """Requests without a row of their own, counted by time."""

    count: int
    bad: int
    heights: tuple[tuple[int, int], ...]  # of each bin: (all, failed)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is drawn, from top to bottom."""

    steps: tuple[Mark, ...]
    requests: tuple[Mark, ...]
    folded: Folded | None
    phone: tuple[Mark, ...]
    proxy: tuple[Mark, ...]
    controls: tuple[Mark, ...]
    begun: float
    ended: float


def rows_of(marks: Marks) -> Rows | None:
    """None when nothing has a time."""
    if not marks.marks:
        return None
    lanes: dict[Lane, list[Mark]] = {lane: [] for lane in Lane}
    for mark in marks.marks:
        lanes[mark.lane].append(mark)
    begun = min(mark.begun for mark in marks.marks)
    ended = max(begun + 0.001, *(mark.ended for mark in marks.marks))
    shown, hidden = split(lanes[Lane.REQUEST], marks)
    return Rows(
        tuple(chosen(lanes[Lane.STEP], MOST_STEPS)),
        tuple(shown),
        fold(hidden, begun, ended) if hidden else None,
        tuple(chosen(lanes[Lane.PHONE], MOST_EVENTS)),
        tuple(chosen(lanes[Lane.PROXY], MOST_EVENTS)),
        tuple(chosen(lanes[Lane.CONTROL], MOST_CONTROLS)),
        begun,
        ended,
    )


def split(requests: list[Mark], marks: Marks) -> tuple[list[Mark], list[Mark]]:
    """(own rows, background): what the verdict names and what failed come first, then the
    slowest, until the room is used up."""
    wanted = sorted(
        requests,
        key=lambda mark: (mark.ref not in marks.named, not mark.bad, mark.begun - mark.ended),
    )
    shown = wanted[:MOST_REQUESTS]
    taken = {id(mark) for mark in shown}
    hidden = [mark for mark in requests if id(mark) not in taken]
    return sorted(shown, key=lambda mark: (mark.begun, -mark.ended)), hidden


def chosen(marks: list[Mark], most: int) -> list[Mark]:
    """What is bad first, then the earliest; in order of time."""
    kept = sorted(marks, key=lambda mark: (not mark.bad, mark.begun))[:most]
    return sorted(kept, key=lambda mark: (mark.begun, -mark.ended))


def fold(marks: list[Mark], begun: float, ended: float) -> Folded:
    """Counts by begin, over the whole width."""
    heights = [[0, 0] for _ in range(BINS)]
    for mark in marks:
        place = min(int((mark.begun - begun) / (ended - begun) * BINS), BINS - 1)
        heights[place][0] += 1
        heights[place][1] += mark.bad
    bad = sum(mark.bad for mark in marks)
    return Folded(len(marks), bad, tuple((whole, failed) for whole, failed in heights))
