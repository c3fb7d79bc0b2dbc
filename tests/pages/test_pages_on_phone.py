"""A person's actions on the simulated phone's screens: six languages, two builds, popups."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from harness.adapters.locator_file import load_locators
from harness.adapters.profile_file import load_profile
from harness.domain.facts import Facts
from harness.domain.observation import Observation
from harness.domain.secret import Secret
from harness.pages.app import App
from harness.pages.hand import Hand, Sight
from harness.screens.errors import BlockedError, ElementMissingError
from harness.simphone.app.build import PACKAGE
from harness.simphone.app.flows import popups
from harness.simphone.app.popups import POPUPS
from harness.simphone.control import set_faults
from harness.simphone.fleet import Fleet, Running, Wish
from harness.simphone.target import Target
from tests.simphone.direct_ui import DirectUi

LOCALES = ("en-US", "fr-FR", "de-DE", "es-ES", "pt-BR", "id-ID")
VERSIONS = ("43.1.4", "47.0.3")
BOOK, PROFILE = load_locators("tiktok"), load_profile("tiktok")


class Notes:
    """Observations by kind."""

    def __init__(self) -> None:
        self.facts: list[tuple[str, Facts]] = []

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        self.facts.append((kind, facts))
        return Observation("i", 0.0, 0.0, "appium", "h", kind, facts)

    def of(self, kind: str) -> list[Facts]:
        return [facts for name, facts in self.facts if name == kind]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone at one phone."""

    app: App
    hand: Hand
    notes: Notes
    running: Running


Walk = Callable[[Person], None]


def at_phone(folder: Path, walk: Walk, wish: Wish, popup: str = "") -> None:
    """Lets `walk` act on a phone, in a thread; `popup` comes over the log-in form."""

    async def main() -> None:
        fleet = Fleet([wish], folder)
        await fleet.start()
        running = fleet.running[0]
        try:
            if popup:
                target = Target(running.phone, fleet.service)
                await set_faults(target, [(f"popup-{popup}", "login")])
            ui = DirectUi(running.phone, asyncio.get_running_loop())
            notes = Notes()
            sight = Sight(BOOK, PROFILE, (PACKAGE,), wish.locale.partition("-")[0])
            hand = Hand(ui, sight, notes)
            await asyncio.to_thread(walk, Person(App(hand, ui), hand, notes, running))
        finally:
            await fleet.stop()

    asyncio.run(main())


def log_in(person: Person) -> None:
    """As the log-in scenario does it."""
    person.app.open()
    page = person.app.profile()
    assert page.logged_out
    form = page.open_log_in()
    form.use_phone_email_username()
    form.choose_username_tab()
    form.type_user(Secret(person.running.account.user))
    form.type_password(Secret(person.running.account.password))
    form.submit()
    assert form.outcome(timeout=8.0).logged_in


def answered(person: Person) -> list[str]:
    """Names of the popups that were answered, from the app's own telemetry on the phone."""
    database = f"/data/data/{PACKAGE}/databases/ss_app_log.db"
    with sqlite3.connect(person.running.phone.fs.host_path(database)) as events:
        rows = events.execute("SELECT ext_json FROM event WHERE tag = 'popup_click'").fetchall()
    return [str(json.loads(row[0])["popup"]) for row in rows]


@pytest.fixture(autouse=True)
def popups_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """This person is quicker than any; a popup is to meet it all the same."""
    monkeypatch.setattr(popups, "LATER_SECONDS", 0.02)


@pytest.mark.parametrize(("locale", "version"), tuple(product(LOCALES, VERSIONS)))
def test_first_run_log_in_counters_log_out(locale: str, version: str, tmp_path: Path) -> None:
    def walk(person: Person) -> None:
        log_in(person)
        profile = person.app.profile()
        assert profile.logged_in
        counters = {value.name: value.value for value in profile.counters()}
        account = person.running.account
        assert (counters["follower_count"], counters["following_count"]) == (
            account.follower_count,
            account.following_count,
        )
        likes = counters["likes_count"]
        assert isinstance(likes, int)
        assert abs(likes - account.total_favorited) <= account.total_favorited * 0.1
        profile.log_out()
        assert person.app.profile().logged_out
        assert person.notes.of("ui.locator") == []  # each found by its best locator

    at_phone(tmp_path, walk, Wish("one", app_version=version, locale=locale))


@pytest.mark.parametrize(
    ("form", "locale"),
    [("small", "en-US"), ("tablet", "de-DE"), ("foldable", "fr-FR")],
)
def test_other_displays(form: str, locale: str, tmp_path: Path) -> None:
    """Nothing of the locators hangs on where something is."""

    def walk(person: Person) -> None:
        log_in(person)
        profile = person.app.profile()
        counters = {value.name: value.value for value in profile.counters()}
        assert counters["follower_count"] == person.running.account.follower_count
        people = profile.open_followers().wait()
        assert people.loaded

    at_phone(tmp_path, walk, Wish("one", locale=locale, form=form))


@pytest.mark.parametrize("popup", ["", "collections"])
def test_right_to_left(popup: str, tmp_path: Path) -> None:
    """Android keeps the order of the nodes and turns their places round."""

    def walk(person: Person) -> None:
        log_in(person)
        profile = person.app.profile()
        home, own = tabs(person)
        assert own < home
        counters = {value.name: value.value for value in profile.counters()}
        assert counters["follower_count"] == person.running.account.follower_count
        assert profile.open_followers().wait().loaded

    at_phone(tmp_path, walk, Wish("one", locale="ar-EG"), popup)


def tabs(person: Person) -> tuple[int, int]:
    """Left edges of the first and the last tab."""
    labels = ("الصفحة الرئيسية", "الملف الشخصي")
    nodes = [node for root in person.running.phone.display.roots() for node in root.walk()]
    found = {node.desc: node.bounds for node in nodes if node.desc in labels and node.bounds}
    return found[labels[0]][0], found[labels[1]][0]


KNOWN = [popup.name for popup in POPUPS.values() if popup.outcome == "passed"]


@pytest.mark.parametrize(
    ("name", "locale"), [(name, LOCALES[number % 6]) for number, name in enumerate(KNOWN)]
)
def test_a_known_popup_in_the_middle_does_not_fail_a_step(
    name: str, locale: str, tmp_path: Path
) -> None:
    def walk(person: Person) -> None:
        log_in(person)
        assert person.app.profile().logged_in
        assert name in answered(person)

    at_phone(tmp_path, walk, Wish("one", locale=locale), popup=name)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_unknown_popup_is_a_finding_of_ours(locale: str, tmp_path: Path) -> None:
    def walk(person: Person) -> None:
        with pytest.raises(ElementMissingError) as caught:
            log_in(person)
        assert caught.value.covered_by
        assert person.notes.of("ui.missing")

    at_phone(tmp_path, walk, Wish("one", locale=locale), popup="unknown")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_birthday_gate_blocks(locale: str, tmp_path: Path) -> None:
    def walk(person: Person) -> None:
        with pytest.raises(BlockedError, match="age_gate"):
            log_in(person)

    at_phone(tmp_path, walk, Wish("one", locale=locale), popup="birthday")


@pytest.mark.parametrize("api", [28, 34])
def test_both_permission_controllers_are_answered(api: int, tmp_path: Path) -> None:
    def walk(person: Person) -> None:
        log_in(person)
        package = person.running.phone.packages.get(PACKAGE)
        assert package is not None
        assert not {"android.permission.READ_CONTACTS"} & package.granted

    at_phone(tmp_path, walk, Wish("one", api=api), popup="contacts-permission")
