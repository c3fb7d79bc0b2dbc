"""Counters as the app writes them: `97`, `20.9K`, `3.8M`, in French `3,8 M`."""

from __future__ import annotations

NARROW_SPACE = "\u202f"


def compact(number: int) -> str:
    """Dot and letter form, as content descriptions keep it in every language."""
    for limit, letter in ((1_000_000_000, "B"), (1_000_000, "M"), (10_000, "K")):
        if number >= limit:
            unit = 1_000 if letter == "K" else limit
            return f"{int(number / unit * 10) / 10:.1f}".removesuffix(".0") + letter
    return str(number)


def localized(number: int, language: str) -> str:
    """The visible form in `language`."""
    text = compact(number)
    if language in ("fr", "de", "es", "pt", "id") and text[-1].isalpha():
        return text[:-1].replace(".", ",") + NARROW_SPACE + text[-1]
    return text
