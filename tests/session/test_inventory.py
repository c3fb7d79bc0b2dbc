"""A phone is reached, looked at as root where that is allowed, and left as it was."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from harness.adapters.adb.device import AdbDevice
from harness.domain.device import DeviceEntry
from harness.domain.inventory import Inventory
from harness.session import inventory as module
from harness.session.launch import Launched
from tests.loss.phones import look


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done to the phone, in order."""
    seen: list[str] = []

    class Link:
        port = 5038

    class Tools:
        def __init__(self, logs: object) -> None:
            seen.append("tools")

        def adb(self, entry: DeviceEntry) -> Link:
            return Link()

        def close(self) -> None:
            seen.append("close")

    class Phone(Launched):
        def stop(self) -> None:
            seen.append("stop")

    def start(*words: object, **more: object) -> Launched:
        seen.append("launch")
        return Phone(process=None, serial="127.0.0.1:7")  # pyright: ignore[reportArgumentType]

    @contextmanager
    def as_root(device: AdbDevice, *, allowed: bool, ends: bool) -> Generator[bool]:
        assert ends is (device.serial == "127.0.0.1:7")  # the one that was launched
        seen.append(f"root {allowed}")
        yield allowed

    def take(device: AdbDevice, profile: Any, **more: object) -> Inventory:
        seen.append(f"look at {device.serial} by {profile.name}")
        return look()

    monkeypatch.setattr(module, "RunTools", Tools)
    monkeypatch.setattr(module, "launch", start)
    monkeypatch.setattr(module, "start_avd", start)
    monkeypatch.setattr(module, "as_root", as_root)
    monkeypatch.setattr(module, "take_inventory", take)

    def states(link: object) -> dict[str, str]:
        return {"127.0.0.1:9": "device"}

    def connect(link: object, serial: str) -> None:
        seen.append("connect")

    def disconnect(link: object, serial: str) -> None:
        seen.append("disconnect")

    monkeypatch.setattr(module, "states", states)
    monkeypatch.setattr(module, "connect", connect)
    monkeypatch.setattr(module, "disconnect", disconnect)
    return seen


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        (
            DeviceEntry("sim", launch=("x",)),
            [
                "tools",
                "launch",
                "connect",
                "root True",
                "look at 127.0.0.1:7 by tiktok",
                "disconnect",
                "stop",
                "close",
            ],
        ),
        (
            DeviceEntry("avd", avd="Pixel", profile="plain"),
            [
                "tools",
                "launch",
                "connect",
                "root True",
                "look at 127.0.0.1:7 by plain",
                "disconnect",
                "stop",
                "close",
            ],
        ),
        (
            DeviceEntry("usb", serial="ABC", may_change_trust=True),
            ["tools", "root True", "look at ABC by tiktok", "close"],
        ),
        (
            DeviceEntry("mine", serial="127.0.0.1:9"),
            ["tools", "root False", "look at 127.0.0.1:9 by tiktok", "close"],
        ),
    ],
    ids=["launched", "emulator", "cable", "connected before"],
)
def test_look_at(events: list[str], entry: DeviceEntry, due: list[str]) -> None:
    module.look_at(entry)

    assert events == due


def test_a_failing_look_leaves_nothing_behind(
    events: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*words: object, **more: object) -> Inventory:
        raise RuntimeError("gone")

    monkeypatch.setattr(module, "take_inventory", fail)

    with pytest.raises(RuntimeError):
        module.look_at(DeviceEntry("sim", launch=("x",)))
    assert events[-3:] == ["disconnect", "stop", "close"]
