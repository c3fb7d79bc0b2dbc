"""One run: its folder, its phones, its verdicts. Pytest drives it through the plugin."""

from __future__ import annotations

import platform
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from harness.adapters.har import export_har
from harness.adapters.observation_file import PARTS, ObservationWriter, merge, read_observations
from harness.adapters.places import state_folder
from harness.adapters.profile_file import load_profile
from harness.attribution.known_cost import with_known_cost
from harness.domain.app_build import label_of
from harness.domain.device import DeviceEntry
from harness.domain.file_stem import file_stem
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.domain.removal import USUAL_ARM, Arm
from harness.domain.verdict import AppLabel, DeviceLabel, Incident, Verdict
from harness.ports import InstrumentError
from harness.session.faults import FaultPlan
from harness.session.har_export import parties_of
from harness.session.injection import Injection
from harness.session.judging import group_incidents, judge
from harness.session.ledger import Ledger
from harness.session.phone_session import PhoneSession, RunContext
from harness.session.run_folder import RunFolder, link_latest, make_run_folder
from harness.session.run_manifest import write_run_manifest
from harness.session.scenario_run import ScenarioRun
from harness.session.second_phone import compare
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


class Run:
    """`session` opens phones, `scenario` starts tries, `judge` gives verdicts, `close` ends."""

    def __init__(self, request: RunRequest) -> None:
        """Raises InstrumentError("disk", …) and UnknownFaultError."""
        self.request = request
        self.fault = FaultPlan.from_environment()
        moments = [fault.name for fault in request.faults if fault.at_step]
        if moments and self.fault.name is None:
            self.fault = FaultPlan(moments[0], skip=1)
        self.folder: RunFolder = make_run_folder(request.out)
        self.verdicts: list[Verdict] = []
        self.incidents: list[Incident] = []
        self.problems: list[str] = []
        """Sentences about what the run itself could not do (reports, phones)."""
        self.unsuitable: list[str] = []
        """Phones that are known but not attached or not fit, each with what to do."""
        self.notes: list[str] = []
        """Sentences about what was found on a phone and mended before the run."""
        self.sessions: dict[str, PhoneSession] = {}
        self.started = time.time()
        self._tools = RunTools(self.folder.logs)
        self._context = RunContext(
            folder=self.folder,
            tools=self._tools,
            key=secrets.token_bytes(32),
            host=platform.node() or "localhost",
            incident=request.incident,
            attended=request.attended,
            interception=request.interception,
            faults=request.faults,
        )
        self._profile: AppProfile | None = None
        self._tries: dict[tuple[str, str], int] = {}
        self._judged: dict[int, tuple[float, AppProfile]] = {}

    def profile_of(self, entry: DeviceEntry) -> AppProfile:
        """The app profile of a phone. Raises what load_profile raises."""
        return load_profile(self.request.profile or entry.profile)

    def session(self, entry: DeviceEntry) -> PhoneSession:
        """A phone, opened. On failure it is given back first and the error is raised."""
        self._profile = self.profile_of(entry)
        session = PhoneSession(entry, self._profile, self._context)
        self.sessions[entry.name] = session
        try:
            session.open()
        finally:
            self.notes += session.notes
        return session

    def scenario(self, session: PhoneSession, name: str, start_state: str | None) -> ScenarioRun:
        """The next try of a scenario on a phone."""
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
        observations = self.observations_of(run.session.entry.name, run.name, run.begun)
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
        self._judged[len(self.verdicts)] = (run.begun, run.session.profile)
        self.verdicts.append(verdict)
        return verdict

    def observations_of(self, device: str, scenario: str, begun: float) -> list[Observation]:
        """What was seen of a try, and of its phone outside of any scenario."""
        return belonging(read_observations(self.folder.path), device, scenario, begun)

    def _compare_phones(self) -> None:
        """Judges again what another phone of this run has told since."""
        for compared in compare(self.verdicts):
            old = compared.verdict
            number = self.verdicts.index(old)
            if old.device is None or old.scenario is None or number not in self._judged:
                continue
            name, parts = old.device.name, self.folder.path / PARTS
            with ObservationWriter(
                parts / f"{file_stem(name)}.compared.jsonl",
                source="control",
                host=self._context.host,
                device=name,
            ) as log:
                log.write("control", compared.control, scenario=old.scenario)
            begun, profile = self._judged[number]
            self.verdicts[number] = judge(
                self.observations_of(name, old.scenario, begun),
                profile,
                device=old.device,
                app=old.app,
                incident=old.incident,
                number=old.try_number,
            )

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
            session.close()
            self._attempt("keep the baseline", lambda: self._learn(session))

    def close(self) -> None:
        """Gives everything back, merges, writes verdicts, builds the reports."""
        devices = [device_label(session) for session in self.sessions.values()]
        self._attempt("compare the phones", self._compare_phones)
        for session in reversed(list(self.sessions.values())):
            session.close()
        self.sessions.clear()
        self._tools.close()
        known = [verdict.device for verdict in self.verdicts if verdict.device is not None]
        self._attempt("merge the observations", lambda: merge(self.folder.path))
        self._attempt("tell what deleting the app costs", self._tell_cost)
        self._attempt("group the incidents", self._group)
        self._attempt("write the verdicts", self._write_verdicts)
        self._attempt("write the manifest", lambda: write_run_manifest(self, [*known, *devices]))
        self._attempt("build the reports", self._build)
        link_latest(self.folder.path)

    def _tell_cost(self) -> None:
        """The experiment is the last scenario; what it showed bears on the others' advice."""
        self.verdicts = with_known_cost(self.verdicts, read_observations(self.folder.path))

    def _group(self) -> None:
        self.incidents = group_incidents(self.verdicts, self._profile)

    def _write_verdicts(self) -> None:
        from harness.adapters.verdict_file import write_verdicts

        write_verdicts(self.folder.path / "verdicts.json", self.verdicts, self.incidents)

    def _build(self) -> None:
        from harness.reporting.build import build_reports

        self.problems.extend(build_reports(self.folder.path).problems)

    def _attempt(self, action: str, call: Callable[[], object]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - one report that fails must not cost the others
            self.problems.append(f"could not {action}: {type(error).__name__}: {error}")


def belonging(
    observations: Iterable[Observation], device: str, scenario: str, begun: float
) -> list[Observation]:
    """Observations of one try: its own, and those of its phone that belong to no scenario."""
    slack = 0.001  # the first line is written right after `begun` was taken
    return [
        seen
        for seen in observations
        if seen.device in (device, None)
        and (seen.scenario is None or (seen.scenario == scenario and seen.mono >= begun - slack))
    ]


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
