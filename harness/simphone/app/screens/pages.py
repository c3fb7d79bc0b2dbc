"""All pages by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.app.screens import (
    drafts,
    feed,
    gates,
    login,
    offline,
    people,
    player,
    profile,
    settings,
    sharing,
    splash,
)
from harness.simphone.app.screens.view import View
from harness.simphone.ui.node import Node

PAGES: Mapping[str, Callable[[View], Node]] = {
    "splash": splash.splash,
    "feed": feed.feed,
    "profile": profile.profile,
    "menu": profile.profile_menu,
    "login-sheet": login.login_sheet,
    "login-form": login.login_form,
    "settings": settings.settings,
    "logout-sheet": settings.logout_sheet,
    "people": people.people,
    "drafts": drafts.drafts,
    "draft-editor": drafts.draft_editor,
    "offline-videos": offline.offline_videos,
    "offline-player": player.offline_player,
    "share-sheet": sharing.share_sheet,
    "captcha": gates.captcha,
    "two-step": gates.two_step,
    "new-device": gates.new_device,
    "age-gate": gates.age_gate,
    "banned": gates.banned,
    "region-ban": gates.region_ban,
    "update": gates.update_gate,
}

SCOPES: Mapping[str, str] = {
    "feed": "feed",
    "profile": "profile",
    "menu": "profile",
    "login-sheet": "login",
    "login-form": "login",
    "people": "followers",
    "drafts": "drafts",
    "draft-editor": "drafts",
    "offline-videos": "offline",
    "offline-player": "offline",
}
"""Which screen of the fault table a page belongs to."""
