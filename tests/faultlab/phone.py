"""What the instruments at a phone write beside the proxy's lines while a scenario runs.

The lab has no phone. Its rows say what happened at one; here it becomes the same lines in
the same order as in a real try, so that a capture folder of the lab is judged as a run
folder is. Log lines pass the real log reader, the control site is really asked.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from harness.adapters.adb.logcat import kind_of
from harness.adapters.adb.text.app_life import AppLife
from harness.adapters.adb.text.logcat import read_log_line
from harness.adapters.observation_file import PARTS, ObservationWriter
from harness.adapters.probe import control_site
from harness.domain.facts import Facts
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.device import AppPackage, DeviceConditions, DeviceIdentity
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.facts.screen import Screen, ScreenMessage
from harness.domain.facts.storage import StoredValue
from harness.domain.resolve import ResolveMap, parse_resolve
from tests.faultlab.client import Route
from tests.faultlab.experiment import Capture
from tests.faultlab.fault import Play

NAME, PACKAGE, PID = "lab-phone", "com.zhiliaoapp.musically", 4711
ACTIVITY = "com.ss.android.ugc.aweme.main.MainActivity"
CONTROL_SITE = "www.gstatic.com"
SOURCES = ("adb", "appium", "scenario", "control", "harness")
GIGABYTE = 10**9

WELL = DeviceConditions(
    airplane=False,
    wifi=True,
    mobile_data=True,
    network=True,
    validated=True,
    captive_portal=False,
    vpn=False,
    private_dns="opportunistic",
    http_proxy="127.0.0.1:8080",
    proxy_expected="127.0.0.1:8080",
    clock_offset=0.021,
    clock_uncertainty=0.004,
    free_bytes=31 * GIGABYTE,
    total_bytes=118 * GIGABYTE,
    battery=64,
    screen_on=True,
    locked=False,
    memory_low=False,
)
_STARTED = time.monotonic() - 88_000.0


def _now() -> DeviceConditions:
    """The phone that is well, looked at now: its uptime goes on."""
    return replace(WELL, uptime=time.monotonic() - _STARTED)


NO_CHANGE: Mapping[str, Any] = MappingProxyType({})

OPEN = CaptureVisibility("decrypted", "system", "a request of ours came through")

Seen = tuple[str, str, Facts]
"""(source, kind, facts)."""


def nothing(route: Route, capture: Capture) -> None:
    """The app asks for nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scenario and what was seen in it.

    `play`: the app's traffic. `log`: lines of logcat behind the time, as `priority tag: text`.
    `page`, `messages`, `screen`: the last look at the screen. `seen`: further facts.
    `phone`: what of the phone's state is other than well when the step has failed.
    `wait`: seconds for which the screen was watched. `problem`: why it failed, None = it went
    well; `kind` as in StepEnded.error_kind.
    """

    title: str
    needs: tuple[str, ...] = ()
    play: Play = nothing
    page: str | None = "feed"
    messages: tuple[ScreenMessage, ...] = ()
    screen: Mapping[str, Any] = NO_CHANGE
    log: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    phone: Mapping[str, Any] = NO_CHANGE
    wait: float = 0.0
    problem: str | None = None
    kind: str = "assertion"


@dataclass(frozen=True, slots=True)
class Tale:
    """A try of a scenario on a phone. Its last step may fail; then `result` and `reason`
    are those of ScenarioEnded. `phone`: what is other than well from the start."""

    scenario: str
    steps: tuple[Step, ...]
    start_state: str = "logged_in"
    result: str = "failed"
    reason: str | None = None
    visibility: CaptureVisibility = OPEN
    phone: Mapping[str, Any] = NO_CHANGE
    known: Mapping[str, int] = field(default_factory=lambda: {"follower_count": 1204})
    control: bool = True

    def play(self, route: Route, capture: Capture) -> None:
        """Plays all of it; what the fault's row is given as its play."""
        phone = RecordedPhone(capture)
        try:
            phone.tell(self, route)
        finally:
            phone.close()


def message(text_id: str, text: str) -> ScreenMessage:
    """A text of the screen that the profile knows by this id."""
    return ScreenMessage(text_id, text)


class RecordedPhone:
    """The writers of one phone."""

    def __init__(self, capture: Capture, *, wall: Callable[[], float] = time.time) -> None:
        self._capture = capture
        self._scenario: str | None = None
        self._step: str | None = None
        self._life = AppLife(PACKAGE)
        self._life.know_pid(PID)
        self._wall = wall
        self._logs = {
            source: ObservationWriter(
                capture.folder / PARTS / f"{NAME}.{source}.jsonl",
                source=source,
                host=socket.gethostname(),
                device=NAME,
            )
            for source in SOURCES
        }

    def close(self) -> None:
        """Closes the files; the capture merges them."""
        for log in self._logs.values():
            log.close()

    def write(self, source: str, kind: str, facts: Facts) -> None:
        """One line, of the step that is under way."""
        self._logs[source].write(kind, facts, scenario=self._scenario, step=self._step)

    def tell(self, tale: Tale, route: Route) -> None:
        """The try from its begin to its end."""
        self._introduce(tale)
        self._scenario = tale.scenario
        begun = ScenarioBegun(tale.scenario.replace("_", " "), tale.start_state, 1, "~lab0000000")
        self.write("scenario", "scenario.begun", begun)
        for name, value in tale.known.items():
            self.write("adb", "storage.value", StoredValue(name, value, "app_file"))
        failed = next((step for step in tale.steps if self._go(step, tale, route)), None)
        ended = ScenarioEnded("passed")
        if failed is not None:
            ended = ScenarioEnded(tale.result, failed.title, failed.problem or "", tale.reason)
        self.write("scenario", "scenario.ended", ended)
        self._scenario = None

    def _introduce(self, tale: Tale) -> None:
        identity = DeviceIdentity(
            serial="R58M10ABCDE",
            model="SM-A536B",
            manufacturer="samsung",
            api=34,
            release="14",
            build_type="user",
            fingerprint="samsung/a53xnsxx/a53x:14/UP1A.231005.007/A536BXXU8:user/release-keys",
            simulated=True,
            locale="en-GB",
            timezone="Europe/Berlin",
        )
        app = AppPackage(PACKAGE, "47.5.3", 2024705030, None, None, "com.android.vending")
        self.write("adb", "device.identity", identity)
        self.write("adb", "app.package", app)
        self.write("harness", "capture.visibility", tale.visibility)
        self.write("adb", "device.conditions", replace(_now(), **tale.phone))

    def _go(self, step: Step, tale: Tale, route: Route) -> bool:
        """True when the step failed."""
        self._step = step.title
        begun = time.monotonic()
        self.write("scenario", "step.begun", StepBegun(step.title, step.needs))
        step.play(route, self._capture)
        self._log(step.log)
        for source, kind, facts in step.seen:
            self.write(source, kind, facts)
        time.sleep(step.wait)
        shown: dict[str, Any] = {"package": PACKAGE, "activity": ACTIVITY, "page": step.page}
        shown |= {"messages": step.messages, **step.screen}
        self.write("appium", "ui.screen", Screen(**shown))
        failed = step.problem is not None
        if failed:
            if tale.control and tale.result != "blocked":
                self._ask_control_site()
            self.write("adb", "device.conditions", replace(_now(), **{**tale.phone, **step.phone}))
        ended = StepEnded(
            step.title, not failed, begun, step.kind if failed else None, step.problem or ""
        )
        self.write("scenario", "step.ended", ended)
        self._step = None
        return failed

    def _log(self, lines: tuple[str, ...]) -> None:
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self._wall()))
        for number, text in enumerate(lines):
            priority, _, rest = text.partition(" ")
            line = read_log_line(
                f"{stamp}.{100 + number} +0000 u0_a251 {PID:5d} {PID:5d} {priority} {rest}"
            )
            if line is None:
                raise ValueError(f"no line of logcat: {text!r}")
            for fact in self._life.feed(line):
                self.write("adb", kind_of(fact), fact)
        for fact in self._life.flush():
            self.write("adb", kind_of(fact), fact)

    def _ask_control_site(self) -> None:
        made = control_site(
            f"https://{CONTROL_SITE}/generate_204",
            resolve=ResolveMap(tuple(parse_resolve(rule) for rule in self._capture.rules)),
            upstream_ca=self._capture.trusted,
        )
        self.write("control", "control", made)
