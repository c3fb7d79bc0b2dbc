import pytest

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.system_bars import PACKAGE, Status, StatusBar

NOON = 1_741_086_060.0  # 2025-03-04 11:01 UTC


@pytest.mark.parametrize(
    ("zone", "locale", "time"),
    [
        ("Europe/Berlin", "de-DE", "12:01"),
        ("Europe/Berlin", "en-US", "12:01"),
        ("Asia/Tokyo", "ja-JP", "20:01"),
        ("America/New_York", "en-US", "6:01"),
        ("No/Where", "de-DE", "11:01"),
    ],
)
def test_the_clock_follows_zone_and_locale(zone: str, locale: str, time: str) -> None:
    assert StatusBar(Geometry(), Status(), zone, locale).time(NOON) == time


@pytest.mark.parametrize(
    ("status", "descriptions"),
    [
        (Status(), ["Wifi signal full.", "Battery charging, 87 percent."]),
        (Status(airplane=True, charging=False), ["Airplane mode.", "Battery 87 percent."]),
        (Status(wifi=False, battery=5), ["Phone four bars.", "Battery charging, 5 percent."]),
    ],
)
def test_signals_are_told_in_words(status: Status, descriptions: list[str]) -> None:
    root = StatusBar(Geometry(), status, "UTC", "en-US").window(NOON)
    assert [node.desc for node in root.children[1:]] == descriptions
    assert {node.package for node in root.walk()} == {PACKAGE}


def test_views_keep_their_ids_from_one_look_to_the_next() -> None:
    bar = StatusBar(Geometry(), Status(), "UTC", "en-US")
    first = [node.view_id for node in bar.window(NOON).walk()]
    assert [node.view_id for node in bar.window(NOON + 60).walk()] == first
    assert bar.date(NOON) == "Tue, Mar 4"
