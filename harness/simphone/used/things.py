"""The things that a person has on the used phone: names, ages, sizes."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.service.clips import CLIPS, Clip

HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class DraftThing:
    """A draft, `age` seconds old, with so many half seconds of video."""

    title: str
    age: float
    frames: int


DRAFTS = (
    DraftThing("Birthday, take 2 🎂", 3 * HOUR, 9),
    DraftThing("Grandma's soup (final) v2", 26 * HOUR, 14),
    DraftThing("Rain & tram, 7 am", 4 * DAY, 6),
    DraftThing("été à la plage", 19 * DAY, 11),
    DraftThing("no title yet", 33 * DAY, 4),
)


@dataclass(frozen=True, slots=True)
class OfflineThing:
    """A clip of the feed that was downloaded `age` seconds ago."""

    clip: Clip
    age: float


OFFLINE = tuple(OfflineThing(CLIPS[24 + number], (2 + 3.5 * number) * HOUR) for number in range(7))
"""All younger than 48 h: opening the offline page must not make them expire."""


@dataclass(frozen=True, slots=True)
class SavedThing:
    """A video that was saved to DCIM/Camera under this name."""

    name: str
    clip: Clip
    age: float


SAVED = (
    SavedThing("0f4c2a7d9b1e48d3a6c5e2f07b9d1a34.mp4", CLIPS[31], 2 * DAY),
    SavedThing("Beach day, 2026 (1).mp4", CLIPS[32], 12 * DAY),
    SavedThing("party 🎉.mp4", CLIPS[33], 40 * DAY),
)

WATCHED = CLIPS[5:11]
"""Clips in the video cache."""

SEARCHES = ("tram lines", "sourdough, rye", "été 2026", "🎸 lesson")
