"""The one bundled typeface, and the characters it lacks.

Pillow's `load_default(size)` is a cut-down Aileron with ASCII and little more.
Accented Latin letters are drawn as the plain letter plus a drawn mark, dashes
and bullets as strokes, so that no font file is needed; what cannot be shown so
stays the typeface's own "missing" box.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

Typeface = ImageFont.FreeTypeFont | ImageFont.ImageFont

LINE_SPACING = 1.3  # line height as a multiple of the text size

# Characters drawn as strokes: the room they take (as text), the stroke's name.
_STROKES = {
    "\u2022": ("  ", "bullet"),
    "\u2013": ("  ", "dash"),
    "\u2014": ("    ", "dash"),
    "\u2212": ("  ", "dash"),
}
# Characters with a near look-alike in the typeface.
_LOOKALIKES = {
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2018": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u00bf": "?",
    "\u00a1": "!",
    "\u00df": "ss",
    "\u00f8": "o",
    "\u00d8": "O",
    "\u0142": "l",
    "\u0141": "L",
    "\u0131": "i",
    "\u00e6": "ae",
    "\u00c6": "AE",
    "\u0153": "oe",
    "\u0152": "OE",
    "\u00d7": "x",
    "\u2192": ">",
}


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text as the typeface can draw it, and marks (position in `plain`, name)."""

    plain: str
    marks: tuple[tuple[int, str], ...] = ()


@lru_cache(maxsize=64)
def typeface(size: int) -> Typeface:
    """The bundled typeface at `size` pixels."""
    return ImageFont.load_default(size)


@lru_cache(maxsize=4096)
def covers(character: str) -> bool:
    """Whether the typeface has a glyph of its own for `character`."""
    return _picture_of(character) != _picture_of("\uffff")


def _picture_of(character: str) -> bytes:
    canvas = Image.new("L", (64, 64))
    ImageDraw.Draw(canvas).text((8, 8), character, fill=255, font=typeface(32))
    return canvas.tobytes()


@lru_cache(maxsize=4096)
def shape(text: str) -> Shaped:
    """Replaces what the typeface lacks by letters plus marks."""
    if text.isascii():
        return Shaped(text)
    plain: list[str] = []
    marks: list[tuple[int, str]] = []
    length = 0
    for character in unicodedata.normalize("NFC", text):
        room, names = _parts(character)
        marks += [(length, name) for name in names]
        plain.append(room)
        length += len(room)
    return Shaped("".join(plain), tuple(marks))


def _parts(character: str) -> tuple[str, list[str]]:
    if character in _STROKES:
        room, name = _STROKES[character]
        return room, [name + str(len(room))]
    if character.isascii() or covers(character):
        return character, []
    if character in _LOOKALIKES:
        return _LOOKALIKES[character], []
    letter, *accents = unicodedata.normalize("NFD", character)
    if accents and letter.isascii():
        case = "capital " if letter.isupper() else ""
        return letter, [case + unicodedata.name(accent, "").lower() for accent in accents]
    if unicodedata.category(character) == "So":
        return "   ", ["emoji3"]
    if unicodedata.category(character) in ("Mn", "Cf"):
        return "", []  # joiners and variation selectors of emoji
    return character, []


@lru_cache(maxsize=8192)
def text_width(text: str, size: int, bold: bool = False) -> int:
    """Width of one line in pixels, rounded up."""
    plain = shape(text).plain
    extra = len(plain) * bold_stroke(size) * 0.5 if bold else 0.0
    return int(typeface(size).getlength(plain) + extra + 0.999)


def bold_stroke(size: int) -> float:
    """The stroke that makes the regular face look bold, in pixels."""
    return max(0.8, size / 28)


def line_height(size: int) -> int:
    """Distance of two base lines in pixels."""
    return round(size * LINE_SPACING)
