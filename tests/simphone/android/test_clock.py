import time

import pytest

from harness.simphone.android.clock import PhoneClock, stamp, stamp_ms
from tests.simphone.android.phone import FakePhone


def test_the_offset_moves_the_time_and_not_the_uptime() -> None:
    clock = PhoneClock()
    clock.offset = 3600
    assert clock.now() - time.time() == pytest.approx(3600, abs=1)
    assert 0 <= clock.uptime() < 60


def test_a_restart_sets_the_uptime_to_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = PhoneClock()
    later = time.monotonic() + 500
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert clock.uptime() >= 500
    clock.restart()
    assert clock.uptime() == 0


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("UTC", "2026-03-02 09:00:00"),
        ("Europe/Berlin", "2026-03-02 10:00:00"),
        ("No/Where", "2026-03-02 09:00:00"),
    ],
)
def test_times_are_local(phone: FakePhone, zone: str, text: str) -> None:
    phone.properties.set("persist.sys.timezone", zone)
    assert stamp(phone.parts, 1772442000.25) == text
    assert stamp_ms(phone.parts, 1772442000.25) == f"{text}.250"


def test_a_phone_has_a_zone(phone: FakePhone) -> None:
    assert stamp(phone.parts, 0) == "1970-01-01 00:00:00"
