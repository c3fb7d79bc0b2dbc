"""Offline videos and drafts, on the simulated phone's real screens, without network."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from harness.pages.content import ContentPage
from tests.pages.simulated import SimulatedPhone, simulated


@pytest.fixture
def phone(tmp_path: Path) -> Generator[SimulatedPhone]:
    with simulated(tmp_path, content="used") as used:
        used.verb("airplane", True)
        yield used


def page(phone: SimulatedPhone, kind: str) -> ContentPage:
    app = phone.app()
    app.open()
    found = app.offline_videos() if kind == "offline_video" else app.drafts()
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["offline_video", "draft"])
def test_entries_are_listed_and_work(phone: SimulatedPhone, kind: str) -> None:
    found = page(phone, kind)

    assert found.content == kind
    assert found.listed() == found.on_screen()
    assert [found.open(n, 2).result for n in (1, 2)] == ["plays", "plays"]


@pytest.mark.parametrize(("kind", "scope"), [("offline_video", "offline"), ("draft", "drafts")])
def test_entries_work_where_no_description_is_known(
    phone: SimulatedPhone, kind: str, scope: str
) -> None:
    phone.faults(("locator-drift", scope))

    found = page(phone, kind)

    assert [found.open(n, 2).result for n in (1, 2)] == ["plays", "plays"]


@pytest.mark.parametrize(("kind", "scope"), [("offline_video", "offline"), ("draft", "drafts")])
def test_entries_that_do_not_open(phone: SimulatedPhone, kind: str, scope: str) -> None:
    found = page(phone, kind)
    phone.faults(("opens-nothing", scope))

    opened = found.open(1, 1)

    assert (opened.result, opened.text) == ("does_not_play", "cannot_open")
    assert found.on_screen() > 0, "it came back to the list"


def test_a_tap_that_does_nothing(phone: SimulatedPhone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.pages.content.OPENING", 0.5)
    monkeypatch.setattr("harness.pages.app.OPENING", 0.5)
    found = page(phone, "offline_video")
    phone.faults(("never-asks", "offline"))

    assert found.open(1, 1).result == "no_reaction"
    with pytest.raises(AssertionError, match="opens nothing"):
        phone.app().offline_videos()


def test_a_video_that_stands_still_does_not_play(
    phone: SimulatedPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.pages.content.MOVING", 1.5)
    monkeypatch.setattr("harness.simphone.app.flows.player.TICK_SECONDS", 60.0)

    assert page(phone, "offline_video").open(1, 1).result == "does_not_play"


def test_a_phone_without_content(tmp_path: Path) -> None:
    with simulated(tmp_path) as phone:
        app = phone.app()
        app.open()
        videos = app.offline_videos()

        assert (videos.listed(), videos.on_screen()) == (0, 0)
        assert app.drafts() is None
