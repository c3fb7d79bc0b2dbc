import pytest

from harness.domain.device import DeviceEntry


@pytest.mark.parametrize(
    ("entry", "tcp"),
    [
        (DeviceEntry("a", serial="USB1"), False),
        (DeviceEntry("a", serial="10.0.0.2:5555"), True),
        (DeviceEntry("a", launch=("harness", "phone")), True),
        (DeviceEntry("a", avd="Pixel"), False),
    ],
)
def test_which_phones_our_own_adb_server_reaches(entry: DeviceEntry, tcp: bool) -> None:
    assert entry.over_tcp is tcp


@pytest.mark.parametrize(
    ("entry", "emulator"),
    [
        (DeviceEntry("a", avd="Pixel"), True),
        (DeviceEntry("a", serial="emulator-5554"), True),
        (DeviceEntry("a", serial="10.0.0.2:5555"), False),
        (DeviceEntry("a", launch=("harness", "phone")), False),
    ],
)
def test_which_phones_reach_the_loopback_of_their_host(entry: DeviceEntry, emulator: bool) -> None:
    assert entry.is_emulator is emulator
