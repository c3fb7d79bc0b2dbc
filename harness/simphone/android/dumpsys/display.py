"""`dumpsys display`, `SurfaceFlinger`, `input` and `input_method`."""

from __future__ import annotations

from harness.simphone.android.dumpsys.window import title
from harness.simphone.android.parts import AndroidPhone

DISPLAY_ID = "4619827259835644672"
LATENCY_ROWS = 127
"""What `--latency` prints behind the refresh period (ns): zeros where nothing was kept."""


def dump_display(phone: AndroidPhone, _: list[str]) -> str:
    """The viewport line that adbutils and Appium read."""
    width, height = phone.spec.width, phone.spec.height
    box = f"Rect(0, 0 - {width}, {height})"
    state = "ON" if phone.conditions.screen_on else "OFF"
    return (
        "DISPLAY MANAGER (dumpsys display)\n"
        f"  mDisplayStates=[{state}]\n"
        "  mViewports=[DisplayViewport{type=INTERNAL, valid=true, isActive=true, displayId=0,"
        f" uniqueId='local:{DISPLAY_ID}', physicalPort=0, orientation=0, logicalFrame={box},"
        f" physicalFrame={box}, deviceWidth={width}, deviceHeight={height}}}]\n"
        '  mBaseDisplayInfo=DisplayInfo{"Built-in Screen", displayId 0,'
        f" real {width} x {height}, density {phone.spec.density}, fps=60, rotation 0,"
        f" state {state}}}\n"
        "  mCurrentOrientation=0\n"
    )


def dump_surface_flinger(phone: AndroidPhone, words: list[str]) -> str:
    """`--display-id` for screenshots of one display, `--list` of layers, `--latency`."""
    if "--latency" in words:
        return "16666666\n" + "0\t0\t0\n" * LATENCY_ROWS
    if "--list" in words:
        return f"StatusBar#1\n{title(phone) or 'Wallpaper'}#2\n"
    if "--display-id" in words:
        return (
            f"Display {DISPLAY_ID} (HWC display 0): port=0 pnpId=GGL"
            f' displayName="{phone.spec.model} display"\n'
        )
    name = title(phone) or "Wallpaper"
    return f"Visible layers (count = 2)\n+ Layer (StatusBar#1)\n+ Layer ({name}#2)\n"


def dump_input(phone: AndroidPhone, _: list[str]) -> str:
    """Orientation, as the driver looks it up."""
    width, height = phone.spec.width, phone.spec.height
    return (
        "INPUT MANAGER (dumpsys input)\n  Input Manager State:\n"
        f"    Viewport INTERNAL: displayId=0, orientation=0, deviceSize=[{width}, {height}]\n"
        f"    SurfaceWidth: {width}px\n    SurfaceHeight: {height}px\n"
        "    SurfaceOrientation: 0\n"
    )


def dump_input_method(phone: AndroidPhone, _: list[str]) -> str:
    """Whether the keyboard is shown, and which."""
    shown = "true" if phone.display.keyboard_shown else "false"
    current = phone.settings.get("secure", "default_input_method") or "null"
    return (
        "Current Input Method Manager state:\n"
        f"  mCurMethodId={current}\n"
        f"  mCurId={current} mHaveConnection=true mBoundToMethod=true\n"
        f"  mShowRequested={shown} mShowExplicitlyRequested=false mShowForced=false"
        f" mInputShown={shown}\n"
        f"  mSystemReady=true mInteractive=true\n  mIsInputViewShown={shown}\n"
    )
