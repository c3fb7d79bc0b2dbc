"""`cmd statusbar`, `overlay`, `uimode`, `lock_settings` and others about what one sees."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.android.dumpsys.standing import role_holders
from harness.simphone.android.parts import android
from harness.simphone.android.program import Program, Reply, arguments, program
from harness.simphone.contracts import Invocation

SHADE = ("com.android.systemui", "NotificationShade")
BACK = 4  # KEYCODE_BACK
LOCK_USAGE = "  get-disabled\n  set-disabled true|false\n  clear\n  verify\n"


async def _statusbar(inv: Invocation) -> Reply:
    words, display = list(inv.argv[1:]), inv.phone.display
    match words:
        case ["expand-notifications" | "expand-settings", *_]:
            middle = inv.phone.spec.width // 2
            await display.swipe(middle, 0, middle, inv.phone.spec.height // 2, 0.0)
            return Reply()
        case ["collapse", *_]:
            if display.focus() == SHADE:
                await display.key(BACK)
            return Reply()
        case ["get-status-icons"]:
            return Reply("wifi\nbattery\nclock\n")
        case ["add-tile" | "remove-tile" | "click-tile" | "check-support", *_]:
            return Reply()
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _overlay(inv: Invocation) -> Reply:
    enabled, words = android(inv.phone).activities.state.overlays, list(inv.argv[1:])
    match words:
        case ["list", *_]:
            return Reply("".join(f"[x] {name}\n" for name in sorted(enabled)))
        case ["enable" | "enable-exclusive", *_, name]:
            enabled.add(name)
            return Reply()
        case ["disable", *_, name]:
            enabled.discard(name)
            return Reply()
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _uimode(inv: Invocation) -> Reply:
    words, settings = list(inv.argv[1:]), inv.phone.settings
    values = {"yes": "2", "no": "1", "auto": "0"}
    match words:
        case ["night", *rest]:
            if rest and rest[0] in values:
                settings.put("secure", "ui_night_mode", values[rest[0]])
            stored = settings.get("secure", "ui_night_mode")
            name = next((word for word, value in values.items() if value == stored), "no")
            return Reply(f"Night mode: {name}\n")
        case ["car", *_]:
            return Reply("Car mode: no\n")
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _lock_settings(inv: Invocation) -> Reply:
    """`locksettings`: the phone has no credential; `set-disabled` removes the swipe screen."""
    words, phone = list(inv.argv[1:]), android(inv.phone)
    match words:
        case ["get-disabled", *_]:
            off = phone.settings.get("secure", "lockscreen.disabled") == "1"
            return Reply("true\n" if off else "false\n")
        case ["set-disabled", *_, value]:
            phone.settings.put("secure", "lockscreen.disabled", "1" if value == "true" else "0")
            return Reply(f"Lock screen disabled set to {value}\n")
        case ["clear", *_]:
            return Reply("Lock credential cleared\n")
        case ["verify", *_]:
            return Reply("Lock credential verified successfully\n")
        case ["help"] | []:
            return Reply(f"lockSettings service commands:\n{LOCK_USAGE}")
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _power(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    if words[:1] == ["set-mode"] and len(words) == 2:
        inv.phone.settings.put("global", "low_power", words[1])
        return Reply()
    return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _role(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    if words[:1] == ["get-role-holders"]:
        named = arguments(words[1:], {"--user"}).rest[:1]
        holder = role_holders(android(inv.phone)).get(named[0]) if named else None
        return Reply(f"{holder}\n" if holder else "\n")
    return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _locale(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    if words[:1] == ["get-app-locales"] and len(words) > 1:
        return Reply(f"Locales for {words[1]} for user 0 are []\n")
    return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


SERVICES: Mapping[str, Program] = {
    "statusbar": _statusbar,
    "overlay": _overlay,
    "uimode": _uimode,
    "lock_settings": _lock_settings,
    "power": _power,
    "locale": _locale,
    "role": _role,
}
COMMANDS = {"locksettings": program(_lock_settings)}
