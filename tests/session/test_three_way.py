"""Screen, service and what was known before: read, compared, written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.adapters.profile_file import load_profile
from harness.domain.facts.device import AppPackage
from harness.domain.facts.screen import ScreenValue
from harness.domain.facts.storage import StoredValue
from harness.domain.facts.traffic import Exchange
from harness.domain.secret import Secret
from harness.redaction.redactor import Redactor
from harness.session.account import Account
from harness.session.journal import Journal
from harness.session.known_values import KnownValues
from harness.session.phone_session import PhoneSession
from harness.session.three_way import ThreeWay
from tests.adapters.adb.folder_phone import PACKAGE, FolderPhone
from tests.attribution.build import connection, exchange

CORE = "api16-core-c-useast1a.tiktokv.com"
OWN = "/aweme/v1/user/profile/self/"


@dataclass
class LittleSession:
    """As much of a PhoneSession as a comparison uses."""

    folder: Path
    way: str = "plain"
    account: Account | None = None
    profile: Any = field(default_factory=lambda: load_profile("tiktok"))

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.phone = FolderPhone(self.folder / "phone", self.way)
        self.phone.put("x", b"")
        self.device = self.phone
        self.app = AppPackage(PACKAGE, "1", 1, None, None)
        self.journal = Journal(self.folder, "one", "lab")
        self.redactor = Redactor(b"k" * 16, secrets=self.profile.secrets)
        self.book = KnownValues(None, "one")
        self.wire = ObservationWriter(self.journal.proxy_file, source="proxy", host="lab")

    def said(self, *facts: Exchange) -> None:
        for fact in facts:
            self.wire.write("exchange", fact)

    def facts(self, kind: str) -> list[Any]:
        self.journal.close()
        return [seen.facts for seen in read_observations(self.folder) if seen.kind == kind]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def three_way(session: LittleSession) -> ThreeWay:
    clock = Clock()
    return ThreeWay(
        cast("PhoneSession", session),
        session.book,
        monotonic=lambda: clock.now,
        sleep=clock.sleep,
    )


def own(**values: Any) -> Exchange:
    values = {"handle": "<a>", **values}
    return exchange(1.0, host=CORE, path=OWN, values=values)


def shows(*values: int) -> Any:
    """A screen that shows these counters one after the other, then the last for ever."""
    left = list(values)

    def read() -> list[ScreenValue]:
        value = left.pop(0) if len(left) > 1 else left[0]
        return [ScreenValue("follower_count", str(value), value)]

    return read


def cached(session: LittleSession, count: int) -> None:
    session.phone.preferences(
        "aweme_user",
        current_foreground_uid="77",
        **{"77_aweme_user_info": {"follower_count": count, "uid": "77"}},
    )


def test_what_is_known_before_comes_from_three_places(tmp_path: Path) -> None:
    account = Account("anna", Secret("x"), known_values={"follower_count": 1000, "total": 9})
    session = LittleSession(tmp_path / "run", account=account)
    cached(session, 1204)
    session.book.note({"follower_count": 1100, "content:draft": 4})
    values = three_way(session)

    values.read_known()

    assert values.known == {"follower_count": 1204, "total": 9}
    assert values.had_account
    written = cast("list[StoredValue]", session.facts("storage.value"))
    assert [(fact.place, fact.name, fact.value) for fact in written if fact.name != "account"] == [
        ("told", "follower_count", 1000),
        ("told", "total", 9),
        ("earlier", "follower_count", 1100),
        ("app_file", "follower_count", 1204),
        ("app_file", "following_count", None),
    ]
    assert "77" not in str([fact.value for fact in written if fact.name == "account"])


def test_a_screen_that_is_drawn_anew_in_time_agrees(tmp_path: Path) -> None:
    session = LittleSession(tmp_path / "run")
    values = three_way(session)
    session.said(own(follower_count=1204))

    values.compare(shows(1100, 1100, 1204), "own_profile")

    assert session.facts("ui.value") == [ScreenValue("follower_count", "1204", 1204)]
    assert session.book.all() == {"follower_count": 1204}


@pytest.mark.parametrize(
    ("said", "count", "problem"),
    [
        ([own(follower_count=1204)], 0, "said 1204"),
        ([exchange(1.0, host=CORE, path=OWN, status=503)], 1204, "did not give what is shown"),
        (
            [exchange(1.0, host=CORE, path="/aweme/v1/feed/", values={"items": 3})],
            1204,
            "the app did not ask the profile service",
        ),
        ([own(follower_count=0, history_max_follower_count=9)], 0, "against its other values"),
    ],
)
def test_what_does_not_fit_fails(
    tmp_path: Path, said: list[Exchange], count: int, problem: str
) -> None:
    session = LittleSession(tmp_path / "run")
    values = three_way(session)
    session.said(*said)

    with pytest.raises(AssertionError, match=problem):
        values.compare(shows(count), "own_profile")

    assert session.facts("ui.value"), "what was seen is written down all the same"
    assert session.book.all() == {}


def test_traffic_that_cannot_be_read_leaves_the_screen_alone(tmp_path: Path) -> None:
    session = LittleSession(tmp_path / "run", "closed")
    values = three_way(session)
    values.read_known()
    feed = exchange(1.0, host=CORE, path="/aweme/v1/feed/", values={"items": 3})
    session.said(feed)
    tunnel = connection(1.0, host="api16-normal-c-useast1a.tiktokv.com", passed_through=True)
    session.wire.write("connection", tunnel)

    values.compare(shows(1204), "own_profile")

    assert all(fact.value is None for fact in session.facts("storage.value"))


def test_a_zero_is_wrong_where_the_owner_knows_better(tmp_path: Path) -> None:
    account = Account("anna", Secret("x"), known_values={"follower_count": 1000})
    session = LittleSession(tmp_path / "run", "closed", account)
    values = three_way(session)
    values.read_known()

    with pytest.raises(AssertionError, match="it was 1000 before"):
        values.compare(shows(0), "own_profile")


def test_an_app_that_asks_for_its_profile_believes_itself_logged_in(tmp_path: Path) -> None:
    session = LittleSession(tmp_path / "run")
    session.said(own())
    values = three_way(session)  # what was said before is not this try's
    assert not values.asked_as_account

    session.said(own())

    assert values.asked_as_account
