"""Labels of the app per language; keys are the simulator's own."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.app.texts import en, fr, offline

TEXTS: Mapping[str, Mapping[str, str]] = {"en": en.TEXTS, "fr": fr.TEXTS}


def texts_for(locale: str) -> Mapping[str, str]:
    """Texts of a locale such as "fr-FR"; English where a language is not prepared."""
    language = locale.split("-", maxsplit=1)[0]
    language = language if language in TEXTS else "en"
    return {**TEXTS[language], **offline.TEXTS[language]}
