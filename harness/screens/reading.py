"""A page source → the Screen facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harness.domain.facts.screen import Screen
from harness.domain.locator import LocatorBook
from harness.domain.profile import TextMeaning
from harness.screens.matching import match_dialog, recognise
from harness.screens.messages import find_messages
from harness.screens.source import PageSource, Shown

SYSTEM_KINDS = ("crash", "anr", "permission", "system")
"""Kinds of dialogs that the system shows, not the app."""

_LOADING = (
    "loading",
    "chargement",
    "wird geladen",
    "cargando",
    "carregando",
    "memuat",
    "caricamento",
    "جار التحميل",
    "جارٍ التحميل",
)


def read_screen(
    source: PageSource,
    book: LocatorBook,
    meanings: Sequence[TextMeaning],
    packages: Sequence[str],
    *,
    focus: tuple[str, str] | None = None,
    clean: Callable[[str], str] = str,
) -> Screen:
    """What one look shows. `packages`: the app's; `focus`: (package, activity)."""
    app = list(source.shown(packages))
    dialog = match_dialog(source, book.dialogs, packages)
    package = focus[0] if focus else _front(source, packages)
    return Screen(
        package=package,
        activity=focus[1] if focus else None,
        page=recognise(source, book, packages) if app else None,
        messages=find_messages(source, meanings, packages, clean=clean),
        spinner=any(_spins(node) for node in app),
        empty=bool(app) and not any(_says_something(node) for node in app),
        launching=not app and package in (None, *packages, "com.android.systemui"),
        system_dialog=dialog.kind if dialog and dialog.kind in SYSTEM_KINDS else None,
    )


def _front(source: PageSource, packages: Sequence[str]) -> str | None:
    found = source.packages()
    return next((name for name in found if name in packages), found[0] if found else None)


def _spins(node: Shown) -> bool:
    low = node.desc.lower()
    return node.class_name.endswith("ProgressBar") or any(word in low for word in _LOADING)


def _says_something(node: Shown) -> bool:
    return bool(node.text.strip() or node.desc.strip()) or node.class_name.endswith(
        ("ImageView", "EditText", "Button", "WebView", "ProgressBar", "VideoView", "SurfaceView")
    )
