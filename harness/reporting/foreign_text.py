"""Text from apps, servers and phones, made harmless and readable before it is shown."""

from __future__ import annotations

import re

from markupsafe import Markup

MOST = 2000
"""Characters of one foreign text on a page; the whole of it lies in the recording."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029]")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str, most: int = MOST) -> str:
    """Control characters out, marks that turn the direction of reading made visible, cut.

    Escaping for HTML or Markdown is left to whoever writes that.
    """
    if len(text) <= most and text.isascii() and text.isprintable():
        return text  # almost all of it, and a large run has many
    shown = text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"
    shown = CONTROLS.sub("", shown)
    return DIRECTIONS.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", shown)


def for_page(value: object) -> object:
    """For every expression of a template: `harmless`, except what we marked as markup."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return harmless(value)
    return "" if value is None else value


def shorten_within(text: str, most: int, end: int = 20) -> str:
    """One line, cut in its middle: the last `end` characters stay, where the answer stands."""
    if len(text) > 4 * most:
        text = text[: 2 * most] + text[-2 * most :]
    line = " ".join(harmless(text).split())
    return line if len(line) <= most else f"{line[: most - end - 1]}…{line[-end:]}"


def shorten(text: str, most: int) -> str:
    """One line, cut with an ellipsis."""
    line = " ".join(harmless(text, 4 * most).split())
    return line if len(line) <= most else line[: most - 1] + "…"
