"""Android's question which app is to open a link, with one app chosen already.

Shape and ids of AOSP's ResolverActivity; the translations are ours.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import bottom_sheet, button, row, spacer, text

PACKAGE = "android"
ACTIVITY = "com.android.internal.app.ResolverActivity"

WORDS: Mapping[str, tuple[str, str, str]] = {
    "en": ("Open with {app}", "Just once", "Always"),
    "fr": ("Ouvrir avec {app}", "Une seule fois", "Toujours"),
    "de": ("Mit {app} öffnen", "Nur diesmal", "Immer"),
    "es": ("Abrir con {app}", "Solo una vez", "Siempre"),
    "pt": ("Abrir com {app}", "Só uma vez", "Sempre"),
    "id": ("Buka dengan {app}", "Hanya sekali", "Selalu"),
}


def chooser(label: str, language: str, *, on_choice: Callable[[], Awaitable[None]]) -> Node:
    """Both buttons close it; nothing is remembered here."""
    title, once, always = WORDS.get(language, WORDS["en"])
    answers = row(
        button(once, on_click=on_choice, rid="android:id/button_once", primary=False, weight=1),
        spacer(24, weight=0),
        button(always, on_click=on_choice, rid="android:id/button_always", primary=False, weight=1),
        height=132,
    )
    for node in answers.children:
        if node.text:
            node.height = None
    return bottom_sheet(
        spacer(40, weight=0),
        text(title.format(app=label), rid="android:id/title", bold=True, align="center", height=90),
        spacer(),
        answers,
        spacer(60, weight=0),
        height=460,
    )
