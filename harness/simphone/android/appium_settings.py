"""io.appium.settings: its foreground service and the answers of its receivers.

Action names and answers after the package's own TypeScript client; the answer
of a broadcast is a result code and a data text.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from harness.simphone.android.intents import Intent
from harness.simphone.android.notifications import Notification, post
from harness.simphone.contracts import Process

if TYPE_CHECKING:
    from harness.simphone.android.parts import AndroidPhone

PACKAGE = "io.appium.settings"
SERVICE = f"{PACKAGE}/{PACKAGE}.ForegroundService"
OK, FAILED = -1, 0
Answer = tuple[int, str | None]
LOCALES = (("en", "US"), ("en", "GB"), ("de", "DE"), ("es", "ES"), ("fr", "FR"), ("ja", "JP"))
REFRESHED = "The current location has been successfully retrieved from Play Services"
KEPT_RUNNING = (
    "Appium Settings",
    (
        "Keep this service running, so Appium for Android can properly interact with several"
        " system APIs"
    ),
)
"""Title and text of its notification, as Appium's documentation of getNotifications has them."""
SCALES = ("animator_duration_scale", "transition_animation_scale", "window_animation_scale")


def starts_service(phone: AndroidPhone, package: str, process: Process) -> bool:
    """Starting the app's activity only starts its foreground service."""
    if package != PACKAGE:
        return False
    phone.activities.state.services[SERVICE] = process.pid
    post(phone, Notification(PACKAGE, 1, *KEPT_RUNNING, phone.clock.now(), service=True))
    return True


def answer(phone: AndroidPhone, intent: Intent) -> Answer | None:
    """What the app's receiver answers; None when the broadcast is not for it."""
    action = intent.action or ""
    if phone.packages.get(PACKAGE) is None or not action.startswith(f"{PACKAGE}."):
        return None
    if SERVICE not in phone.activities.state.services and intent.component is None:
        return FAILED, None  # receivers without a manifest entry need the running app
    match action.removeprefix(f"{PACKAGE}."):
        case "clipboard.get":
            return _clipboard(phone)
        case "notifications":
            shown = phone.activities.state.notifications.all()
            return OK, json.dumps({"statusBarNotifications": [_shown(phone, n) for n in shown]})
        case "sms.read":
            return OK, json.dumps({"items": [], "total": 0})
        case "location":
            if intent.extras.get("forceUpdate") == "true":
                phone.log.write("LocationTracker", REFRESHED)
            return OK, " ".join(str(part) for part in phone.activities.state.location)
        case "list_locales":
            items = [{"language": language, "country": country} for language, country in LOCALES]
            return OK, _encoded(json.dumps({"items": items}))
        case "locale":
            return _locale(phone, intent.extras)
        case "scan_media" | "unpair_bluetooth":
            return OK, None
        case other:
            return _switch(phone, other, on=intent.extras.get("setstatus") == "enable")


def _shown(phone: AndroidPhone, notification: Notification) -> dict[str, object]:
    """As the app's listener turns a StatusBarNotification into JSON."""
    package = phone.packages.get(notification.package)
    key = notification.key(package.uid if package else 0)
    big = notification.service  # the only one it is: the app's own
    return {
        "isGroup": False,
        "packageName": notification.package,
        "isClearable": not notification.service,
        "isOngoing": notification.service,
        "id": notification.number,
        "tag": notification.tag,
        "notification": {
            "title": None if big else notification.title,
            "bigTitle": notification.title if big else None,
            "text": None if big else notification.text,
            "bigText": notification.text if big else None,
            "tickerText": None,
            "subText": None,
            "infoText": None,
            "template": "android.app.Notification$BigTextStyle" if big else None,
        },
        "userHandle": 0,
        "groupKey": key,
        "overrideGroupKey": None,
        "postTime": int(notification.when * 1000),
        "key": key,
        "isRemoved": False,
    }


def _clipboard(phone: AndroidPhone) -> Answer:
    """Since API 29 only the keyboard in use may read the clipboard."""
    keyboard = phone.settings.get("secure", "default_input_method") or ""
    if phone.spec.api >= 29 and not keyboard.startswith(f"{PACKAGE}/"):
        return FAILED, ""
    return OK, _encoded(phone.conditions.clipboard)


def _locale(phone: AndroidPhone, extras: dict[str, str]) -> Answer:
    parts = [extras.get("lang", ""), extras.get("script", ""), extras.get("country", "")]
    if not parts[0] or not parts[2]:
        return FAILED, None
    phone.properties.set("persist.sys.locale", "-".join(part for part in parts if part))
    return OK, None


def _switch(phone: AndroidPhone, what: str, *, on: bool) -> Answer | None:
    if what == "wifi":
        phone.conditions.wifi = on
    elif what == "data_connection":
        phone.conditions.mobile_data = on
    elif what == "bluetooth":
        phone.conditions.bluetooth = on
    elif what == "animation":
        for key in SCALES:
            phone.settings.put("global", key, "1.0" if on else "0.0")
    else:
        return None
    return OK, None


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
