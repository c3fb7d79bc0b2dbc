"""Counters as apps write them: 1,234 · 12.345 · 1 234 · 3,8 M · 1.2K · 2,5 Mio. · 20,9 rb. …"""

from __future__ import annotations

import re

_FACTORS = {
    "k": 1e3, "tsd": 1e3, "mil": 1e3, "rb": 1e3, "тыс": 1e3, "тис": 1e3,
    "m": 1e6, "mio": 1e6, "mi": 1e6, "mn": 1e6, "jt": 1e6, "млн": 1e6,
    "b": 1e9, "mrd": 1e9, "md": 1e9, "bi": 1e9, "bn": 1e9, "млрд": 1e9,
    "ألف": 1e3, "مليون": 1e6, "مليار": 1e9,
    "万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8,
}  # fmt: skip

_OWN_FACTORS = {"id": {"m": 1e9}}  # Indonesian "M" is miliar; million is "jt" (Unicode CLDR)

_ARABIC = str.maketrans({"\u066b": ".", "\u066c": ","})
"""Decimal and thousands separators beside Arabic-Indic digits; the digits `int` reads."""

_BLANKS = re.compile(r"[\s\u00a0\u202f\u200e\u200f\u061c]+")
"""Blanks, and marks that turn the writing direction."""

_NUMBER = re.compile(r"^(\d[\d.,'’\s]*)\s*([^\W\d_]+)?\.?$")
_GROUPED = re.compile(r"^\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*$")


def read_count(text: str, language: str = "") -> tuple[int, bool] | None:
    """(value, approximate), or None when it is no counter.

    `language`: code of the phone's, for the few signs that mean another number there.
    """
    plain = _BLANKS.sub(" ", text.translate(_ARABIC)).strip()
    found = _NUMBER.match(plain)
    if found is None:
        return None
    digits, unit = found[1].strip(), (found[2] or "").lower()
    if not unit:
        return _whole(digits)
    factor = _OWN_FACTORS.get(language, {}).get(unit, _FACTORS.get(unit))
    if factor is None:
        return None
    amount = re.fullmatch(r"(\d+)(?:[.,](\d+))?", digits.replace(" ", ""))
    if amount is None:
        return None
    return round(float(f"{amount[1]}.{amount[2] or 0}") * factor), True


def count_after_label(text: str, language: str = "") -> tuple[int, bool] | None:
    """The same for a counter behind a word: "Followers 3,8 M", "Drafts: 3"."""
    plain = _BLANKS.sub(" ", text).strip()
    found = re.match(r"^[^\d]*[^\W\d_][^\d]*?[\s:]+(\d.*)$", plain)
    return read_count(found[1], language) if found else None


def _whole(digits: str) -> tuple[int, bool] | None:
    if digits.isdigit():
        return int(digits), False
    return (int(re.sub(r"\D", "", digits)), False) if _GROUPED.match(digits) else None
