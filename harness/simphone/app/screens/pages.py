"""All pages by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.app.screens import feed, gates, login, people, profile, settings, splash
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
    "captcha": gates.captcha,
    "two-step": gates.two_step,
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
}
"""Which screen of the fault table a page belongs to."""
