"""Popups: when they come, how they are answered, and which were answered before."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from harness.simphone.app.context import Context
from harness.simphone.app.popups import (
    FIRST_LOG_IN,
    FIRST_START,
    POPUPS,
    SERVICE,
    Popup,
    Shape,
)
from harness.simphone.app.screens.pages import SCOPES
from harness.simphone.app.state import ServicePopup
from harness.simphone.ui import chooser_dialog, permission_dialog, system_sheets

LATER_SECONDS = 0.6
"""How long after its page a switched-on popup comes: in the middle of what is being done."""

LABEL = "TikTok"
NOTIFICATIONS_SINCE = 33
"""API level from which apps have to ask before they send notifications."""

KEPT = "first_run"
"""Preferences that hold what a new installation has still to show; the name is ours."""

LEADS_TO = {"use_phone": "login-form", "have_account": "login-sheet"}
"""Pages behind answers; all other answers close the popup and do no more."""

ASKS_NEXT = {"sync_contacts": "contacts-permission", "find_friends": "contacts-permission"}


def greet(context: Context) -> None:
    """Queues what a new installation shows; call it before the start is noted in files.

    New is an installation without `TIKTOK.db`, which the first start makes; a phone
    whose app was used before has it.
    """
    if not context.faults.greets:
        return
    kept = context.files.preferences(KEPT)
    if "pending" in kept:
        wanted = tuple(name for name in kept["pending"].split(",") if name in POPUPS)
    elif context.files.folder.has("databases/TIKTOK.db"):
        return
    else:
        wanted = FIRST_START
    context.state.popups = [name for name in wanted if _fits(context, POPUPS[name])]
    _keep(context)


def greet_account(context: Context) -> None:
    """Queues what follows the first log-in of a new installation."""
    kept = context.files.preferences(KEPT)
    if context.faults.greets and "pending" in kept and "logged_in" not in kept:
        context.state.popups += FIRST_LOG_IN
        _keep(context, logged_in="1")


def page_shown(context: Context) -> None:
    """After each drawing: asks what Android has to ask, lets switched-on popups come."""
    scope = SCOPES.get(context.state.page, "")
    for name in context.faults.popups(scope):
        if name not in context.state.popups_shown:
            context.state.popups_shown.add(name)
            context.spawn(_come(context, name))
    popup = context.popup
    if popup is not None and context.asked is None:
        if popup.shape is Shape.PERMISSION:
            _ask_permission(context, popup)
        elif popup.shape is Shape.CHOOSER:
            _ask_opener(context)
        elif popup.shape is Shape.SYSTEM:
            _show_sheet(context, popup)


def show(context: Context, name: str) -> None:
    """Puts a popup behind those that wait already."""
    if name not in context.state.popups:
        context.state.popups.append(name)
        context.render()


def show_from_service(context: Context, sent: ServicePopup) -> None:
    """Shows a card in the service's words."""
    context.state.service_popup = sent
    show(context, SERVICE.name)


async def answer(context: Context, key: str) -> None:
    """A button or the Close icon of the popup in front."""
    if not context.state.popups:
        return
    context.track("popup_click", popup=context.state.popups.pop(0), answer=key)
    _keep(context)
    if key in ASKS_NEXT:
        context.state.popups.insert(0, ASKS_NEXT[key])
    if key in LEADS_TO:
        context.show(LEADS_TO[key])
    context.render()


async def put_off(context: Context) -> None:
    """The Back key over a popup: closes it, but first-run pages and gates stay."""
    if context.popup is not None and context.popup.shape is not Shape.PAGE:
        await answer(context, "back")


def close_question(context: Context) -> None:
    """Takes the system's question away with the process that it is about."""
    if context.asked is not None:
        context.asked.finish()
        context.asked = None


async def _come(context: Context, name: str) -> None:
    await asyncio.sleep(LATER_SECONDS)
    show(context, name)


def _fits(context: Context, popup: Popup) -> bool:
    if popup.shape is Shape.PERMISSION:
        known = context.phone.spec.api >= NOTIFICATIONS_SINCE or popup.name != "notifications"
        return known and popup.permission not in context.package.granted
    return popup.name != "sign-up" or not context.state.logged_in


def _keep(context: Context, **more: str) -> None:
    kept = {**context.files.preferences(KEPT), **more}
    if "pending" not in kept and not context.state.popups:
        return
    left = [name for name in context.state.popups if name in FIRST_START]
    try:
        context.files.put_preferences(KEPT, {**kept, "pending": ",".join(left)})
    except OSError as error:
        context.log("SharedPreferencesImpl", f"{KEPT}.xml: {error}", "E")


def _ask_permission(context: Context, popup: Popup) -> None:
    async def allow() -> None:
        context.package.granted.add(popup.permission)
        await answered("allow")

    async def deny() -> None:
        await answered("deny")

    async def answered(key: str) -> None:
        close_question(context)
        await answer(context, key)

    async def back() -> bool:
        await answered("back")
        return True

    spec = context.phone.spec
    controller = permission_dialog.controller(spec.api)
    context.asked = context.phone.display.open_window(
        controller.package, controller.activity, on_back=back
    )
    context.asked.set_content(
        permission_dialog.question(
            LABEL, popup.permission, controller, context.language, on_allow=allow, on_deny=deny
        )
    )


def _ask_opener(context: Context) -> None:
    async def chosen() -> None:
        close_question(context)
        await answer(context, "open")

    async def back() -> bool:
        await chosen()
        return True

    context.asked = context.phone.display.open_window(
        chooser_dialog.PACKAGE, chooser_dialog.ACTIVITY, on_back=back
    )
    context.asked.set_content(chooser_dialog.chooser(LABEL, context.language, on_choice=chosen))


def _show_sheet(context: Context, popup: Popup) -> None:
    """Going on with it is nothing that this app does: it closes all the same."""

    def answering(key: str) -> Callable[[], Awaitable[None]]:
        async def answered() -> None:
            close_question(context)
            await answer(context, key)

        return answered

    async def back() -> bool:
        await answering("back")()
        return True

    wanted = system_sheets.SHEETS[popup.name]
    context.asked = context.phone.display.open_window(wanted.package, wanted.activity, on_back=back)
    content = system_sheets.sheet(
        wanted,
        context.language,
        on_go_on=answering("go_on"),
        on_put_off=answering("put_off"),
    )
    context.asked.set_content(content)
