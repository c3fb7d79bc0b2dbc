"""Reads a run folder into what the reports show: one try of one scenario after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.observation_file import read_observations
from harness.adapters.verdict_file import read_verdicts
from harness.domain.facts import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    CaptureGap,
    CaptureVisibility,
    Connection,
    ControlMade,
    DeviceConditions,
    DeviceIdentity,
    Exchange,
    InstrumentFailure,
    ProxyStarted,
    ProxyStopped,
    RecoveryTried,
    ScenarioBegun,
    Screen,
    ScreenFilm,
    StepEnded,
)
from harness.domain.file_stem import file_stem
from harness.domain.observation import Observation
from harness.domain.verdict import Incident, Verdict
from harness.ports import InstrumentError


@dataclass(frozen=True, slots=True)
class Try:
    """One try of a scenario on one phone: its verdict and what was seen meanwhile."""

    verdict: Verdict
    steps: tuple[Observation, ...] = ()  # step.ended
    exchanges: tuple[Observation, ...] = ()
    connections: tuple[Observation, ...] = ()  # those that failed or were not decrypted
    events: tuple[Observation, ...] = ()  # crashes, conditions, controls, instruments
    home: str = ""  # folder of its run within a merged one

    @property
    def slug(self) -> str:
        """Folder of its artefacts within tests/."""
        device = self.verdict.device.name if self.verdict.device else "no-phone"
        scenario = self.verdict.scenario or "capture"
        return f"{file_stem(device)}/{file_stem(scenario)}/try-{self.verdict.try_number}"

    @property
    def decisive_picture(self) -> str | None:
        """Screenshot of the failing step, else the last one taken; path in the run folder."""
        pictures = [
            (step.facts.ok, step.facts.screenshot)
            for step in self.steps
            if isinstance(step.facts, StepEnded) and step.facts.screenshot
        ]
        failed = [picture for ok, picture in pictures if not ok]
        found = failed[0] if failed else (pictures[-1][1] if pictures else None)
        return self.within(found) if found else None

    @property
    def folder(self) -> str:
        """Where its artefacts lie, from the folder that is reported on."""
        return self.within(f"tests/{self.slug}")

    def within(self, path: str) -> str:
        """A path of its run, from the folder that is reported on."""
        return f"{self.home}/{path}" if self.home else path


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A whole run as the reports see it."""

    folder: Path
    manifest: dict[str, Any]
    tries: tuple[Try, ...]
    incidents: tuple[Incident, ...]
    cited: dict[str, Observation]  # every observation that a verdict refers to
    damage: tuple[str, ...] = ()
    simulated: bool = False
    zones: dict[str, str] = field(default_factory=dict[str, str])  # phone -> its time zone


PHONE_WIDE = (
    AppCrash
    | AppNotResponding
    | AppDeath
    | DeviceConditions
    | CaptureGap
    | CaptureVisibility
    | ProxyStarted
    | ProxyStopped
    | InstrumentFailure
    | RecoveryTried
)
"""Facts that bear on whatever scenario ran at that time."""

type _Key = tuple[str | None, str | None, int]


@dataclass(slots=True)
class _Gathered:
    """What one pass over the observations collects, by (device, scenario)."""

    steps: list[Observation] = field(default_factory=list[Observation])
    exchanges: list[Observation] = field(default_factory=list[Observation])
    connections: list[Observation] = field(default_factory=list[Observation])
    events: list[Observation] = field(default_factory=list[Observation])

    def add(self, seen: Observation) -> None:
        facts = seen.facts
        if isinstance(facts, StepEnded):
            self.steps.append(seen)
        elif isinstance(facts, Exchange):
            self.exchanges.append(seen)
        elif isinstance(facts, Connection):
            if facts.requests == 0:
                self.connections.append(seen)
        elif (
            isinstance(facts, ControlMade)
            or seen.source in {"adb", "harness"}
            or isinstance(facts, Screen | ScreenFilm)
        ):
            self.events.append(seen)


def cited_ids(verdicts: Iterable[Verdict]) -> set[str]:
    """Ids of all observations that the verdicts rest on."""
    return {
        ref
        for verdict in verdicts
        for evidence in (*verdict.evidence, *verdict.conflicts)
        for ref in evidence.refs
    }


def read_run(folder: Path, *, verdicts_needed: bool = True) -> RunRecord:
    """A run, or a merged one as the sum of its runs.

    `verdicts_needed` False: a merged run whose own verdicts.json is still to be written.
    Raises InstrumentError("report", …) when the folder is no run folder.
    """
    manifest_file = folder / "manifest.json"
    manifest = msgspec.json.decode(manifest_file.read_bytes()) if manifest_file.is_file() else {}
    if manifest.get("merged_runs"):
        return _read_merged(folder, manifest, with_incidents=verdicts_needed)
    verdict_file = folder / "verdicts.json"
    if not verdict_file.is_file():
        raise InstrumentError(
            "report",
            f"read {folder}",
            "there is no verdicts.json",
            advice="Give a folder under reports/ (reports/latest is the newest).",
        )
    verdicts, incidents = read_verdicts(verdict_file)
    wanted = cited_ids(verdicts)
    cited: dict[str, Observation] = {}
    zones: dict[str, str] = {}
    simulated = False
    by_try = _ByTry()
    reading = read_observations(folder)
    for seen in reading:
        if seen.id in wanted:
            cited[seen.id] = seen
        if isinstance(seen.facts, DeviceIdentity):
            simulated = simulated or seen.facts.simulated
            zones[seen.device or ""] = seen.facts.timezone
        by_try.add(seen)
    tries = tuple(by_try.try_of(verdict) for verdict in verdicts)
    damage = tuple(str(item) for item in reading.damage)
    return RunRecord(folder, manifest, tries, tuple(incidents), cited, damage, simulated, zones)


def merged_ids(ids: Iterable[str], taken: set[str]) -> dict[str, str]:
    """Old id -> id in a merged run: the same where it is free, else with a number."""
    given: dict[str, str] = {}
    for old in ids:
        new, number = old, 2
        while new in taken:
            new, number = f"{old}~{number}", number + 1
        taken.add(new)
        given[old] = new
    return given


def _read_merged(folder: Path, manifest: dict[str, Any], *, with_incidents: bool) -> RunRecord:
    """The runs inside of a merged one, each where it lies."""
    tries: list[Try] = []
    cited: dict[str, Observation] = {}
    zones: dict[str, str] = {}
    damage: list[str] = []
    taken: set[str] = set()
    simulated = False
    for part in manifest["merged_runs"]:
        record = read_run(folder / part["path"])
        ids = merged_ids([item.verdict.id for item in record.tries], taken)
        tries += [
            replace(item, verdict=replace(item.verdict, id=ids[item.verdict.id]), home=part["path"])
            for item in record.tries
        ]
        cited |= record.cited
        zones |= record.zones
        damage += record.damage
        simulated = simulated or record.simulated
    incidents = read_verdicts(folder / "verdicts.json")[1] if with_incidents else []
    return RunRecord(
        folder, manifest, tuple(tries), tuple(incidents), cited, tuple(damage), simulated, zones
    )


class _ByTry:
    """Sorts the observations of a run into its tries, in one pass over the merged file."""

    def __init__(self) -> None:
        self._gathered: dict[_Key, _Gathered] = {}
        self._number: dict[tuple[str | None, str | None], int] = {}
        self._phone_wide: dict[str | None, list[Observation]] = {}

    def add(self, seen: Observation) -> None:
        """In the order of the file: a try's begin comes before what belongs to it."""
        place = (seen.device, seen.scenario)
        if isinstance(seen.facts, ScenarioBegun):
            self._number[place] = seen.facts.try_number
        if seen.scenario is None and isinstance(seen.facts, PHONE_WIDE):
            self._phone_wide.setdefault(seen.device, []).append(seen)
        key = (*place, self._number.get(place, 1))
        self._gathered.setdefault(key, _Gathered()).add(seen)

    def try_of(self, verdict: Verdict) -> Try:
        """Everything of the verdict's try, and what befell its phone meanwhile."""
        device = verdict.device.name if verdict.device else None
        key = (device, verdict.scenario, verdict.try_number)
        seen = self._gathered.get(key, _Gathered())
        times = [one.mono for one in (*seen.steps, *seen.exchanges)]
        meanwhile = [
            one
            for one in self._phone_wide.get(device, [])
            if times and min(times) - 0.5 <= one.mono <= max(times) + 0.2
        ]
        return Try(
            verdict,
            tuple(seen.steps),
            tuple(seen.exchanges),
            tuple(seen.connections),
            (*seen.events, *meanwhile),
        )
