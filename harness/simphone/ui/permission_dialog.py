"""Android's question whether an app may have a runtime permission.

Ids and packages as public scripts and Android's own tests name them: on phones with
Google's apps the package is `com.google.android.…`, while resource names keep
`com.android.…`. Until Android 9 the package installer asked, since then a package of
its own does. German words for notifications as public test code quotes them; the other
translations are ours.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from harness.simphone.ui.node import Node, Style
from harness.simphone.ui.widgets import button, column, dialog, text

Answer = Callable[[], Awaitable[None]]

_BLUE = "#0b57d0"
_CONTROLLER_SINCE = 29
"""API level from which the permission controller asks."""


@dataclass(frozen=True, slots=True)
class Controller:
    """Who asks: its package, the package in its resource names, its activity."""

    package: str
    resources: str
    wording: str  # "new": Don't allow; "old": Deny

    @property
    def activity(self) -> str:
        """Full class name."""
        return f"{self.resources}.permission.ui.GrantPermissionsActivity"


def controller(api: int) -> Controller:
    """The one of a phone with this API level and Google's apps."""
    name = "permissioncontroller" if api >= _CONTROLLER_SINCE else "packageinstaller"
    wording = "new" if api > _CONTROLLER_SINCE else "old"
    return Controller(f"com.google.android.{name}", f"com.android.{name}", wording)


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; {app} and {wish} are filled in."""

    question: str
    allow: str
    deny: Mapping[str, str]  # by wording
    wishes: Mapping[str, str]  # by permission without its prefix


_ENGLISH = Words(
    "Allow {app} to {wish}?",
    "Allow",
    {"new": "Don\u2019t allow", "old": "Deny"},
    {
        "POST_NOTIFICATIONS": "send you notifications",
        "READ_CONTACTS": "access your contacts",
        "CAMERA": "take pictures and record video",
        "RECORD_AUDIO": "record audio",
        "ACCESS_COARSE_LOCATION": "access this device\u2019s location",
        "READ_MEDIA_VIDEO": "access photos and videos on this device",
        "READ_MEDIA_IMAGES": "access photos and videos on this device",
    },
)
WORDS: Mapping[str, Words] = {
    "en": _ENGLISH,
    "fr": Words(
        "Autoriser {app} à {wish} ?",
        "Autoriser",
        {"new": "Ne pas autoriser", "old": "Refuser"},
        {
            "POST_NOTIFICATIONS": "vous envoyer des notifications",
            "READ_CONTACTS": "accéder à vos contacts",
        },
    ),
    "de": Words(
        "{app} erlauben, {wish}?",
        "Zulassen",
        {"new": "Nicht zulassen", "old": "Ablehnen"},
        {
            "POST_NOTIFICATIONS": "dir Benachrichtigungen zu senden",
            "READ_CONTACTS": "auf deine Kontakte zuzugreifen",
        },
    ),
    "es": Words(
        "¿Permitir que {app} {wish}?",
        "Permitir",
        {"new": "No permitir", "old": "Denegar"},
        {
            "POST_NOTIFICATIONS": "te envíe notificaciones",
            "READ_CONTACTS": "acceda a tus contactos",
        },
    ),
    "pt": Words(
        "Permitir que o app {app} {wish}?",
        "Permitir",
        {"new": "Não permitir", "old": "Negar"},
        {
            "POST_NOTIFICATIONS": "envie notificações a você",
            "READ_CONTACTS": "acesse seus contatos",
        },
    ),
    "id": Words(
        "Izinkan {app} {wish}?",
        "Izinkan",
        {"new": "Jangan izinkan", "old": "Tolak"},
        {
            "POST_NOTIFICATIONS": "mengirimi Anda notifikasi",
            "READ_CONTACTS": "mengakses kontak Anda",
        },
    ),
}


def question(
    label: str,
    permission: str,
    asker: Controller,
    language: str = "en",
    *,
    on_allow: Answer,
    on_deny: Answer,
) -> Node:
    """The dialog "Allow LABEL to …?"; in English where the language has no words for it."""
    name = permission.rpartition(".")[2]
    words = WORDS.get(language, _ENGLISH)
    if name not in words.wishes:
        words = _ENGLISH
    wish = words.wishes.get(name, "use " + name.lower())
    prefix = f"{asker.resources}:id/"
    message = text(
        words.question.format(app=label, wish=wish),
        rid=prefix + "permission_message",
        size=56,
        align="center",
    )
    deny = words.deny[asker.wording]
    return dialog(
        _space(),
        message,
        _space(),
        _pill(words.allow, prefix + "permission_allow_button", on_allow),
        _space(12),
        _pill(deny, prefix + "permission_deny_button", on_deny),
        height=720,
    )


def _pill(label: str, rid: str, on_click: Answer) -> Node:
    pill = button(label, on_click=on_click, rid=rid, height=140)
    pill.style = Style(
        size=42, bold=True, align="center", color=_BLUE, background="#d3e3fd", radius=70
    )
    return pill


def _space(height: int = 40) -> Node:
    return column(height=height)
