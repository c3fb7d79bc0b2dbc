"""Short words for rows that tell of a phone: the scenarios' steps, what the log says, ends."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.domain.facts.device import AppDeath
from harness.domain.facts.screen import ScreenValue
from tests.faultlab.client import Route, call
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Fault, Play
from tests.faultlab.origin_http1 import Reply, bare
from tests.faultlab.phone import CONTROL_SITE, PACKAGE, PID, Seen, Step, Tale, message, nothing
from tests.faultlab.rows.making import Truth, get, post, row, site, together
from tests.faultlab.rows.tiktok import (
    FEED,
    FOLLOWERS,
    FORM,
    LOGIN,
    PROFILE,
    SETTINGS,
    TIKTOK,
    service,
)
from tests.faultlab.rows.trust import not_trusting
from tests.faultlab.world import Host

CONTROL_FINE = site(CONTROL_SITE, bare(204), front=bare(204))
NO_INTERNET = message("no_internet", "No internet connection")
WENT_WRONG = message("something_wrong", "Something went wrong")

ask_start = together(get(TIKTOK, SETTINGS), get(TIKTOK, FEED))
ask_profile, ask_list = get(TIKTOK, PROFILE), get(TIKTOK, FOLLOWERS)
ask_log_in = post(TIKTOK, LOGIN, FORM, "application/x-www-form-urlencoded")

OPENED = Step("open the app", ("start",), ask_start)
SHUT = replace(OPENED, play=nothing, messages=(NO_INTERNET,))
"""The app is open and reached nobody."""


def number(name: str, text: str, value: int | None) -> Seen:
    """A number on the screen."""
    return ("appium", "ui.value", ScreenValue(name, text, value))


COUNTERS = (number("follower_count", "1,204", 1204), number("following_count", "88", 88))
PROFILE_SEEN = Step(
    "see the own counters", ("own_profile",), ask_profile, "own_profile", seen=COUNTERS
)
LIST_SEEN = Step("see the followers", ("followers",), ask_list, "followers")


def crash(exception: str, *frames: str) -> tuple[str, ...]:
    """An uncaught exception of the app, as logcat has it."""
    name, _, words = exception.partition(": ")
    return (
        "E AndroidRuntime: FATAL EXCEPTION: main",
        f"E AndroidRuntime: Process: {PACKAGE}, PID: {PID}",
        f"E AndroidRuntime: {exception}",
        *(f"E AndroidRuntime: \tat {frame}" for frame in frames),
        f"I am_crash: [0,{PID},{PACKAGE},952712772,{name},{words},App.java,71,0]",
        f"I am_proc_died: [0,{PID},{PACKAGE},0,2]",
    )


def killed_for_memory() -> tuple[str, ...]:
    """The low memory killer takes the app."""
    return (
        f"I lowmemorykiller: Kill '{PACKAGE}' ({PID}), uid 10251, oom_score_adj 0 to free 412032kB",
        f"I am_proc_died: [0,{PID},{PACKAGE},0,2]",
    )


def died(reason: str, detail: str = "") -> Seen:
    """An end of the app's process from Android's own list."""
    return ("adb", "app.death", AppDeath(PACKAGE, reason, detail))


def failing(step: Step, problem: str, **changes: Any) -> Step:
    """The same step, failed for this reason."""
    return replace(step, problem=problem, **changes)


def told(
    name: str,
    truth: Truth,
    breaks: str,
    tale: Tale,
    *hosts: Host,
    ill: Mapping[str, Reply] | None = None,
    control: Host = CONTROL_FINE,
) -> Fault:
    """A row of the tiktok profile with a phone; `hosts` stand in for those of the service."""
    known = {host.name for host in hosts}
    own = tuple(host for host in service(**(ill or {})) if host.name not in known)
    return replace(row(name, truth, breaks, (*own, *hosts, control), tale.play), profile="tiktok")


def followers_tale(*steps: Step, **more: Any) -> Tale:
    """A try of the followers scenario."""
    return Tale("followers", steps, **more)


def log_in_tale(*steps: Step, **more: Any) -> Tale:
    """A try of the log-in scenario up to the form, then these steps."""
    form = Step("go to the log-in form", page="log_in_form")
    filled = Step("fill in the log-in form", page="log_in_form")
    first = more.pop("first", OPENED)
    return Tale("login", (first, form, filled, *steps), start_state="logged_out", **more)


def log_in_within(seconds: float, times: int = 1) -> Play:
    """The log-in is sent and awaited for so long, so often."""

    def play(route: Route, capture: Capture) -> None:
        for _ in range(times):
            fields = {"Content_Type": "application/x-www-form-urlencoded"}
            call(route, TIKTOK, "POST", LOGIN, FORM.encode(), timeout=seconds, **fields)
            time.sleep(0.2)

    return play


def submitted(problem: str | None = None, **changes: Any) -> Step:
    """The log-in is sent."""
    step = Step("submit log-in", ("login_check", "login"), ask_log_in, "log_in_form")
    return replace(step, problem=problem, **changes)


def refuses(*hosts: str) -> Play:
    """The app's store does not know our authority."""

    def play(route: Route, capture: Capture) -> None:
        not_trusting(*hosts, times=2)(route, capture)

    return play
