"""`am broadcast`."""

from __future__ import annotations

from harness.simphone.android import appium_settings
from harness.simphone.android.intents import Intent, parse_intent
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply
from harness.simphone.contracts import ROOT_UID, Invocation
from harness.simphone.wireguard import app as wireguard

PROTECTED = (
    "android.intent.action.AIRPLANE_MODE",
    "android.intent.action.BOOT_COMPLETED",
    "android.intent.action.BATTERY_LOW",
    "android.intent.action.MEDIA_MOUNTED",
    "android.net.conn.CONNECTIVITY_CHANGE",
)
"""Only the system may send these (a security exception for shell)."""


def broadcast(inv: Invocation, words: list[str]) -> Reply:
    """Sends an intent to the receivers that are simulated; prints their result."""
    phone = android(inv.phone)
    intent = parse_intent(words)
    intent.flags |= 0x00400000  # FLAG_RECEIVER_FROM_SHELL
    head = f"Broadcasting: {intent}\n"
    if intent.action in PROTECTED and inv.uid != ROOT_UID:
        return Reply(head, _denied(intent, inv), 255)
    if intent.action == "android.intent.action.AIRPLANE_MODE":
        phone.conditions.airplane = intent.extras.get("state") == "true"
    wireguard.ordered(phone, intent, inv)
    return Reply(head + _completed(phone, intent))


def _completed(phone: AndroidPhone, intent: Intent) -> str:
    answer = appium_settings.answer(phone, intent)
    if answer is None:
        return "Broadcast completed: result=0\n"
    result, data = answer
    suffix = "" if data is None else f', data="{data}"'
    return f"Broadcast completed: result={result}{suffix}\n"


def _denied(intent: Intent, inv: Invocation) -> str:
    return (
        "\nException occurred while executing 'broadcast':\n"
        f"java.lang.SecurityException: Permission Denial: not allowed to send broadcast"
        f" {intent.action} from pid={inv.pid}, uid={inv.uid}\n"
    )
