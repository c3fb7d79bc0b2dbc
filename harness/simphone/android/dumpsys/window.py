"""`dumpsys window`: focus, sizes, bars, lock screen."""

from __future__ import annotations

from harness.simphone.android.apk.manifest import full_name
from harness.simphone.android.dumpsys.activity import record
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.system_dialogs import ANR_TITLE, CRASH_TITLE
from harness.simphone.android.tasks import tasks

STATUS_BAR = 63  # pixels
NAVIGATION_BAR = 63


def dump_window(phone: AndroidPhone, words: list[str]) -> str:
    """All of it, or the part `displays`, `windows`, `policy`."""
    part = words[0] if words else "all"
    texts = {
        "displays": _displays(phone) + _focus(phone),
        "d": _displays(phone) + _focus(phone),
        "windows": _windows(phone) + _focus(phone),
        "w": _windows(phone) + _focus(phone),
        "policy": _policy(phone),
        "p": _policy(phone),
    }
    return texts.get(part, _policy(phone) + _displays(phone) + _windows(phone) + _focus(phone))


def title(phone: AndroidPhone) -> str | None:
    """The focused window's title: `PKG/CLASS`, or the name of a system window."""
    if not phone.conditions.screen_on:
        return None
    if phone.conditions.locked:
        return "NotificationShade"
    focus = phone.display.focus()
    if focus is None:
        return None
    package, activity = focus
    if package == "android" or activity.startswith((CRASH_TITLE, ANR_TITLE)):
        return activity
    return f"{package}/{full_name(package, activity)}"


def _focused_app(phone: AndroidPhone) -> str:
    top = tasks(phone)[:1]
    return record(top[0]) if top else "null"


def _focus(phone: AndroidPhone) -> str:
    name = title(phone)
    window = "null" if name is None else f"Window{{{_token(name)} u0 {name}}}"
    return f"  mCurrentFocus={window}\n  mFocusedApp={_focused_app(phone)}\n"


def _displays(phone: AndroidPhone) -> str:
    width, height = phone.activities.state.size or (phone.spec.width, phone.spec.height)
    density = phone.activities.state.density or phone.spec.density
    return (
        "WINDOW MANAGER DISPLAY CONTENTS (dumpsys window displays)\n"
        "  Display: mDisplayId=0 (organized)\n"
        f"    init={phone.spec.width}x{phone.spec.height} {phone.spec.density}dpi"
        f" cur={width}x{height} {density}dpi app={width}x{height - STATUS_BAR}"
        f" rng={width}x{width}-{height}x{height}\n"
        "    deferred=false mLayoutNeeded=false\n"
    )


def _windows(phone: AndroidPhone) -> str:
    width, height = phone.spec.width, phone.spec.height
    name = title(phone) or "none"
    rows = [
        ("StatusBar", "STATUS_BAR", (0, 0, width, STATUS_BAR)),
        ("NavigationBar0", "NAVIGATION_BAR", (0, height - NAVIGATION_BAR, width, height)),
        (name, "BASE_APPLICATION", (0, 0, width, height)),
    ]
    text = "WINDOW MANAGER WINDOWS (dumpsys window windows)\n"
    for number, (window, kind, box) in enumerate(rows):
        frame = f"[{box[0]},{box[1]}][{box[2]},{box[3]}]"
        text += (
            f"  Window #{number} Window{{{_token(window)} u0 {window}}}:\n"
            f"    mDisplayId=0 rootTaskId=1 mSession=Session{{1a2b3c 1234:u0a10090}}\n"
            f"    mAttrs={{({box[0]},{box[1]})(fillxfill) ty={kind} fmt=TRANSLUCENT}}\n"
            f"    Frames: parent={frame} display={frame} frame={frame}\n"
            "    mViewVisibility=0x0 mHaveFrame=true mObscured=false\n"
            f"    isOnScreen=true\n    isVisible=true\n"
        )
    keyboard = "true" if phone.display.keyboard_shown else "false"
    return text + f"  imeInputTarget shown={keyboard}\n\n"


def _policy(phone: AndroidPhone) -> str:
    on = phone.conditions.screen_on
    locked = "true" if phone.conditions.locked else "false"
    return (
        "WINDOW MANAGER POLICY STATE (dumpsys window policy)\n"
        f"    mSafeMode=false mSystemReady=true mSystemBooted=true\n"
        f"    mShowingLockscreen={locked} mShowingDream=false mDreamingLockscreen={locked}\n"
        f"    mAwake={'true' if on else 'false'} mScreenOnEarly={'true' if on else 'false'}"
        f" mScreenOnFully={'true' if on else 'false'}\n"
        f"    screenState={'SCREEN_STATE_ON' if on else 'SCREEN_STATE_OFF'}\n"
        "    KeyguardServiceDelegate\n"
        f"      showing={locked}\n      inputRestricted={locked}\n      secure=false\n"
    )


def _token(text: str) -> str:
    return f"{sum(text.encode()) * 7919 & 0xFFFFFFF:07x}"
