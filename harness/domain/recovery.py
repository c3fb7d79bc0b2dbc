"""What to try next when our machinery is in trouble: a ladder per trouble. Pure.

Nothing here says "do it again": a rung only mends the way to the phone. Whether a call may
be repeated afterwards is decided where the call is made, by what is known of its outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """What is not well, from the ground up; the first that applies is mended first."""

    SERVER_GONE = "the adb server is gone"
    SERVER_HUNG = "the adb server does not answer"
    SERVER_FOREIGN = "an adb server of another version is in its place"
    PHONE_ABSENT = "the phone is not attached"
    PHONE_NOT_IN_ANDROID = "the phone stands in its recovery, not in Android"
    PHONE_OFFLINE = "the phone is offline"
    PHONE_UNAUTHORIZED = "the phone does not allow this computer"
    PHONE_HUNG = "the phone does not answer"
    PHONE_STARTING = "the phone is starting"
    WAY_LOST = "the phone's traffic no longer leads to us"
    PHONE_LOCKED = "the phone is locked or its screen is dark"
    APPIUM_GONE = "Appium is gone"
    APPIUM_HUNG = "Appium does not answer"
    SESSION_LOST = "the Appium session is lost"
    SESSION_HUNG = "UiAutomator2 does not answer"


class Rung(StrEnum):
    """What can be tried, from what costs least to what costs most."""

    WAIT = "wait"
    WAKE = "wake the phone and swipe its lock away"
    RECONNECT = "reconnect the phone"
    RESTART_SERVER = "restart our adb server"
    ATTACH_AGAIN = "lead the phone's traffic to us again"
    NEW_SESSION = "open a new Appium session"
    RESTART_APPIUM = "restart our Appium"
    REBOOT = "reboot the phone"
    GIVE_UP = "give up"


@dataclass(frozen=True, slots=True)
class Means:
    """What may be done for this phone. `alone`: no other phone uses the same servers;
    `kept`: the run that we work for starts its servers again, so they are waited for."""

    own_server: bool  # we started it; a USB server that others use is never ended
    own_appium: bool
    local_server: bool = True  # a new one could be started in its place
    may_reboot: bool = False
    alone: bool = True
    kept: bool = False


UNDER_THE_APP = frozenset(
    {
        Trouble.SERVER_GONE,
        Trouble.SERVER_HUNG,
        Trouble.SERVER_FOREIGN,
        Trouble.PHONE_ABSENT,
        Trouble.PHONE_NOT_IN_ANDROID,
        Trouble.PHONE_OFFLINE,
        Trouble.PHONE_UNAUTHORIZED,
        Trouble.PHONE_HUNG,
        Trouble.PHONE_STARTING,
        Trouble.WAY_LOST,
    }
)
"""With these the app's own traffic led nowhere as well."""

UNDER_THE_CLAIM = UNDER_THE_APP | {Trouble.PHONE_LOCKED}
"""A claim about the app that was made while one of these held is none."""

UNANSWERED = frozenset(
    {Trouble.SERVER_HUNG, Trouble.PHONE_HUNG, Trouble.APPIUM_HUNG, Trouble.SESSION_HUNG}
)
"""Known by a time-out alone."""

_OF_SERVER = {Trouble.SERVER_GONE, Trouble.SERVER_HUNG, Trouble.SERVER_FOREIGN}
_OF_APPIUM = {Trouble.APPIUM_GONE, Trouble.APPIUM_HUNG}

LADDERS: Mapping[Trouble, tuple[Rung, ...]] = {
    Trouble.SERVER_GONE: (Rung.RESTART_SERVER, Rung.WAIT, Rung.RESTART_SERVER),
    Trouble.SERVER_HUNG: (Rung.WAIT, Rung.RESTART_SERVER, Rung.RESTART_SERVER),
    Trouble.SERVER_FOREIGN: (Rung.RESTART_SERVER, Rung.WAIT, Rung.RESTART_SERVER),
    Trouble.PHONE_ABSENT: (
        Rung.RECONNECT,
        Rung.WAIT,
        Rung.RECONNECT,
        Rung.WAIT,
        Rung.RESTART_SERVER,
        Rung.RECONNECT,
    ),
    Trouble.PHONE_NOT_IN_ANDROID: (Rung.WAIT, Rung.REBOOT),
    Trouble.PHONE_OFFLINE: (Rung.WAIT, Rung.RECONNECT, Rung.WAIT, Rung.RECONNECT),
    Trouble.PHONE_UNAUTHORIZED: (Rung.WAIT, Rung.RECONNECT, Rung.WAIT),
    Trouble.PHONE_HUNG: (Rung.WAIT, Rung.RECONNECT, Rung.REBOOT),
    Trouble.PHONE_STARTING: (Rung.WAIT,),
    Trouble.WAY_LOST: (Rung.ATTACH_AGAIN, Rung.WAIT, Rung.ATTACH_AGAIN),
    Trouble.PHONE_LOCKED: (Rung.WAKE, Rung.WAIT, Rung.WAKE),
    Trouble.APPIUM_GONE: (Rung.RESTART_APPIUM, Rung.WAIT, Rung.RESTART_APPIUM),
    Trouble.APPIUM_HUNG: (Rung.WAIT, Rung.RESTART_APPIUM, Rung.RESTART_APPIUM),
    Trouble.SESSION_LOST: (Rung.NEW_SESSION, Rung.NEW_SESSION, Rung.RESTART_APPIUM, Rung.REBOOT),
    Trouble.SESSION_HUNG: (Rung.NEW_SESSION, Rung.RESTART_APPIUM, Rung.REBOOT),
}

PATIENCE: Mapping[Trouble, float] = {Trouble.PHONE_STARTING: 180.0}
"""Seconds that `wait` waits at most; USUAL_PATIENCE for all others."""

USUAL_PATIENCE = 6.0
"""Seconds; an adb server finds a phone that dropped within 3 (simulated-phone 3.2)."""

KEEPERS_PATIENCE = 50.0
"""Seconds until the run has seen that a shared server hangs (30) and has started it again."""

MOST_RUNGS = 12
"""Of one climb, over all troubles; then it is given up."""


def next_rung(trouble: Trouble, tried: Sequence[tuple[Trouble, Rung]], means: Means) -> Rung:
    """The next thing to try against `trouble`; GIVE_UP when nothing is left that is allowed.

    `tried`: what this climb has tried so far, also against other troubles.
    """
    allowed = [rung for rung in LADDERS[trouble] if _allowed(rung, trouble, means)]
    done = sum(of == trouble for of, _ in tried)
    if len(tried) >= MOST_RUNGS or done >= len(allowed):
        return Rung.GIVE_UP
    return allowed[done]


def patience(trouble: Trouble, means: Means) -> float:
    """Seconds that `wait` may take."""
    if means.kept and trouble in _OF_SERVER | _OF_APPIUM:
        return KEEPERS_PATIENCE
    return PATIENCE.get(trouble, USUAL_PATIENCE)


def trouble_of_state(state: str) -> Trouble | None:
    """What a state of `adb devices` means; None for one that is ready."""
    return {
        "device": None,
        "offline": Trouble.PHONE_OFFLINE,
        "connecting": Trouble.PHONE_OFFLINE,
        "unauthorized": Trouble.PHONE_UNAUTHORIZED,
        "authorizing": Trouble.PHONE_UNAUTHORIZED,
        "no permissions": Trouble.PHONE_UNAUTHORIZED,
        "recovery": Trouble.PHONE_NOT_IN_ANDROID,
        "sideload": Trouble.PHONE_NOT_IN_ANDROID,
        "rescue": Trouble.PHONE_NOT_IN_ANDROID,
        "bootloader": Trouble.PHONE_NOT_IN_ANDROID,
    }.get(state, Trouble.PHONE_ABSENT)


def _allowed(rung: Rung, trouble: Trouble, means: Means) -> bool:
    match rung:
        case Rung.RESTART_SERVER if trouble is Trouble.SERVER_GONE:
            return means.own_server or means.local_server
        case Rung.RESTART_SERVER:
            return means.own_server and (means.alone or trouble in _OF_SERVER)
        case Rung.RESTART_APPIUM:
            return means.own_appium and (means.alone or trouble in _OF_APPIUM)
        case Rung.REBOOT:
            return means.may_reboot
        case _:
            return True
