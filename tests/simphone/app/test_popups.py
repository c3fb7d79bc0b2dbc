"""Popups on a whole phone: first run, first log-in, switched on, of the system."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.app.faults import APP_FAULTS, POPUP
from harness.simphone.app.popups import FIRST_LOG_IN, FIRST_START, POPUPS, Shape, popup_named
from harness.simphone.app.texts import TEXTS
from harness.simphone.control import set_faults
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.phone_verbs import PHONE_VERBS
from harness.simphone.target import Target
from tests.simphone.finger import Finger

Walk = Callable[[Fleet, Running, Finger], Awaitable[None]]
CONTROLLER = "com.google.android.permissioncontroller"


def on_phone(folder: Path, walk: Walk, *, greets: bool = True, **wish: object) -> None:
    """Starts a phone with a new installation and runs `walk` on it."""

    async def run() -> None:
        fleet = Fleet([Wish("one", **wish)], folder)  # pyright: ignore[reportArgumentType]
        try:
            await fleet.start()
            running = fleet.running[0]
            running.phone.app_faults.greets = greets
            await walk(fleet, running, Finger(running.phone))
        finally:
            await fleet.stop()

    asyncio.run(run())


async def open_app(running: Running) -> None:
    await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")


async def answer_permission(finger: Finger, button: str = "permission_deny_button") -> None:
    await finger.until(lambda: finger.find_id(button), button)
    await finger.tap_node(finger.find_id(button)[0])


async def pass_first_run(finger: Finger) -> None:
    await answer_permission(finger)
    for title, answer in (
        ("Choose your interests", "Skip"),
        ("Swipe up to see more videos", "Start watching"),
        ("Sign up for TikTok", "Close"),
    ):
        await finger.see(title)
        await finger.tap(answer)


def test_a_new_installation_greets_once_and_again_after_a_reinstall(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        phone = running.phone
        await open_app(running)
        await finger.until(lambda: phone.display.focus() or "", "a window")
        await pass_first_run(finger)
        await finger.see("For You")
        phone.activities.force_stop(PACKAGE)
        await open_app(running)
        await finger.see("For You")
        await asyncio.sleep(0.3)
        assert finger.find("Choose your interests") is None
        phone.packages.uninstall(PACKAGE)
        phone.packages.install(running.apk)
        await open_app(running)
        await pass_first_run(finger)

    on_phone(tmp_path, walk)


def test_what_was_left_unanswered_comes_again(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await answer_permission(finger)
        await finger.see("Choose your interests")
        running.phone.activities.force_stop(PACKAGE)
        assert running.phone.display.focus() != (CONTROLLER, "x")
        await open_app(running)
        await finger.see("Choose your interests")

    on_phone(tmp_path, walk)


def test_a_phone_that_was_used_before_is_not_greeted(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        running.phone.app_faults.greets = False
        await open_app(running)
        await finger.see("For You")
        running.phone.activities.force_stop(PACKAGE)
        running.phone.app_faults.greets = True
        await open_app(running)
        await finger.see("For You")
        await asyncio.sleep(0.3)
        assert finger.find("Choose your interests") is None

    on_phone(tmp_path, walk)


@pytest.mark.parametrize(("button", "granted"), [("allow", True), ("deny", False)])
def test_the_answer_about_notifications_counts(button: str, granted: bool, tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        focus = running.phone.display.focus
        await finger.until(lambda: (focus() or ("",))[0] == CONTROLLER, "the question")
        await answer_permission(finger, f"permission_{button}_button")
        await finger.see("Choose your interests")
        package = running.phone.packages.get(PACKAGE)
        assert package is not None
        assert ("android.permission.POST_NOTIFICATIONS" in package.granted) is granted

    on_phone(tmp_path, walk)


def test_android_9_has_no_question_about_notifications(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.see("Choose your interests")
        running.phone.app_faults.show("contacts-permission")
        for label in ("Skip", "Start watching", "Close"):
            await finger.tap(label)
        await answer_permission(finger)
        await finger.see("For You")

    on_phone(tmp_path, walk, api=28)


def test_the_question_goes_with_the_process(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.until(lambda: finger.find_id("permission_deny_button"), "the question")
        running.phone.activities.force_stop(PACKAGE)
        assert not finger.find_id("permission_deny_button")

    on_phone(tmp_path, walk)


def test_the_first_log_in_brings_cards_and_asks_for_contacts(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await pass_first_run(finger)
        await finger.tap("Profile")
        await finger.tap("Log in")
        await finger.tap("Use phone / email / username")
        await finger.tap("Email / username")
        await finger.type_into("Email or username", running.account.user)
        await finger.type_into("Password", running.account.password)
        await running.phone.display.key(4)
        await finger.tap_node(finger.find_id("emm")[0])
        await finger.see("Save login info?")
        await finger.tap("Not now")
        await finger.see("Follow your friends")
        await finger.tap("Find friends")
        await answer_permission(finger)
        await finger.see(f"@{running.account.user}")

    on_phone(tmp_path, walk)


@pytest.mark.parametrize("name", ["save-login", "collections", "update-offered", "unknown"])
def test_a_switched_on_popup_comes_over_its_page_and_back_closes_it(
    name: str, tmp_path: Path
) -> None:
    title = TEXTS["en"][POPUPS[name].title]

    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await set_faults(Target(running.phone, fleet.service), [(POPUP + name, "profile")])
        await open_app(running)
        await finger.see("For You")
        await asyncio.sleep(0.8)
        assert finger.find(title) is None
        await finger.tap("Profile")
        await finger.see(title)
        await running.phone.display.key(4)
        assert finger.find(title) is None
        await finger.tap("Home")
        await finger.tap("Profile")
        await asyncio.sleep(0.8)
        assert finger.find(title) is None  # once in a process

    on_phone(tmp_path, walk, greets=False)


def test_a_birthday_gate_stays(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.see("For You")
        await PHONE_VERBS["popup"].act(Target(running.phone, fleet.service), "birthday")
        await running.phone.display.key(4)
        await finger.see("When's your birthday?")

    on_phone(tmp_path, walk, greets=False)


def test_the_chooser_is_the_systems_and_closes(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.see("For You")
        running.phone.app_faults.show("open-with")
        await finger.see("Open with TikTok")
        assert (running.phone.display.focus() or ("",))[0] == "android"
        await finger.tap("Just once")
        await finger.see("For You")

    on_phone(tmp_path, walk, greets=False)


def test_what_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        for name, words in (("nonsense", "unknown popup"), ("survey", "does not run")):
            with pytest.raises(ValueError, match=words):
                running.phone.app_faults.show(name)

    on_phone(tmp_path, walk)


def test_every_popup_has_a_row_a_source_and_known_labels() -> None:
    for popup in POPUPS.values():
        row = APP_FAULTS[POPUP + popup.name]
        assert (row.party, row.outcome) == (popup.party, popup.outcome)
        assert popup.source in row.about
        for key in (popup.title, popup.about, *popup.answers):
            assert not key or all(key in texts for texts in TEXTS.values()), key
    assert {*FIRST_START, *FIRST_LOG_IN} <= set(POPUPS)
    assert popup_named("service").shape is Shape.CARD
