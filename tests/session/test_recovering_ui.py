"""Looks are repeated once the way is mended; what may have happened is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError
from harness.session.recovering_ui import RecoveringUi


@dataclass
class Ui:
    """Fails so many times, each time in the same way."""

    failures: int = 0
    not_begun: bool = False
    gone: bool = False
    calls: list[str] = field(default_factory=list[str])

    def _call(self, what: str) -> None:
        self.calls.append(what)
        if self.gone:
            raise ElementGoneError("gone")
        if self.failures:
            self.failures -= 1
            raise InstrumentError("appium", what, "lost", not_begun=self.not_begun)

    def source(self) -> str:
        self._call("source")
        return "<a/>"

    def screenshot(self) -> bytes:
        self._call("screenshot")
        return b"P"

    def focus(self) -> tuple[str, str] | None:
        self._call("focus")
        return None

    def text(self, xpath: str) -> str:
        self._call("text")
        return "12"

    def tap(self, xpath: str) -> None:
        self._call("tap")

    def type(self, xpath: str, text: object) -> None:
        self._call("type")

    def back(self) -> None:
        self._call("back")

    def hide_keyboard(self) -> None:
        self._call("hide")


def over(ui: Ui, *, mends: bool = True) -> tuple[RecoveringUi, list[str], list[str]]:
    mended: list[str] = []
    noted: list[str] = []

    def recover(error: InstrumentError) -> bool:
        mended.append(error.action)
        return mends

    return RecoveringUi(ui, recover, lambda error: noted.append(error.cause)), mended, noted


def test_every_look_survives_a_lost_session() -> None:
    for name in ("source", "screenshot", "focus", "text"):
        ui = Ui(failures=2)
        hand, mended, _ = over(ui)
        getattr(hand, name)(*(["//x"] if name == "text" else []))
        assert (ui.calls, mended) == ([name] * 3, [name] * 2)


@pytest.mark.parametrize("failures", [1, 5])
def test_a_look_that_goes_on_failing_is_told(failures: int) -> None:
    ui = Ui(failures=failures)
    hand, mended, _ = over(ui, mends=failures > 1)

    with pytest.raises(InstrumentError):
        hand.source()

    assert len(ui.calls) == (3 if failures > 1 else 1)
    assert len(mended) == (2 if failures > 1 else 1)


@pytest.mark.parametrize("action", ["tap", "type", "back", "hide_keyboard"])
def test_an_action_that_may_have_happened_is_never_repeated(action: str) -> None:
    ui = Ui(failures=1)
    hand, mended, _ = over(ui)

    with pytest.raises(InstrumentError):
        act(hand, action)

    assert (len(ui.calls), mended) == (1, [])


@pytest.mark.parametrize("action", ["tap", "type", "back", "hide_keyboard"])
def test_an_action_that_surely_was_not_begun_is_made_once_more(action: str) -> None:
    ui = Ui(failures=1, not_begun=True)
    hand, mended, _ = over(ui)

    act(hand, action)

    assert (len(ui.calls), len(mended)) == (2, 1)


def test_an_action_is_not_repeated_where_nothing_was_mended() -> None:
    ui = Ui(failures=1, not_begun=True)
    hand, _, _ = over(ui, mends=False)

    with pytest.raises(InstrumentError):
        hand.tap("//x")
    assert len(ui.calls) == 1


def test_a_stale_element_is_written_down_and_left_to_the_hand() -> None:
    hand, mended, noted = over(Ui(gone=True))

    with pytest.raises(ElementGoneError):
        hand.tap("//x")

    assert (mended, noted) == ([], ["stale_element"])


def act(hand: RecoveringUi, action: str) -> None:
    words = {"tap": ["//x"], "type": ["//x", "a"]}.get(action, [])
    getattr(hand, action)(*words)
