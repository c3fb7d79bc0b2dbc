"""`cmd user`, `shortcut`, `thermalservice`, `time_detector`, `webviewupdate` and others; and
what those services say whose commands are not simulated.

Source: AOSP, the *ShellCommand classes of the services.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.android.dumpsys.standing import WEBVIEW
from harness.simphone.android.parts import android
from harness.simphone.android.program import Program, Reply
from harness.simphone.android.users import users_of
from harness.simphone.contracts import Invocation

SHUTDOWN = 6  # PowerManager.THERMAL_STATUS_SHUTDOWN, the highest
_NAMES = """
    accessibility adb alarm ambient_context app_hibernation artd audio autofill
    background_install_control biometric blob_store color_display companiondevice content
    content_capture content_suggestions country_detector credential device_policy device_state
    display dropbox fingerprint font game gpu incident launcherapps lights
    location_time_zone_manager looper_stats media_router music_recognition netd nfc otadexopt
    people permissionmgr pinner platform_compat print procstats rollback safety_center sdk_sandbox
    search_ui sensor_privacy sensorservice slice smartspace soundtrigger speech_recognition stats
    telecom testharness tethering textclassification translation trust uri_grants usagestats
    virtualdevice voiceinteraction wallpaper wallpaper_effects_generation"""
WITH_COMMANDS = frozenset(_NAMES.split())
"""Services that take commands on a phone; those of them that are not simulated know none here."""


def not_simulated(inv: Invocation) -> Reply:
    """A service whose commands we do not know, as it answers to one that it does not know."""
    name, *words = inv.argv
    if not words or words[0] in ("help", "-h"):
        return Reply(f"{name} service commands:\n  help\n    Print this help text.\n")
    return Reply(err=f"Unknown command: {words[0]}\n", code=255)


def _user(inv: Invocation) -> Reply:
    phone, words = android(inv.phone), list(inv.argv[1:])
    match words:
        case ["list", *_]:
            rows = (f"\t{u}{' running' if u.running else ''}\n" for u in users_of(phone.spec))
            return Reply("Users:\n" + "".join(rows))
        case ["get-main-user"]:
            return Reply("Main user id: 0\n")
        case _:
            return not_simulated(inv)


def _shortcut(inv: Invocation) -> Reply:
    package, activity, *_ = inv.phone.spec.maker.home
    if list(inv.argv[1:2]) == ["get-default-launcher"]:
        return Reply(f"Launcher: ComponentInfo{{{package}/{activity}}}\nSuccess\n")
    return not_simulated(inv)


def _thermal(inv: Invocation) -> Reply:
    """An override is what `dumpsys thermalservice` tells until it is reset."""
    state = android(inv.phone).activities.state
    match list(inv.argv[1:]):
        case ["override-status", level] if level.isdigit() and int(level) <= SHUTDOWN:
            state.thermal = int(level)
            return Reply()
        case ["override-status", *_]:
            return Reply("Invalid status: " + " ".join(inv.argv[2:]) + "\n", code=255)
        case ["reset"]:
            state.thermal = None
            return Reply()
        case _:
            return not_simulated(inv)


def _automatic(key: str) -> Program:
    def run(inv: Invocation) -> Reply:
        if list(inv.argv[1:]) == ["is_auto_detection_enabled"]:
            return Reply("true\n" if inv.phone.settings.get("global", key) == "1" else "false\n")
        return not_simulated(inv)

    return run


def _vibrators(inv: Invocation) -> Reply:
    return Reply("0\n") if list(inv.argv[1:]) == ["list"] else not_simulated(inv)


def _webview(inv: Invocation) -> Reply:
    match list(inv.argv[1:]):
        case ["set-webview-implementation", name]:
            if name == WEBVIEW:
                return Reply("Success\n")
            text = f"Failed to switch to {name}, the WebView implementation is still {WEBVIEW}\n"
            return Reply(text, code=1)
        case _:
            return not_simulated(inv)


SERVICES: Mapping[str, Program] = {
    "user": _user,
    "shortcut": _shortcut,
    "thermalservice": _thermal,
    "time_detector": _automatic("auto_time"),
    "time_zone_detector": _automatic("auto_time_zone"),
    "vibrator_manager": _vibrators,
    "webviewupdate": _webview,
}
