"""The recorder of io.appium.settings: the screen as a film, by Android's media projection.

Actions, extras and the file's place after the package's TypeScript client; the size and
the length that it takes without extras after its documentation.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from harness.simphone.android.intents import Intent
from harness.simphone.contracts import Process
from harness.simphone.ui.filming import filmed

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

PACKAGE = "io.appium.settings"
SERVICE = f"{PACKAGE}/{PACKAGE}.recorder.RecorderService"
START, STOP = f"{PACKAGE}.recording.ACTION_START", f"{PACKAGE}.recording.ACTION_STOP"
FOLDER = f"/storage/emulated/0/Android/data/{PACKAGE}/files"
SINCE = 29
RATE = 5_000_000  # bits a second
USUAL_SECONDS = 900
LARGEST = 1920, 1080  # of the longer and the shorter side


def recording(phone: AndroidPhone, intent: Intent, process: Process) -> Coroutine[Any, Any, None]:
    """What the app does with this intent; nothing where it is not about recording."""
    state = phone.activities.state
    if intent.action == STOP and state.recording is not None:
        state.recording.set()
    elif intent.action == START and _may(phone) and state.recording is None:
        state.recording = asyncio.Event()
        state.services[SERVICE] = process.pid
        return _film(phone, intent, process, state.recording)
    return _nothing()


def _may(phone: AndroidPhone) -> bool:
    """Without the mode that Appium sets, Android would ask a person first."""
    modes = phone.activities.state.app_ops.get(PACKAGE, {})
    return phone.spec.api >= SINCE and modes.get("PROJECT_MEDIA") == "allow"


async def _nothing() -> None:
    """Other intents are for the app's other parts."""


async def _film(phone: AndroidPhone, intent: Intent, process: Process, stop: asyncio.Event) -> None:
    seconds = intent.extras.get("max_duration_sec", "")
    limit = int(seconds) if seconds.isdigit() else USUAL_SECONDS
    state = phone.activities.state
    try:
        film = await filmed(phone.display, _size(phone, intent), RATE, limit, stop)
        name = intent.extras.get("filename", "recording.mp4").rpartition("/")[2]
        phone.fs.mkdir(FOLDER, uid=process.uid, parents=True)
        phone.fs.write(f"{FOLDER}/{name}", film, uid=process.uid)
    finally:
        state.recording = None
        state.services.pop(SERVICE, None)


def _size(phone: AndroidPhone, intent: Intent) -> tuple[int, int]:
    """The resolution asked for, or the largest, upright as the screen is."""
    width, _, height = intent.extras.get("resolution", "").partition("x")
    longer, shorter = (int(width), int(height)) if (width + height).isdigit() else LARGEST
    return (shorter, longer) if phone.spec.height >= phone.spec.width else (longer, shorter)
