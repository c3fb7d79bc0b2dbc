"""How a phone's traffic is led to our proxy: what its entry asks for, or what the phone allows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.domain.device import DeviceEntry

AUTO = "auto"
_THIS_HOST = ("127.0.0.1", "localhost", "::1")


class AttachWay(StrEnum):
    """Values of `attach:` in devices.yaml, beside AUTO."""

    REVERSE = "reverse"
    EMULATOR = "emulator-proxy"
    WIREGUARD = "wireguard"
    NONE = "none"


HOW = {
    AttachWay.REVERSE: "adb reverse and http_proxy",
    AttachWay.EMULATOR: "the emulator's own proxy flag",
    AttachWay.WIREGUARD: "a WireGuard tunnel for the app alone",
    AttachWay.NONE: "not at all",
}
"""For people."""


@dataclass(frozen=True, slots=True)
class AttachChoice:
    """The way that is taken, and why."""

    way: AttachWay
    because: str  # a clause without a full stop


def choose_way(entry: DeviceEntry, *, interception: bool = True) -> AttachChoice:
    """`interception` False: the run was asked to leave all traffic alone."""
    if not interception:
        return AttachChoice(AttachWay.NONE, "the run was asked to leave all traffic alone")
    if entry.capture == "none":
        return AttachChoice(AttachWay.NONE, "its entry says capture: none")
    if entry.attach != AUTO:
        return AttachChoice(AttachWay(entry.attach), f"its entry says attach: {entry.attach}")
    if entry.adb is not None and entry.adb.host not in _THIS_HOST:
        if entry.wireguard_listen is not None:
            told = f"its adb server is on {entry.adb.host}, and its entry says where we listen"
            return AttachChoice(AttachWay.WIREGUARD, told)
        told = f"its adb server is on {entry.adb.host}, and adb reverse would lead there, not here"
        return AttachChoice(AttachWay.NONE, told)
    return AttachChoice(AttachWay.REVERSE, "its adb server is on this host")
