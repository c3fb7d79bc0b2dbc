"""Counters as the app writes them: `97`, `20.9K`, `3.8M`; in French `3,8 M`, in German `3,8 Mio.`.

From public dumps: English, and French for millions ("3,8 M" with a space that does not
break, beside the content-desc "3.8M"). The other forms are the short decimal forms of
Unicode CLDR, which Android's CompactDecimalFormat gives; not seen in the app.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"
SHORTENED_FROM = 10_000
"""Smaller counters are written out."""


@dataclass(frozen=True, slots=True)
class Short:
    """How one language shortens: units from the biggest, as (their size, their sign)."""

    units: tuple[tuple[int, str], ...]
    comma: str = ","
    space: str = SPACE
    grouping: str = "."
    zero: str = "0"  # its digits begin with this one


_K, _M, _B = 1_000, 1_000_000, 1_000_000_000
_ENGLISH = Short(((_B, "B"), (_M, "M"), (_K, "K")), ".", "", ",")

SHORT_FORMS: Mapping[str, Short] = {
    "en": _ENGLISH,
    "fr": Short(((_B, "Md"), (_M, "M"), (_K, "k")), space=NARROW_SPACE),
    "de": Short(((_B, "Mrd."), (_M, "Mio."))),  # thousands are written out
    "es": Short(((_M, "M"), (_K, "mil"))),  # a milliard is "1000 M"
    "pt": Short(((_B, "bi"), (_M, "mi"), (_K, "mil"))),
    "id": Short(((_B, "M"), (_M, "jt"), (_K, "rb"))),  # M is miliar, not million
    "ar": Short(((_B, "مليار"), (_M, "مليون"), (_K, "ألف")), "\u066b", zero="\u0660"),  # ar-EG
}


def compact(number: int) -> str:
    """Dot and letter form, as content descriptions keep it in every language."""
    return _shortened(number, _ENGLISH)


def localized(number: int, language: str) -> str:
    """The visible form in `language`."""
    form = SHORT_FORMS.get(language, _ENGLISH)
    digits = {ord("0") + digit: ord(form.zero) + digit for digit in range(10)}
    return _shortened(number, form).translate(digits)


def _shortened(number: int, form: Short) -> str:
    if number < SHORTENED_FROM:
        return str(number)
    for size, sign in form.units:
        if number >= size:
            amount = f"{number * 10 // size / 10:.1f}".removesuffix(".0")
            return amount.replace(".", form.comma) + form.space + sign
    return f"{number:,}".replace(",", form.grouping)
