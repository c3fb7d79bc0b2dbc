"""Which way a phone's traffic comes to us."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.domain.attach_way import AttachWay, choose_way
from harness.domain.device import AdbAddress, DeviceEntry

PHONE = DeviceEntry("pixel", serial="X")


@pytest.mark.parametrize(
    ("entry", "interception", "way", "because"),
    [
        (PHONE, True, "reverse", "on this host"),
        (PHONE, False, "none", "asked to leave"),
        (replace(PHONE, capture="none", attach="reverse"), True, "none", "capture: none"),
        (replace(PHONE, attach="none"), True, "none", "attach: none"),
        (replace(PHONE, avd="a", attach="emulator-proxy"), True, "emulator-proxy", "its entry"),
        (replace(PHONE, adb=AdbAddress("127.0.0.1", 5039)), True, "reverse", "on this host"),
        (replace(PHONE, adb=AdbAddress("shelf.test")), True, "none", "on shelf.test"),
        (
            replace(PHONE, adb=AdbAddress("shelf.test"), wireguard_listen="192.168.1.2"),
            True,
            "wireguard",
            "says where we listen",
        ),
        (replace(PHONE, adb=AdbAddress("shelf.test"), attach="reverse"), True, "reverse", "entry"),
    ],
)
def test_the_way_and_why(entry: DeviceEntry, interception: bool, way: str, because: str) -> None:
    choice = choose_way(entry, interception=interception)

    assert choice.way is AttachWay(way)
    assert because in choice.because
