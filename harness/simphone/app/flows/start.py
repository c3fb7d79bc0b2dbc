"""App start: settings, telemetry, a spare connection, the feed."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

from harness.simphone.app.api import Session
from harness.simphone.app.context import Context
from harness.simphone.app.flows.failing import Failure
from harness.simphone.app.flows.feed import load_feed
from harness.simphone.app.flows.kept import clean_offline, load_kept, restore_account
from harness.simphone.app.flows.popups import show_from_service
from harness.simphone.app.state import ServicePopup

SPLASH_SECONDS = 0.7


def restore(context: Context) -> None:
    """Takes over the session and the account of the last run."""
    token = context.files.preferences("token_shared_preference")
    if token.get("X-Tt-Token"):
        context.api.session = Session(token["X-Tt-Token"], token.get("cookie", ""))
        context.state.logged_in = True
        restore_account(context)
    clean_offline(context)
    load_kept(context)


def note_start(context: Context) -> None:
    """What a start leaves in the app's files."""
    try:
        context.files.opened()
        context.files.session_started(context.package.version_name)
    except OSError as error:
        context.log("SQLiteLog", f"(13) {error}", "E")
    online = context.phone.network.online(context.package.uid)
    context.track("app_launch", access="wifi" if online else "none")


async def begin(context: Context) -> None:
    """The traffic of a start, while the start picture is shown."""
    context.spawn(fetch_settings(context))
    context.spawn(fetch_compliance(context))
    context.spawn(send_telemetry(context))
    context.spawn(load_feed(context))
    context.spawn(context.api.preconnect())
    await asyncio.sleep(SPLASH_SECONDS)


async def fetch_settings(context: Context) -> None:
    """Asks for settings; shows the notices that they may carry."""
    try:
        data = await context.api.settings()
    except Failure as error:
        context.failed("settings", error)
        return
    ban, update, sent = (data.get(key) for key in ("region_ban", "force_update", "popup"))
    if isinstance(ban, dict):
        context.state.notice_title = str(ban.get("title", ""))
        context.state.notice_text = str(ban.get("text", ""))
        context.replace("region-ban")
    elif isinstance(update, dict) and _too_old(context, cast("dict[str, Any]", update)):
        context.replace("update")
    elif isinstance(sent, dict):
        show_from_service(context, _service_popup(cast("dict[str, Any]", sent)))


async def fetch_compliance(context: Context) -> None:
    """Asks another region; the app goes on whatever comes of it."""
    try:
        await context.api.load(context.api.hosts.abroad, "/aweme/v1/compliance/settings/")
    except Failure as error:
        context.failed("/aweme/v1/compliance/settings/", error)


def _service_popup(sent: dict[str, Any]) -> ServicePopup:
    answers = tuple(str(answer) for answer in sent.get("answers", ()))
    return ServicePopup(str(sent.get("title", "")), str(sent.get("text", "")), answers)


def _too_old(context: Context, update: dict[str, Any]) -> bool:
    return context.package.version_code < int(update.get("min_version_code", 0))


async def send_telemetry(context: Context) -> None:
    """Sends the events so far; nobody is told when that fails."""
    events, context.events = context.events, []
    try:
        await context.api.send_events(events)
    except Failure as error:
        context.failed("app_log", error)


def keep_session(context: Context) -> None:
    """Writes the session to the app's files; raises OSError when the storage is full."""
    session = context.api.session
    context.files.put_preferences(
        "token_shared_preference",
        {"X-Tt-Token": session.token, "cookie": session.cookie, "flags": json.dumps({"multi": 1})},
    )
