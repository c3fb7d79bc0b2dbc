"""A screen that is a list of page sources, and a hand on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from harness.adapters.locator_file import load_locators
from harness.adapters.profile_file import load_profile
from harness.domain.facts import Facts
from harness.domain.observation import Observation
from harness.domain.secret import Secret
from harness.pages.hand import Hand, Sight
from tests.pages.page_sources import APP

PROFILE = load_profile("tiktok")
BOOK = load_locators("tiktok")


class FakeUi:
    """Shows `sources` one after the other; a tap may show another page."""

    def __init__(self, *sources: str) -> None:
        self.sources = list(sources)
        self.tapped: list[str] = []
        self.typed: list[str] = []
        self.on_tap: Callable[[str], None] = lambda _xpath: None

    def source(self) -> str:
        return self.sources.pop(0) if len(self.sources) > 1 else self.sources[0]

    def screenshot(self) -> bytes:
        return b"PNG"

    def focus(self) -> tuple[str, str] | None:
        return APP, "Main"

    def tap(self, xpath: str) -> None:
        self.tapped.append(xpath)
        self.on_tap(xpath)

    def type(self, xpath: str, text: str | Secret) -> None:
        self.typed.append(text.reveal() if isinstance(text, Secret) else text)

    def text(self, xpath: str) -> str:
        return ""

    def back(self) -> None:
        self.tapped.append("back")

    def hide_keyboard(self) -> None:
        self.tapped.append("keyboard")


class Notes:
    def __init__(self) -> None:
        self.facts: list[tuple[str, Facts]] = []

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        self.facts.append((kind, facts))
        return Observation("i", 0.0, 0.0, "appium", "h", kind, facts)

    def of(self, kind: str) -> list[Facts]:
        return [facts for name, facts in self.facts if name == kind]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def hand_on(
    ui: FakeUi,
    notes: Notes | None = None,
    *,
    attended: bool = False,
    clock: Time | None = None,
    unseen: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Hand:
    clock = clock or Time()
    return Hand(
        ui,
        Sight(BOOK, PROFILE, (APP,)),
        notes or Notes(),
        attended=attended,
        unseen=unseen,
        monotonic=clock.monotonic,
        sleep=clock.sleep,
    )
