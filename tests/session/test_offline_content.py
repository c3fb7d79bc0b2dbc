"""Offline content on a simulated phone of this process: the network goes and comes back."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest

from harness.adapters.attach import network_cut
from harness.adapters.attach.journal import Journal
from harness.domain.facts.storage import ContentLook, ContentOpened
from harness.ports import InstrumentError
from harness.session import offline_content
from harness.session.offline_content import OfflineContent, opening
from harness.session.phone_session import PhoneSession
from harness.session.saved_videos import SavedVideos
from harness.session.steps import NotRunError
from tests.attribution.build import exchange
from tests.pages.simulated import simulated
from tests.session.simulated_session import SimulatedSession


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.adapters.attach.reset._SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)


@pytest.fixture
def session(tmp_path: Path) -> Generator[SimulatedSession]:
    with simulated(tmp_path / "phone", content="used") as phone:
        phone.device.root()
        (tmp_path / "run").mkdir()
        made = SimulatedSession(phone, tmp_path / "run")
        made.attachment.attach()
        yield made
        made.attachment.detach()


def content_of(session: SimulatedSession) -> OfflineContent:
    return OfflineContent(cast("PhoneSession", session), session.book)


class Listing:
    """A list with these results behind its entries."""

    content = "offline_video"

    def __init__(
        self, *results: str, listed: int | None = None, texts: tuple[str, ...] = ()
    ) -> None:
        self._results = results
        self._listed = len(results) if listed is None else listed
        self._texts = texts

    def listed(self) -> int:
        return self._listed

    def on_screen(self) -> int:
        return len(self._results)

    def texts(self) -> tuple[str, ...]:
        return self._texts

    def open(self, ordinal: int, count: int) -> ContentOpened:
        return ContentOpened(self.content, ordinal, count, self._results[ordinal - 1])


def test_all_kinds_work_on_a_used_phone(session: SimulatedSession) -> None:
    phone, content = session.phone, content_of(session)
    content.survey()
    with content.without_network():
        assert not phone.running.phone.network.online()
        assert Journal("SIMULATED", session.folder / "journals").load() is not None
        app = phone.app()
        app.open()
        content.check(opening(content, "offline_video", app.offline_videos), "offline_video")
        content.check(opening(content, "draft", app.drafts), "draft")
        content.check(content.saved_videos(), "saved_video")

    assert phone.running.phone.network.online()
    assert set(content.tried) == {"offline_video", "draft", "saved_video"}
    for said in content.tried.values():
        works, _, count = said.partition(" of ")
        assert f"{works} work" == count, said
        assert int(works) >= 3
    looks: list[ContentLook] = session.facts("content.look")
    assert [look for look in looks if look.listed not in (None, look.files)] == []
    assert all(look.missing == look.damaged == 0 for look in looks)
    assert any(found.cut_by_us for found in session.facts("device.conditions"))


def test_the_network_comes_back_when_a_step_fails(session: SimulatedSession) -> None:
    content = content_of(session)

    with pytest.raises(AssertionError, match="2 of 3"), content.without_network():
        content.check(Listing("plays", "does_not_play", "no_reaction", listed=99), "offline_video")

    assert session.phone.running.phone.network.online()
    assert [one.result for one in session.facts("content.opened")] == [
        "plays",
        "does_not_play",
        "no_reaction",
    ]


def test_a_phone_that_was_offline_stays_so(session: SimulatedSession) -> None:
    session.phone.verb("airplane", True)
    content = content_of(session)

    with content.without_network():
        assert not session.attachment.network_cut

    assert not session.phone.running.phone.network.online()


def test_a_phone_whose_network_cannot_be_taken_is_not_run(
    session: SimulatedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise network_cut.CannotCutError("adb comes over it")

    monkeypatch.setattr(network_cut, "plan_cut", refuse)

    with pytest.raises(NotRunError, match="network_not_cut"), content_of(session).without_network():
        raise AssertionError("never reached")


def test_calls_that_were_answered_meanwhile_make_it_worthless(session: SimulatedSession) -> None:
    answered = exchange(10.0**9, host="api16-core-c-useast1a.tiktokv.com", path="/aweme/v1/feed/")

    with (
        pytest.raises(InstrumentError, match="1 calls of the app were answered"),
        content_of(session).without_network(),
    ):
        session.saw(answered)


def test_a_network_that_does_not_come_back_is_said(
    session: SimulatedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline_content, "BACK_ONLINE", 0.0)
    content = content_of(session)

    def lose() -> None:
        with content.without_network():
            session.phone.verb("mobile_data", False)
            session.phone.device.shell("settings put global wifi_on 0")

    with pytest.raises(InstrumentError, match="Wi-Fi: False"):
        lose()


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        (Listing("plays", listed=0), "whole offline videos lie on the phone"),
        (Listing(texts=("content_expired",)), "have expired"),
    ],
)
def test_a_list_that_is_wrong_fails_before_anything_is_opened(
    session: SimulatedSession, listing: Listing, said: str
) -> None:
    content = content_of(session)
    content.survey()

    with pytest.raises(AssertionError, match=said):
        content.check(listing, "offline_video")

    assert session.facts("content.opened") == []


def test_what_was_there_before_is_missed(session: SimulatedSession) -> None:
    content = content_of(session)
    session.book.note({"content:draft": 50})

    with pytest.raises(AssertionError, match="50 drafts were there before"):
        content.check(Listing(*["plays"] * 8, listed=8), "draft")

    assert session.book.all()["content:draft"] == 8, "said once, not for ever"


def test_no_list_at_all_is_said_and_no_failure(tmp_path: Path) -> None:
    with simulated(tmp_path / "phone", profile="retail") as phone:
        (tmp_path / "run").mkdir()
        session = SimulatedSession(phone, tmp_path / "run")
        content = content_of(session)
        content.survey()

        content.check(None, "draft")

        assert content.tried["draft"].startswith("none listed, and nothing says")
        looks: list[ContentLook] = session.facts("content.look")
        assert "nobody but the app" in looks[-1].unseen


def test_a_list_that_stays_shut_is_written_down(session: SimulatedSession) -> None:
    def shut() -> None:
        raise AssertionError("opens nothing")

    with pytest.raises(AssertionError, match="opens nothing"):
        opening(content_of(session), "draft", shut)

    assert session.facts("content.look")[-1] == ContentLook("draft", unseen="page_shut")


def test_saved_videos_are_opened_by_the_phones_player(session: SimulatedSession) -> None:
    saved = content_of(session).saved_videos()
    assert isinstance(saved, SavedVideos)
    assert saved.listed() == saved.on_screen() >= 3

    assert saved.open(1, 1).result == "plays"
    row = saved._rows[0]
    session.phone.device.shell(f"rm '{row.path}'")
    assert saved.open(1, 1).result in ("does_not_play", "no_reaction")


def test_a_phone_without_a_player_says_so(session: SimulatedSession) -> None:
    saved = content_of(session).saved_videos()
    assert saved is not None
    session.phone.device.shell("pm disable-user com.google.android.apps.photos")

    assert saved.open(1, 1).result in ("no_player", "plays")
