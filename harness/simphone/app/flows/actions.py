"""Actions by name: what a click may ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from harness.simphone.app.context import Context
from harness.simphone.app.flows import drafts, offline, player, popups, saving
from harness.simphone.app.flows.feed import load_feed, scroll
from harness.simphone.app.flows.login import log_out, submit
from harness.simphone.app.flows.profile import load_people, load_profile
from harness.simphone.app.flows.start import fetch_settings
from harness.simphone.app.state import LoginForm

Action = Callable[[Context, str], Awaitable[None]]


async def nothing(_context: Context, _value: str) -> None:
    """A view that can be tapped without effect here."""


async def tab(context: Context, name: str) -> None:
    """A bottom tab."""
    if name == "profile":
        context.replace("feed", "profile")
        context.spawn(load_profile(context))
    elif name == "home":
        context.replace("feed")


async def open_page(context: Context, page: str) -> None:
    """Opens a page; the log-in form starts empty and asks for fresh settings."""
    if page == "login-form":
        context.state.form = LoginForm()
        context.spawn(fetch_settings(context))
    if page == "settings":
        context.state.pages = [name for name in context.state.pages if name != "menu"]
    context.show(page)


async def back(context: Context, _value: str) -> None:
    """One page back."""
    if len(context.state.pages) > 1:
        context.state.pages.pop()
        context.render()


async def login_tab(context: Context, name: str) -> None:
    """Phone or e-mail / user name."""
    context.state.form.tab = name
    context.state.form.error = ""
    context.render()


async def toggle_save(context: Context, _value: str) -> None:
    """The check box below the fields."""
    context.state.form.save = not context.state.form.save
    context.render()


async def people(context: Context, kind: str) -> None:
    """A counter or a tab of the lists."""
    context.spawn(load_people(context, kind))


async def retry(context: Context, _value: str) -> None:
    """The button of an error block."""
    loaders = {"profile": load_profile, "feed": load_feed}
    if context.state.page == "people":
        context.spawn(load_people(context, context.state.people.kind))
    elif context.state.page in loaders:
        context.state.profile_error = context.state.feed_error = ""
        context.render()
        context.spawn(loaders[context.state.page](context))


async def close_app(context: Context, _value: str) -> None:
    """Leaves the app."""
    context.phone.activities.home()


async def _submit(context: Context, _value: str) -> None:
    await submit(context)


async def _log_out(context: Context, _value: str) -> None:
    await log_out(context)


ACTIONS: Mapping[str, Action] = {
    "nothing": nothing,
    "tab": tab,
    "open": open_page,
    "back": back,
    "login-tab": login_tab,
    "toggle-save": toggle_save,
    "submit": _submit,
    "people": people,
    "retry": retry,
    "scroll": scroll,
    "log-out": _log_out,
    "drafts": drafts.open_drafts,
    "open-draft": drafts.open_draft,
    "offline": offline.open_offline,
    "choose-offline": offline.choose,
    "download-offline": offline.download,
    "pause-offline": offline.pause,
    "play-offline": player.play_offline,
    "toggle-play": player.toggle,
    "save-video": saving.save_video,
    "close-app": close_app,
    "popup-answer": popups.answer,
}
