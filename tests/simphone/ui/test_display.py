import asyncio
from collections.abc import Awaitable, Callable

import pytest

from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.widgets import button, column, group, list_view, spacer
from harness.simphone.ui.window import AppWindow
from tests.simphone.ui.stand_ins import (
    ACTIVITY,
    APP,
    LogIn,
    StoppedClock,
    long_list,
    new_display,
    node_of,
    nothing,
)

KEYBOARD = "com.google.android.inputmethod.latin"


def on_display(script: Callable[[PhoneDisplay], Awaitable[None]]) -> PhoneDisplay:
    display = new_display()
    asyncio.run(_awaited(script(display)))
    return display


async def _awaited(script: Awaitable[None]) -> None:
    await script


def packages(display: PhoneDisplay) -> list[str]:
    return [root.package for root in display.roots()]


def test_the_keyboard_comes_first_while_a_field_has_the_focus() -> None:
    async def script(display: PhoneDisplay) -> None:
        LogIn(display).open()
        assert packages(display) == [APP, "com.android.systemui"]
        await display.tap(*node_of(display, hint="Password").centre)
        assert packages(display) == [KEYBOARD, APP, "com.android.systemui"]
        assert display.focus() == (APP, ACTIVITY)

    on_display(script)


def test_typing_reaches_the_app_although_it_redraws_each_time() -> None:
    async def script(display: PhoneDisplay) -> None:
        app = LogIn(display).open()
        await display.type_text("lost: nothing has the focus")
        await display.tap(*node_of(display, hint="Email or username").centre)
        await display.type_text("zo")
        await display.type_text("e")
        await display.key(66)
        await display.type_text("secret1")
        await display.key(67)
        await display.key(9)
        assert (app.name, app.password) == ("zoe", "secret2")
        await display.tap(*node_of(display, text="Continue").centre)
        assert app.clicks == ["continue"]

    on_display(script)


def test_a_disabled_button_is_not_clicked() -> None:
    async def script(display: PhoneDisplay) -> None:
        app = LogIn(display).open()
        await display.tap(*node_of(display, text="Continue").centre)
        assert app.clicks == []

    on_display(script)


def test_the_keys_of_the_keyboard_type_and_cover_the_app() -> None:
    async def script(display: PhoneDisplay) -> None:
        app = LogIn(display).open()
        await display.tap(*node_of(display, hint="Email or username").centre)
        for key in ("q", "Space", "w", "Delete"):
            await display.tap(*node_of(display, desc=key).centre)
        assert app.name == "q "
        await display.tap(*node_of(display, desc="Enter").centre)
        await display.tap(*node_of(display, desc="m").centre)
        assert app.password == "m"
        assert node_of(display, desc="Back").centre[1] < display.geometry.keyboard[1]

    on_display(script)


def test_back_closes_keyboard_then_dialog_then_asks_the_app_then_closes_it() -> None:
    asked: list[str] = []

    async def on_back() -> bool:
        asked.append("back")
        return len(asked) == 1

    async def script(display: PhoneDisplay) -> None:
        LogIn(display).open()
        display.open_window(APP, ACTIVITY, on_back=on_back)
        await display.tap(*node_of(display, hint="Password").centre)
        display.windows.open_dialog(AppWindow("android", "Question"))
        assert not display.keyboard_shown
        await display.key(4)
        assert display.focus() == (APP, ACTIVITY)
        assert display.keyboard_shown
        await display.key(4)
        assert not display.keyboard_shown
        assert asked == []
        await display.key(4)
        assert display.focus() == (APP, ACTIVITY)
        await display.key(4)
        assert display.focus() == (
            "com.google.android.apps.nexuslauncher",
            "com.google.android.apps.nexuslauncher.NexusLauncherActivity",
        )
        await display.key(4)  # nothing is behind the home screen
        assert asked == ["back", "back"]

    on_display(script)


def test_an_app_without_content_shows_only_the_status_bar() -> None:
    display = new_display()
    display.open_window(APP, ACTIVITY)
    assert packages(display) == ["com.android.systemui"]
    assert display.focus() == (APP, ACTIVITY)


def test_a_system_dialog_hides_the_app_from_the_accessibility_service() -> None:
    display = new_display()
    LogIn(display).open()
    window = display.open_window("android", f"Application Error: {APP}")
    window.set_content(column(button("Close app", on_click=nothing)))
    assert packages(display) == ["android", "com.android.systemui"]
    display.close_package(APP)
    assert display.focus() == ("android", f"Application Error: {APP}")


def test_the_anr_dialog_goes_with_its_process() -> None:
    display = new_display()
    LogIn(display).open()
    display.open_window("android", f"Application Not Responding: {APP}")
    display.close_package(APP)
    focus = display.focus()
    assert focus is not None
    assert focus[0].endswith("nexuslauncher")


def test_home_keeps_the_app_and_its_icon_brings_it_back() -> None:
    launched: list[str] = []

    async def script(display: PhoneDisplay) -> None:
        async def launch(package: str) -> None:
            launched.append(package)
            display.windows.bring_to_front(package)

        LogIn(display).open()
        display.launch = launch
        display.launcher_apps = lambda: [(APP, "Example"), ("a.b", "Other")]
        await display.key(3)
        assert display.focus() != (APP, ACTIVITY)
        await display.tap(*node_of(display, desc="Example").centre)
        assert launched == [APP]
        assert display.focus() == (APP, ACTIVITY)

    on_display(script)


def test_a_launcher_app_may_draw_the_home_screen_itself() -> None:
    display = new_display()
    package, activity = display.focus() or ("", "")
    display.open_window(package, activity).set_content(column(button("mine", on_click=nothing)))
    assert node_of(display, text="mine").package == package


def test_power_locks_and_a_swipe_opens() -> None:
    async def script(display: PhoneDisplay) -> None:
        app = LogIn(display).open()
        back = node_of(display, desc="Back").centre
        lit = display.screenshot()
        await display.key(26)
        assert display.focus() == ("com.android.systemui", "Keyguard")
        dark = display.screenshot()
        assert len(dark) < len(lit)
        await display.key(82)  # dark: nothing happens
        await display.key(26)
        await display.tap(*back)
        await display.key(4)
        assert app.clicks == []
        assert packages(display) == ["com.android.systemui"] * 2
        await display.swipe(500, 2000, 500, 800, 0)
        assert display.focus() == (APP, ACTIVITY)
        await display.key(223)
        await display.key(224)
        await display.key(82)
        assert display.focus() == (APP, ACTIVITY)

    on_display(script)


def test_a_swipe_scrolls_a_list_that_has_no_listener() -> None:
    async def script(display: PhoneDisplay) -> None:
        display.open_window(APP, ACTIVITY).set_content(long_list())
        top = node_of(display, desc="row-3").bounds
        await display.swipe(500, 1500, 500, 1100, 0)
        moved = node_of(display, desc="row-3").bounds
        assert top is not None
        assert moved is not None
        assert moved[1] == top[1] - 400
        await display.swipe(500, 500, 500, 2300, 0)
        assert node_of(display, desc="row-3").bounds == top

    on_display(script)


@pytest.mark.parametrize(
    ("way", "direction"),
    [
        ((500, 1500, 500, 900), "up"),
        ((500, 900, 500, 1500), "down"),
        ((800, 900, 200, 950), "left"),
        ((200, 900, 800, 950), "right"),
    ],
)
def test_a_listener_gets_the_direction_of_the_finger(
    way: tuple[int, int, int, int], direction: str
) -> None:
    taken: list[str] = []

    async def on_scroll(where: str) -> None:
        taken.append(where)

    async def script(display: PhoneDisplay) -> None:
        display.open_window(APP, ACTIVITY).set_content(list_view(spacer(5000), on_scroll=on_scroll))
        await display.swipe(*way, 0)

    on_display(script)
    assert taken == [direction]


def test_a_short_way_is_a_tap_and_the_edges_belong_to_the_system() -> None:
    async def script(display: PhoneDisplay) -> None:
        app = LogIn(display).open()
        x, y = node_of(display, desc="Back").centre
        await display.swipe(x, y, x + 5, y + 5, 0)
        assert app.clicks == ["back"]
        display.status.notifications.append(("TikTok", "You have a new follower"))
        await display.swipe(500, 10, 500, 900, 0)
        assert node_of(display, text="You have a new follower").package == "com.android.systemui"
        await display.key(4)
        await display.swipe(500, 2390, 500, 1200, 0)
        assert display.focus() != (APP, ACTIVITY)

    on_display(script)


def test_an_overlay_takes_the_tap_meant_for_what_it_covers() -> None:
    taken: list[str] = []

    async def clicked() -> None:
        taken.append("overlay")

    async def script(display: PhoneDisplay) -> None:
        under = button("under", on_click=nothing, height=None)
        over = group(on_click=clicked)
        display.open_window(APP, ACTIVITY).set_content(group(under, over))
        await display.tap(*node_of(display, text="under").centre)

    on_display(script)
    assert taken == ["overlay"]


def test_a_toast_is_the_last_root_until_its_time_is_over() -> None:
    clock = StoppedClock()
    display = new_display()
    display._toasts._uptime = clock.uptime
    LogIn(display).open()
    display.toast(APP, "Too many attempts")
    assert display.roots()[-1].text == "Too many attempts"
    clock.seconds += 4
    assert display.roots()[-1].package == "com.android.systemui"


def test_a_finished_window_uncovers_the_one_below() -> None:
    display = new_display()
    LogIn(display).open()
    second = display.open_window(APP, "com.example.app.Second")
    assert display.focus() == (APP, "com.example.app.Second")
    second.finish()
    second.finish()
    assert display.focus() == (APP, ACTIVITY)
