"""One run: its folder, its phones, its verdicts. Pytest drives it through the plugin."""

from __future__ import annotations

import platform
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.har import export_har
from harness.adapters.leases import HeldLease, LeaseBook, PhoneHeldError
from harness.adapters.observation_file import read_observations
from harness.adapters.places import state_folder
from harness.adapters.profile_file import load_profile
from harness.domain.app_build import label_of
from harness.domain.device import DeviceEntry
from harness.domain.profile import AppProfile
from harness.domain.removal import USUAL_ARM, Arm
from harness.domain.verdict import AppLabel, DeviceLabel, Incident, Verdict
from harness.ports import InstrumentError
from harness.session.faults import FaultPlan
from harness.session.har_export import parties_of
from harness.session.injection import Injection
from harness.session.jobs.job import Job, leave_result
from harness.session.judging import judge
from harness.session.ledger import Ledger
from harness.session.phone_session import PhoneSession
from harness.session.run_context import RunContext, UnsuitablePhoneError
from harness.session.run_end import Judged, RunEnd, finish, observations_of
from harness.session.run_folder import RunFolder, make_run_folder
from harness.session.scenario_run import ScenarioRun
from harness.session.steps import NotRunError
from harness.session.tools import RunTools


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What was asked for."""

    out: Path | None = None
    incident: str | None = None
    attended: bool = False
    allow_destructive: bool = False
    interception: bool = True  # False: no proxy on any phone
    arm: Arm = USUAL_ARM  # of the reinstall experiment
    named: tuple[str, ...] = ()  # phones that were asked for by name
    profile: str | None = None  # instead of the entries' own
    faults: tuple[Injection, ...] = ()
    job: Job | None = None  # this process works for one phone of a run of many


class Run:
    """`session` opens phones, `scenario` starts tries, `judge` gives verdicts, `close` ends."""

    def __init__(self, request: RunRequest) -> None:
        """Raises InstrumentError("disk", …) and UnknownFaultError."""
        self.request = request
        self.fault = FaultPlan.from_environment()
        moments = [fault.name for fault in request.faults if fault.at_step]
        if moments and self.fault.name is None:
            self.fault = FaultPlan(moments[0], skip=1)
        job = request.job
        self.folder: RunFolder = job.folder if job is not None else make_run_folder(request.out)
        self.incidents: list[Incident] = []
        self.problems: list[str] = []
        """Sentences about what the run itself could not do (reports, phones)."""
        self.unsuitable: list[str] = []
        """Phones that are known but not attached or not fit, each with what to do."""
        self.notes: list[str] = []
        """Sentences about what was found on a phone and mended before the run."""
        self.sessions: dict[str, PhoneSession] = {}
        self.started = time.time()
        self._tools = RunTools(self.folder.logs, job.servers if job is not None else None)
        self._context = RunContext(
            folder=self.folder,
            tools=self._tools,
            key=job.key if job is not None else secrets.token_bytes(32),
            host=platform.node() or "localhost",
            incident=request.incident,
            attended=request.attended,
            interception=request.interception,
            faults=request.faults,
            own_fault=self.fault,
        )
        self._tries: dict[tuple[str, str], int] = {}
        self._leases: dict[str, HeldLease] = {}
        self._judged: list[Judged] = []
        self._labels: list[DeviceLabel] = []

    @property
    def verdicts(self) -> list[Verdict]:
        """In the order in which they were given."""
        return [judged.verdict for judged in self._judged]

    def profile_of(self, entry: DeviceEntry) -> AppProfile:
        """The app profile of a phone. Raises what load_profile raises."""
        return load_profile(self.request.profile or entry.profile)

    def session(self, entry: DeviceEntry) -> PhoneSession:
        """A phone that is ours alone, opened; `release` gives it back, also after a failure.

        Raises UnsuitablePhoneError where another run of this host has it.
        """
        self._hold(entry)
        session = PhoneSession(entry, self.profile_of(entry), self._context)
        self.sessions[entry.name] = session
        try:
            session.open()
        finally:
            self.notes += session.notes
        return session

    def scenario(self, session: PhoneSession, name: str, start_state: str | None) -> ScenarioRun:
        """The next try of a scenario on a phone. NotRunError where it is another run's by now."""
        lease = self._leases.get(session.entry.name)
        if lease is not None and lease.lost:
            told = (
                f"phone {session.entry.name!r} was taken over by another run: ours slept too long"
            )
            self.problems.append(told)
            raise NotRunError("lease_lost", told)
        key = (session.entry.name, name)
        self._tries[key] = self._tries.get(key, 0) + 1
        limits = session.profile.limits
        return ScenarioRun(
            session,
            name,
            start_state=start_state,
            number=self._tries[key],
            fault=self.fault,
            ledger=Ledger(state_folder(), self.folder.id, limits),
        )

    def judge(self, run: ScenarioRun) -> Verdict:
        """The verdict of a try that has ended; its HAR is written as well."""
        name = run.session.entry.name
        observations = observations_of(self.folder.path, name, run.name, run.begun)
        verdict = judge(
            observations,
            run.session.profile,
            device=device_label(run.session),
            app=app_label(run.session),
            incident=self.request.incident,
            number=run.number,
        )
        capture = run.folder / "capture.mitm"
        try:
            export_har(
                observations,
                run.folder / "capture.har",
                mitm=capture if capture.exists() else None,
                parties=parties_of([verdict]),
            )
        except (InstrumentError, OSError, ValueError) as error:
            self.problems.append(f"no HAR of {run.name}: {error}")
        profile_name = self.request.profile or run.session.entry.profile
        self._judged.append(Judged(verdict, run.begun, profile_name))
        self._leave(ended=False)
        return verdict

    def _learn(self, session: PhoneSession) -> None:
        """The phone's calls of this run become part of its baseline."""
        if not session.journal.proxy_file.exists():
            return  # the phone was not there
        baseline = session.reach.baseline
        if baseline is not None:
            baseline.learn(read_observations(session.journal.proxy_file))

    def release(self, entry: DeviceEntry) -> None:
        """Gives one phone back."""
        session = self.sessions.pop(entry.name, None)
        if session is not None:
            self._labels.append(device_label(session))
            session.close()
            if session.recovery.gave_up is not None:
                self.problems.append(f"phone {entry.name}: {session.recovery.gave_up}")
            self._attempt("keep the baseline", lambda: self._learn(session))
        lease = self._leases.pop(entry.name, None)
        if lease is not None:
            self._attempt("give the lease back", lease.give_back)

    def _hold(self, entry: DeviceEntry) -> None:
        """Phones that are started for the run are nobody else's."""
        serial = entry.serial or (f"avd:{entry.avd}" if entry.avd is not None else None)
        if serial is None:
            return
        try:
            self._leases[entry.name] = LeaseBook().take(serial, entry.name, self.folder.id)
        except PhoneHeldError as held:
            raise UnsuitablePhoneError(
                f"{held}; wait for it, or choose another phone. A run that died frees it by itself"
            ) from held

    def close(self) -> None:
        """Gives everything back; then the verdicts of all phones become one report.

        A job leaves its verdicts for the run that it works for.
        """
        for session in reversed(list(self.sessions.values())):
            self.release(session.entry)
        self._tools.close()
        if self.request.job is not None:
            self._leave(ended=True)
            return
        end = self._end()
        finish(end)
        self._judged, self.incidents, self.problems = end.judged, end.incidents, end.problems

    def _end(self) -> RunEnd:
        return RunEnd(
            self.folder,
            host=self._context.host,
            started=self.started,
            incident=self.request.incident,
            interception=self.request.interception,
            judged=self._judged,
            labels=self._labels,
            unsuitable=self.unsuitable,
            problems=self.problems,
            notes=self.notes,
        )

    def _leave(self, *, ended: bool) -> None:
        """What a job knows so far, on disk: it may be killed at any moment."""
        job = self.request.job
        if job is not None:
            leave_result(job, self._end(), ended=ended)

    def _attempt(self, action: str, call: Callable[[], object]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - one report that fails must not cost the others
            self.problems.append(f"could not {action}: {type(error).__name__}: {error}")


def device_label(session: PhoneSession) -> DeviceLabel:
    """As much as is known of the phone."""
    identity = getattr(session, "identity", None)
    if identity is None:
        return DeviceLabel(session.entry.name, session.entry.serial)
    return DeviceLabel(
        session.entry.name, identity.serial, identity.model, identity.api, identity.simulated
    )


def app_label(session: PhoneSession) -> AppLabel | None:
    """As much as is known of the app."""
    app = getattr(session, "app", None)
    return None if app is None else label_of(app)
