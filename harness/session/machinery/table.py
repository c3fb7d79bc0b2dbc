"""The faults of our own machinery that HARNESS_FAULT names. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Moment(StrEnum):
    """When a fault strikes."""

    STEP = "step"  # as a step begins
    OPEN = "open"  # before the phone is acquired


@dataclass(frozen=True, slots=True)
class MachineFault:
    """`about`: what breaks. `verb`, `value`: what is asked of the phone's control address;
    only phones that offer one can be broken that way. `signal`: the run itself is ended."""

    name: str
    about: str
    moment: Moment = Moment.STEP
    verb: str = ""
    value: object = True
    signal: bool = False


AWAY = 4.0
"""Seconds for which a loose cable leaves the phone."""

DAY = 86_400.0

_ROWS = (
    MachineFault("proxy-killed", "mitmdump is killed"),
    MachineFault("proxy-wedged", "mitmdump lives and does nothing"),
    MachineFault("adb-server-killed", "the adb server is killed"),
    MachineFault("adb-server-hung", "the adb server lives and does nothing"),
    MachineFault("adb-server-wrong-version", "a server of another version takes its place"),
    MachineFault("appium-killed", "Appium is killed"),
    MachineFault("appium-hung", "Appium lives and does nothing"),
    MachineFault("uiautomator2-crash", "UiAutomator2 on the phone ends", verb="ui_crash"),
    MachineFault("uiautomator2-hang", "UiAutomator2 does not answer", verb="ui_hang"),
    MachineFault("uiautomator2-garbage", "UiAutomator2 answers no JSON", verb="ui_garbage"),
    MachineFault("phone-lost", "the cable is pulled for good", verb="cable_pulled"),
    MachineFault("phone-away", "the cable is loose for 4 s", verb="cable_pulled", value=AWAY),
    MachineFault("phone-offline", "the phone's adb does not answer", verb="adb_silent"),
    MachineFault("phone-unauthorized", "the phone forgets this computer", verb="unauthorized"),
    MachineFault("phone-rebooting", "the phone restarts", verb="reboot"),
    MachineFault("phone-locked", "the screen goes dark and locks", verb="screen_locked"),
    MachineFault("phone-full", "no byte is left on the phone", verb="storage_full"),
    MachineFault("battery-low", "3 % are left, no charger", verb="battery_low"),
    MachineFault(
        "clock-off", "the phone's clock is a day ahead", verb="clock_offset", value=1.04 * DAY
    ),
    MachineFault("port-taken", "another program takes UiAutomator2's port", Moment.OPEN),
    MachineFault("disk-full", "the recorder cannot write any more"),
    MachineFault("host-disk-full", "nothing can be written on this host any more"),
    MachineFault("run-folder-readonly", "the run folder cannot be written any more"),
    MachineFault("clock-jump", "this host's clock jumps by an hour"),
    MachineFault("host-dns-dead", "this host finds no name any more", Moment.OPEN),
    MachineFault("allure-missing", "Allure is not installed"),
    MachineFault("node-missing", "Node is not installed", Moment.OPEN),
    MachineFault("sigint", "Ctrl-C", signal=True),
    MachineFault("sigterm", "the run is asked to end", signal=True),
    MachineFault("sigkill", "the run is killed", signal=True),
)

MACHINERY: Mapping[str, MachineFault] = {row.name: row for row in _ROWS}
