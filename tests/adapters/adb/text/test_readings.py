"""Small readers: one table each."""

import pytest

from harness.adapters.adb.text.battery import read_battery
from harness.adapters.adb.text.clock import read_clock
from harness.adapters.adb.text.properties import read_properties
from harness.adapters.adb.text.settings import proxy_of, read_setting, read_switch
from harness.adapters.adb.text.storage import read_df, read_diskstats
from harness.adapters.adb.text.window import read_focus, read_locked, read_screen_on


def test_properties_may_span_lines() -> None:
    text = "[ro.build.version.sdk]: [34]\n[persist.note]: [one\ntwo]\r\n[empty]: []\n"

    assert read_properties(text) == {
        "ro.build.version.sdk": "34",
        "persist.note": "one\ntwo",
        "empty": "",
    }


@pytest.mark.parametrize(
    ("text", "value", "proxy"),
    [
        ("null\n", None, None),
        ("\n", "", None),
        (":0\n", ":0", None),
        ("a:80\n", "a:80", "a:80"),
    ],
)
def test_null_is_not_the_empty_setting(text: str, value: str | None, proxy: str | None) -> None:
    assert read_setting(text) == value
    assert proxy_of(value) == proxy


@pytest.mark.parametrize(
    ("text", "value"), [("1\n", True), ("0", False), ("null", None), ("2", None)]
)
def test_switches(text: str, value: bool | None) -> None:
    assert read_switch(text) is value


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("  level: 98\n  scale: 100\n", 98),
        ("  level: 61\n  scale: 100\n[EventLogBuffer]\n03-02  x: level:58, health:2\n", 61),
        ("  level: 30\n  scale: 60\n", 50),
        ("Capacity level: -1\n", None),
    ],
)
def test_only_the_first_battery_level_counts(text: str, level: int | None) -> None:
    assert read_battery(text) == level


DF = "Filesystem     1K-blocks     Used Available Use% Mounted on\n"


@pytest.mark.parametrize(
    ("text", "space"),
    [
        (DF + "/dev/block/dm-9 110000000 33000000 77000000  30% /data\n", (110000000, 77000000)),
        (DF + "/dev/block/by-name/userdata\n   1000 300 700  30% /data/user/0\n", (1000, 700)),
        ("df: /data: Permission denied\n", None),
    ],
)
def test_df(text: str, space: tuple[int, int] | None) -> None:
    expected = None if space is None else (space[0] * 1024, space[1] * 1024)

    assert read_df(text) == expected


def test_diskstats_may_lack_the_line() -> None:
    full = "Latency: 2ms\nData-Free: 27500000K / 110000000K total = 25% free\n"

    assert read_diskstats(full) == (110000000 * 1024, 27500000 * 1024)
    assert read_diskstats("App Size: 1\n") is None


@pytest.mark.parametrize(
    ("text", "offset", "uncertainty"),
    [
        ("1000000001.500000000\n+0200\n", 1.0, 0.5),
        ("1000000000.%N\n", 0.0, 1.0),
        ("date: bad format\n", None, None),
    ],
)
def test_the_clock_is_bracketed(text: str, offset: float | None, uncertainty: float | None) -> None:
    found = read_clock(text, 1_000_000_000.0, 1_000_000_001.0)

    assert (found.offset if found else None) == offset
    assert (found.uncertainty if found else None) == uncertainty


def test_the_zone_is_kept() -> None:
    found = read_clock("1000000000.0\n+0530\n", 1_000_000_000.0, 1_000_000_000.0)

    assert found is not None
    assert found.zone == "+0530"


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("  mCurrentFocus=Window{ab u0 com.a/com.a.Main}\n", ("com.a", "com.a.Main")),
        ("  mCurrentFocus=Window{ab u10 com.a/.Main}\n", ("com.a", "com.a.Main")),
        ("  mCurrentFocus=Window{ab u0 NotificationShade}\n", None),
        ("  mCurrentFocus=null\n", None),
    ],
)
def test_focus(text: str, focus: tuple[str, str] | None) -> None:
    assert read_focus(text) == focus


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("mShowingLockscreen=true\n mCurrentFocus=Window{a u0 com.a/.B}", True),
        ("mCurrentFocus=Window{a u0 com.a/.B}", False),
        ("mCurrentFocus=Window{a u0 NotificationShade}", True),
        ("", None),
    ],
)
def test_lock(text: str, locked: bool | None) -> None:
    assert read_locked(text) is locked


@pytest.mark.parametrize(
    ("text", "awake"),
    [("  mWakefulness=Awake", True), ("  mWakefulness=Dozing", False), ("", None)],
)
def test_screen(text: str, awake: bool | None) -> None:
    assert read_screen_on(text) is awake
