"""The clips of the simulated feed, and the bytes to play for them."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.media.stills import clip

FIRST_ID = 7_301_234_567_890_123_401
CATALOGUE = 240
"""How many clips the feed has before it says `has_more: 0`."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One video of the feed; `picture` seeds its drawn still."""

    clip_id: str
    author: str
    caption: str
    likes: int
    comments: int
    shares: int
    picture: int


_FIRST = (
    Clip("7301234567890123401", "harbour.walks", "Low tide at six #sea", 48_210, 512, 301, 11),
    Clip("7301234567890123402", "bread.by.ana", "Day three of the starter", 9_804, 220, 88, 12),
    Clip("7301234567890123403", "cyclo.kim", "Down the pass before rain", 121_900, 930, 700, 13),
    Clip("7301234567890123404", "plants.daily", "It has a new leaf!", 3_120, 95, 17, 14),
    Clip("7301234567890123405", "old.radios", "Valves warm, listen to this", 760, 41, 6, 15),
)
_AUTHORS = ("harbour.walks", "bread.by.ana", "cyclo.kim", "plants.daily", "old.radios", "tram_nine")
_WHAT = (
    "Rain on the glass roof", "First snow, first slide", "Dough, salt, time", "Night bus, no rush",
    "Two cats and a box", "Chalk wall at noon", "Grandma's soup 🍲", "Bridge opens, boats pass",
    "The old kiln is hot", "Swifts are back", "Half marathon, half rain", "Tea for one",
)  # fmt: skip


def _made(number: int) -> Clip:
    """Clip `number` of the catalogue, counted from 0; always the same."""
    what = f"{_WHAT[number % len(_WHAT)]} #{number + 1}"
    author = _AUTHORS[number % len(_AUTHORS)]
    likes = 37 * (number * number % 911) + 12
    clip_id = str(FIRST_ID + number)
    return Clip(clip_id, author, what, likes, likes // 41, likes // 97, picture_of(clip_id))


def picture_of(clip_id: str) -> int:
    """The seed of a clip's still. Raises ValueError for what is no clip's id."""
    return int(clip_id) - FIRST_ID + 11


def clip_bytes(clip_id: str) -> bytes:
    """The MP4 that the CDN sends. Raises ValueError for what is no clip's id."""
    return clip(picture_of(clip_id))


CLIPS = (*_FIRST, *(_made(number) for number in range(len(_FIRST), CATALOGUE)))
PAGE = len(_FIRST)
"""How many clips a request gets that asks for no number."""
