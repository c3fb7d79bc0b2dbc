"""The steps of one try: begun, done or failed, with what was seen and controlled."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import allure

from harness.adapters.observation_tail import Tail
from harness.adapters.proxy.no_tap import NoTap
from harness.attribution.suspicion import capture_in_question
from harness.domain.facts.scenario import StepBegun, StepEnded
from harness.domain.facts.traffic import Connection
from harness.domain.observation import Observation
from harness.domain.recovery import UNDER_THE_CLAIM
from harness.pages.app import App
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError
from harness.session.app_failures import AppFailures
from harness.session.app_launcher import AppLauncher
from harness.session.baseline import calls_of
from harness.session.capture_off import CaptureOff
from harness.session.controls import compare_with_baseline, make_controls, suspects
from harness.session.evidence_shots import Camera, Shot
from harness.session.exception_texts import clean_exception
from harness.session.exit_reasons import deaths_since
from harness.session.faults import FaultPlan
from harness.session.hands_off import HandsOff, hosts_to_try
from harness.session.phone_session import PhoneSession
from harness.session.wire import gate_on_wire

Again = Callable[[App], bool]
"""A step looked at again; True = the user gets what it is for."""

TUNNEL_WAIT = 0.7
"""Seconds until the proxy has written down connections that the app lost."""


class NotRunError(Exception):
    """The scenario cannot be run here and now; `reason` is a short code."""

    def __init__(self, reason: str, text: str) -> None:
        self.reason = reason
        super().__init__(f"not run: {text} ({reason})")


class Steps:
    """Call it as `with step("submit log-in", needs="login"):`."""

    def __init__(
        self, session: PhoneSession, camera: Camera, fault: FaultPlan, onlooker: App | None = None
    ) -> None:
        """`onlooker`: the app by a hand that writes nothing down, to look at a step again."""
        self._session = session
        self._onlooker = onlooker
        self._camera = camera
        self._fault = fault
        self._wire = Tail(session.journal.proxy_file)
        self._app_failures = AppFailures(session.journal.adb_file, session.app.package)
        self.judges_the_app = True
        """False: an experiment on the app, complete whatever the app does meanwhile."""
        self._opaque: dict[tuple[str, int], None] = {}  # hosts whose traffic cannot be read
        self._second_look: tuple[Again, tuple[str, ...]] | None = None
        self._begun = time.monotonic()
        self.failed: str | None = None
        """Title of the step that failed."""
        self.listener: Callable[[str, str], None] = lambda _title, _state: None
        """Told of each step: title, and begun, done or failed."""

    @contextmanager
    def __call__(
        self, title: str, needs: str | tuple[str, ...] = (), again: Again | None = None
    ) -> Generator[None]:
        """One step. Re-raises what failed in it; a gate seen on the wire as BlockedError.

        `again` looks from the app's start whether the user gets what the step is for; for
        steps that change nothing, never for a log-in.
        """
        wanted = (needs,) if isinstance(needs, str) else tuple(needs)
        journal = self._session.journal
        journal.step = title
        # What was seen before belongs to earlier steps; refused hosts pass from now on.
        self._session.pinning.learn(self._note(self._wire.new()))
        begun = time.monotonic()
        journal.log("scenario").write("step.begun", StepBegun(title, wanted))
        self.listener(title, "begun")
        try:
            with allure.step(title), self._clean_errors():
                if self._fault.due(title, wanted):
                    self._fault.fire(self._session.breakers())
                yield
                self._require_no_failure()
                self._end(title, begun)
        except BaseException as error:
            if self.failed is not None:
                raise
            self.failed = title
            self._second_look = None if again is None else (again, wanted)
            raised = self._on_failure(title, begun, error)
            if raised is error:
                raise
            raise raised from error
        finally:
            journal.step = None

    @contextmanager
    def _clean_errors(self) -> Generator[None]:
        """Allure writes an error down as soon as it leaves the step."""
        try:
            yield
        except BaseException as error:
            clean_exception(error, self._session.clean)
            raise

    def _note(self, observations: list[Observation]) -> list[Observation]:
        for observation in observations:
            facts = observation.facts
            if isinstance(facts, Connection) and facts.passed_through and facts.host:
                self._opaque[(facts.host, facts.port or 443)] = None
        return observations

    def _on_failure(self, title: str, begun: float, error: BaseException) -> BaseException:
        if isinstance(error, KeyboardInterrupt):
            self._write_end(title, begun, error, Shot())
            return error
        error = self._mend(error)
        self._session.await_proxy()
        observations = self._note(self._wire.new())
        self._session.pinning.prove(observations)
        raised = self._as_blocked(error, observations)
        shot = self._camera.take(title)
        _attach(shot)
        if not isinstance(raised, NotRunError | BlockedError):
            self._control([*observations, *self._reveal_tunnels()])
        self._write_end(title, begun, raised, shot)
        return raised

    def _mend(self, error: BaseException) -> BaseException:
        """Before anything is concluded: was the way to the phone whole?

        The step stays failed, but what was claimed of the app while the way was broken, or
        the screen dark, is no claim. What is mended serves the evidence and what comes after.
        """
        if isinstance(error, NotRunError | BlockedError):
            return error
        recovery = self._session.recovery
        trouble = recovery.look()
        ours = isinstance(error, InstrumentError)
        if trouble is None and not ours:
            return error
        said = f"{type(error).__name__}: {first_line(error)[:120]}"
        recovery.recover(said)
        if ours or trouble is None or trouble not in UNDER_THE_CLAIM:
            return error
        return InstrumentError(
            "adb",
            f"look at {self._session.entry.name}",
            f"{trouble}, so this is no claim about the app: {said}",
            cause=trouble.name.lower(),
        )

    def _require_no_failure(self) -> None:
        """A crash or ANR fails the step also where the app went on and got to the end of it."""
        did = self._app_failures.new()
        if did is not None and self.judges_the_app:
            raise AssertionError(f"{self._session.profile.title} {did}: Android's log says so")

    def _end(self, title: str, begun: float) -> None:
        shot = self._camera.take(title)
        _attach(shot)
        self._write_end(title, begun, None, shot)

    def _reveal_tunnels(self) -> list[Observation]:
        """Ends the app where traffic passes undecrypted: such a connection is only written
        down when it is over, and without it nobody knows which host the app talked to."""
        if not self._session.pinning.active:
            return []
        try:
            self._session.stop_app()
        except InstrumentError as error:
            self._session.journal.failed(error)
            return []
        time.sleep(TUNNEL_WAIT)
        return self._note(self._wire.new())

    def _as_blocked(self, error: BaseException, observations: list[Observation]) -> BaseException:
        """A failure after the service asked for a person is that gate's, not the product's."""
        if not isinstance(error, AssertionError | ElementMissingError):
            return error
        gate = gate_on_wire(self._session.profile, observations)
        return error if gate is None else BlockedError(gate.meaning, gate.text)

    def _control(self, observations: list[Observation]) -> None:
        session = self._session
        targets = suspects(observations) or list(reversed(self._opaque))
        log = session.journal.log("control")
        compare_with_baseline(log, session.reach, calls_of(observations))
        make_controls(log, session.reach, targets)
        try:
            self._without_us(observations)
        except InstrumentError as error:
            session.journal.failed(error)
        try:
            session.note_conditions()
            for death in deaths_since(
                session.device, session.app.package, time.monotonic() - self._begun
            ):
                session.journal.log("adb").write("app.death", death)
        except InstrumentError as error:
            session.journal.failed(error)
        if session.proxy.gave_up is not None:
            session.journal.failed(InstrumentError("proxy", "look after it", session.proxy.gave_up))

    def _without_us(self, observations: list[Observation]) -> None:
        """Where our decryption or our proxy may be the cause, the app is tried without it.

        Raises InstrumentError.
        """
        session = self._session
        if session.pinning.active or isinstance(session.proxy, NoTap):
            return
        app, log = AppLauncher(session), session.journal.log("control")
        running = self._second_look is not None and session.app_runs()
        hosts = hosts_to_try(observations)
        if hosts:
            trial = HandsOff(app, session.proxy, self._wire, session.pinning.passed)
            made, seen = trial.pass_through(hosts)
            self._note(seen)
            log.write("control", made)
            if made.result == "ok":
                return
        onlooker, look = self._onlooker, self._second_look
        possible = running and session.attachment.route.may_be_set_aside
        if look is None or onlooker is None or not possible:
            return
        again, names = look
        needs = [need for name, need in session.profile.needs.items() if name in names]
        if capture_in_question(observations, needs, session.profile):
            off = CaptureOff(app, session.attachment.set_aside, lambda: again(onlooker))
            log.write("control", off.same_step())

    def _write_end(self, title: str, begun: float, error: BaseException | None, shot: Shot) -> None:
        if isinstance(error, InstrumentError):
            self._session.journal.failed(error)
        fact = StepEnded(
            title=title,
            ok=error is None,
            begun=begun,
            error_kind=None if error is None else error_kind(error),
            message="" if error is None else self._session.clean(first_line(error)),
            screenshot=shot.screenshot,
            source=shot.source,
        )
        self._session.journal.log("scenario").write("step.ended", fact)
        self.listener(title, "done" if error is None else "failed")


def first_line(error: BaseException) -> str:
    """What was said, without what pytest adds to an assertion."""
    lines = str(error).splitlines()
    return lines[0][:500] if lines else type(error).__name__


def error_kind(error: BaseException) -> str:
    """assertion, instrument, locator, blocked, not_run or other."""
    if isinstance(error, AssertionError):
        return "assertion"
    if isinstance(error, InstrumentError):
        return "instrument"
    if isinstance(error, ElementMissingError | ElementGoneError):
        return "locator"
    if isinstance(error, BlockedError):
        return "blocked"
    return "not_run" if isinstance(error, NotRunError) else "other"


def _attach(shot: Shot) -> None:
    for path, kind in (
        (shot.png, allure.attachment_type.PNG),
        (shot.xml, allure.attachment_type.XML),
    ):
        if isinstance(path, Path):
            allure.attach.file(str(path), path.name, kind)
