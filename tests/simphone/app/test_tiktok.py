"""The app on a whole phone against the whole service, by finger."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.simphone.app.build import MAIN, PACKAGE, SPLASH
from harness.simphone.control import set_faults
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.phone_verbs import PHONE_VERBS
from harness.simphone.target import Target
from harness.simphone.ui.node import Node
from tests.simphone.finger import Finger

DATA = f"/data/data/{PACKAGE}"
Walk = Callable[[Fleet, Running, Finger], Awaitable[None]]


def on_phone(
    folder: Path, walk: Walk, *, incident: str = "none", profile: str = "userdebug"
) -> None:
    """Starts a phone and runs `walk` on it."""

    async def run() -> None:
        fleet = Fleet([Wish("one", profile=profile)], folder)
        try:
            await fleet.start(incident)
            running = fleet.running[0]
            running.phone.app_faults.greets = False  # popups have tests of their own
            await walk(fleet, running, Finger(running.phone))
        finally:
            await fleet.stop()

    asyncio.run(run())


async def open_app(running: Running) -> None:
    await running.phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")


async def open_form(running: Running, finger: Finger) -> None:
    await open_app(running)
    await finger.tap("Profile")
    await finger.tap("Log in")
    await finger.tap("Use phone / email / username")
    await finger.tap("Email / username")


async def log_in(running: Running, finger: Finger, password: str | None = None) -> None:
    await open_form(running, finger)
    await finger.type_into("Email or username", running.account.user)
    await finger.type_into("Password", password or running.account.password)
    await running.phone.display.key(4)  # Back closes the keyboard
    await finger.tap_node(finger.find_id("emm")[0])


def test_walk_to_a_log_in_and_out(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        phone = running.phone
        await open_form(running, finger)
        assert phone.display.focus() == (PACKAGE, MAIN)
        (title,) = finger.find_id("nmh")
        (button,) = finger.find_id("emm")
        (save,) = finger.find_id("o4e")
        assert (title.text, button.enabled, save.checked) == ("Log in", False, True)
        tab = finger.find("Email / username")
        assert tab is not None
        assert tab.selected
        assert tab.children[0].rid == "android:id/text1"
        field = finger.find("Password")
        assert field is not None
        assert (field.password, field.rid, field.desc) == (True, None, None)
        await finger.type_into("Email or username", running.account.user)
        await finger.type_into("Password", running.account.password)
        await phone.display.key(4)
        await finger.tap_node(finger.find_id("emm")[0])
        await finger.see(f"@{running.account.user}")
        values = [node.text for node in finger.find_id("qfw")]
        assert values == ["97", "1284", "20.9K"]
        cached = json.loads(_preferences(phone.fs.read(f"{DATA}/shared_prefs/aweme_user.xml")))
        assert cached["follower_count"] == 1284
        await finger.tap("1284")
        await finger.see("Followers 1284")
        await finger.until(lambda: len(finger.find_id("yhq")) >= 3, "rows of followers")
        await phone.display.key(4)
        await finger.tap("Profile menu")
        await finger.tap("Settings and privacy")
        await finger.tap("Log out")
        await finger.see("Are you sure you want to log out?")
        await finger.tap_node(_described(finger, "Log out"))
        await finger.see("Log into existing account")

    on_phone(tmp_path, walk)


def _described(finger: Finger, label: str) -> Node:
    nodes = [n for root in finger.phone.display.roots() for n in root.walk() if n.desc == label]
    assert nodes
    return nodes[0]


def _preferences(data: bytes) -> str:
    found = re.search(r'_aweme_user_info">(.*?)</string>', data.decode())
    assert found is not None
    return found[1].replace("&quot;", '"')


def test_session_and_databases_outlive_the_process(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        phone = running.phone
        await log_in(running, finger)
        await finger.see(f"@{running.account.user}")
        phone.activities.force_stop(PACKAGE)
        await open_app(running)
        await finger.tap("Profile")
        await finger.see(f"@{running.account.user}")
        path = phone.fs.host_path(f"{DATA}/databases/TIKTOK.db")
        with sqlite3.connect(path) as database:
            assert database.execute("SELECT count(*) FROM app_open").fetchone() == (2,)
        package = phone.packages.get(PACKAGE)
        assert package is not None
        assert phone.fs.stat(f"{DATA}/databases/ss_app_log.db").uid == package.uid

    on_phone(tmp_path, walk)


LABELS = {
    "http-500": "Something went wrong",
    "http-429": "You are visiting our service too frequently",
    "error-envelope": "Something went wrong",
    "wrong-json": "Something went wrong",
    "reset-after-request": "No internet connection",
    "refused-connection": "No internet connection",
    "expired-certificate": "No internet connection",
    "dead-dns-name": "No internet connection",
    "wrong-password": "Incorrect account or password",
    "rate-limit": "You are visiting our service too frequently",
    "too-many-attempts": "Maximum number of attempts reached. Try again later.",
    "captcha": "Drag the slider to fit the puzzle",
    "two-step": "Resend code",
    "age-gate": "When's your birthday?",
    "new-device": "Verify this device",
    "banned": "Your account was permanently banned",
    "malformed-request": "Something went wrong",
    "loses-session": "Log into existing account",
    "locator-drift": "@",
}


@pytest.mark.parametrize("name", LABELS)
def test_reaction_to_a_fault_of_log_in(name: str, tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await set_faults(Target(running.phone, fleet.service), [(name, "login")])
        if name == "locator-drift":
            await _log_in_by_text(running, finger)
            await finger.see(f"@{running.account.user}")
        else:
            await log_in(running, finger)
            await finger.see(LABELS[name])

    on_phone(tmp_path, walk)


async def _log_in_by_text(running: Running, finger: Finger) -> None:
    await open_app(running)
    await finger.tap("Profile")
    await finger.tap("Log in")
    await finger.tap("Use phone / email / username")
    await finger.tap("Email / username")
    assert not finger.find_id("emm")
    await finger.type_into("Email or username", running.account.user)
    await finger.type_into("Password", running.account.password)
    await running.phone.display.key(4)
    buttons = [
        node
        for root in running.phone.display.roots()
        for node in root.walk()
        if node.cls.endswith("Button") and node.text == "Log in"
    ]
    await finger.tap_node(buttons[-1])


@pytest.mark.parametrize(
    ("verb", "value", "label"),
    [
        ("airplane", True, "No internet connection"),
        ("no_internet", True, "No internet connection"),
        ("captive_portal", True, "No internet connection"),
        ("clock_offset", -63_072_000, "No internet connection"),
        ("storage_full", True, "Not enough storage space"),
    ],
)
def test_reaction_to_the_phone(verb: str, value: object, label: str, tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await PHONE_VERBS[verb].act(Target(running.phone, fleet.service), value)
        await log_in(running, finger)
        await finger.see(label)

    on_phone(tmp_path, walk)


@pytest.mark.parametrize("verb", ["crash_app", "low_memory"])
def test_process_ends(verb: str, tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.see("For You")
        await PHONE_VERBS[verb].act(Target(running.phone, fleet.service), True)
        assert running.phone.processes.of_package(PACKAGE) == []

    on_phone(tmp_path, walk)


def test_login_outage_shows_the_error_and_keeps_videos(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.see("harbour.walks")
        running.phone.activities.force_stop(PACKAGE)
        await log_in(running, finger)
        await finger.see("Something went wrong")
        asked = [path for _, path in fleet.service.gate.asked]
        assert "/passport/user/login/" in asked
        assert any(path.startswith("/video/") for path in asked)

    on_phone(tmp_path, walk, incident="login-outage")


def test_notices_at_start(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await open_app(running)
        await finger.see("Sorry, TikTok isn't available right now")

    on_phone(tmp_path, walk, incident="us-ban-2025")


@pytest.mark.parametrize("fault", ["crash", "native-crash", "quits"])
def test_crash_fault_ends_the_process_at_the_tap(tmp_path: Path, fault: str) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        running.phone.app_faults.set_faults([(fault, "login")])
        await log_in(running, finger)
        assert running.phone.processes.of_package(PACKAGE) == []

    on_phone(tmp_path, walk)


def test_never_asks_sends_nothing(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        running.phone.app_faults.set_faults([("never-asks", "login")])
        await log_in(running, finger)
        await asyncio.sleep(0.2)
        assert "/passport/user/login/" not in [path for _, path in fleet.service.gate.asked]

    on_phone(tmp_path, walk)


def test_gives_up_early_while_an_answer_is_under_way(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        target = Target(running.phone, fleet.service)
        await open_form(running, finger)
        await set_faults(target, [("gives-up-early", "login")])
        await finger.type_into("Email or username", running.account.user)
        await finger.type_into("Password", running.account.password)
        await running.phone.display.key(4)
        await finger.tap_node(finger.find_id("emm")[0])
        await finger.see("No internet connection")

    on_phone(tmp_path, walk)


def test_wrong_counter_and_stale_copy(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await log_in(running, finger)
        await finger.see("1284")
        for name, shown in (("shows-wrong-counter", "0"), ("stale-cache-shown", "642")):
            running.phone.app_faults.set_faults([(name, "profile")])
            await finger.tap("Home")
            await finger.tap("Profile")
            await finger.until(
                lambda shown=shown: [n.text for n in finger.find_id("qfw")][1:2] == [shown], name
            )

    on_phone(tmp_path, walk)


def test_retail_app_works_with_the_real_service(tmp_path: Path) -> None:
    async def walk(fleet: Fleet, running: Running, finger: Finger) -> None:
        await log_in(running, finger)
        await finger.see(f"@{running.account.user}")

    on_phone(tmp_path, walk, profile="retail")
