"""Labels of the app per language; keys are the simulator's own.

`en` and part of `fr` come from public dumps and notes. For the other languages no
public source was found: their labels are ours and unverified, so that a run in such a
language shows that the harness works in it, not that its locators fit the real app.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.app.texts import ar, de, en, es, fr, indonesian, offline, pt

_MODULES: Mapping[str, Mapping[str, str]] = {
    "en": en.TEXTS,
    "fr": fr.TEXTS,
    "de": de.TEXTS,
    "es": es.TEXTS,
    "pt": pt.TEXTS,
    "id": indonesian.TEXTS,
}
TEXTS: Mapping[str, Mapping[str, str]] = {
    language: {**texts, **offline.TEXTS[language]} for language, texts in _MODULES.items()
} | {"ar": ar.TEXTS}

RIGHT_TO_LEFT = frozenset({"ar"})
"""Languages whose screens are mirrored: rows begin at the right."""

LEGACY_CODES = {"in": "id"}
"""Java's old code for Indonesian, which older releases still give."""


def language_of(locale: str) -> str:
    """Language in which the app shows itself: "fr" for "fr-FR".

    "en" for a language that the app has no labels in, as Android takes the app's
    default resources then.
    """
    code = locale.replace("_", "-").split("-", maxsplit=1)[0].lower()
    code = LEGACY_CODES.get(code, code)
    return code if code in TEXTS else "en"


def texts_for(locale: str) -> Mapping[str, str]:
    """Labels for a locale such as "fr-FR"; see `language_of`."""
    return TEXTS[language_of(locale)]
