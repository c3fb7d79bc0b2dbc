"""The end of a run: what its phones gave becomes one report. Also for phones of many processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.adapters.observation_file import (
    PARTS,
    ObservationWriter,
    Reading,
    merge,
    read_observations,
)
from harness.adapters.profile_file import load_profile
from harness.attribution.known_cost import with_known_cost
from harness.attribution.odd_phone import find_odd_phones, with_odd_phones_apart
from harness.domain.file_stem import file_stem
from harness.domain.observation import Observation
from harness.domain.odd_one_out import OddOne
from harness.domain.verdict import DeviceLabel, Incident, Verdict
from harness.session.judging import group_incidents, judge
from harness.session.phone_factors import factors_of, with_shared_factors
from harness.session.run_folder import RunFolder, link_latest
from harness.session.run_manifest import write_run_manifest
from harness.session.second_phone import compare


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and what it takes to judge its try again."""

    verdict: Verdict
    begun: float  # monotonic seconds
    profile: str  # name of the app profile, or its file
    whole: bool = True  # False: nobody saw the try's end, so it is not judged again


@dataclass(slots=True)
class RunEnd:
    """What is known once all phones are given back; `finish` fills in the rest."""

    folder: RunFolder
    host: str
    started: float  # UTC seconds
    incident: str | None
    interception: bool
    judged: list[Judged] = field(default_factory=list[Judged])
    labels: list[DeviceLabel] = field(default_factory=list[DeviceLabel])
    unsuitable: list[str] = field(default_factory=list[str])
    problems: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    incidents: list[Incident] = field(default_factory=list[Incident])
    odd: tuple[OddOne, ...] = ()

    @property
    def verdicts(self) -> list[Verdict]:
        """In the order in which they were given."""
        return [judged.verdict for judged in self.judged]

    @verdicts.setter
    def verdicts(self, changed: list[Verdict]) -> None:
        """The same tries, told anew."""
        pairs = zip(self.judged, changed, strict=True)
        self.judged = [replace(judged, verdict=verdict) for judged, verdict in pairs]


def finish(end: RunEnd) -> None:
    """Compares the phones, merges, writes verdicts, manifest and reports.

    What fails is a sentence in `problems` and stops nothing.
    """
    path = end.folder.path

    def attempt(action: str, call: Callable[[], object]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - one report that fails must not cost the others
            end.problems.append(f"could not {action}: {type(error).__name__}: {error}")

    attempt("compare the phones", lambda: _compare_phones(end))
    attempt("merge the observations", lambda: merge(path))
    attempt("tell what deleting the app costs", lambda: _tell_cost(end))
    attempt("find the odd one out", lambda: _set_odd_apart(end))
    attempt("group the incidents", lambda: _group(end))
    attempt("write the verdicts", lambda: _write_verdicts(end))
    attempt("write the manifest", lambda: write_run_manifest(end))
    attempt("build the reports", lambda: _build(end))
    link_latest(path)


def _compare_phones(end: RunEnd) -> None:
    """Judges again what another phone of this run has told since."""
    for compared in compare(end.verdicts):
        old = compared.verdict
        number = end.verdicts.index(old)
        if old.device is None or old.scenario is None:
            continue
        name, parts = old.device.name, end.folder.path / PARTS
        with ObservationWriter(
            parts / f"{file_stem(name)}.compared.jsonl",
            source="control",
            host=end.host,
            device=name,
        ) as log:
            log.write("control", compared.control, scenario=old.scenario)
        judged = end.judged[number]
        if not judged.whole:
            continue
        again = judge(
            observations_of(end.folder.path, name, old.scenario, judged.begun),
            load_profile(judged.profile),
            device=old.device,
            app=old.app,
            incident=old.incident,
            number=old.try_number,
        )
        end.judged[number] = replace(judged, verdict=again)


def _tell_cost(end: RunEnd) -> None:
    """The experiment is the last scenario; what it showed bears on the others' advice."""
    end.verdicts = with_known_cost(end.verdicts, read_observations(end.folder.path))


def _set_odd_apart(end: RunEnd) -> None:
    """A phone that fails alone is no witness against the service."""
    end.odd = find_odd_phones(end.verdicts)
    end.verdicts = with_odd_phones_apart(end.verdicts, end.odd)


def _group(end: RunEnd) -> None:
    profile = load_profile(end.judged[-1].profile) if end.judged else None
    end.incidents = group_incidents(end.verdicts, profile, end.odd)
    if profile is not None and end.incidents:
        factors = factors_of(read_observations(end.folder.path), profile)
        end.incidents = with_shared_factors(end.incidents, factors)


def _write_verdicts(end: RunEnd) -> None:
    from harness.adapters.verdict_file import write_verdicts

    write_verdicts(end.folder.path / "verdicts.json", end.verdicts, end.incidents)


def _build(end: RunEnd) -> None:
    from harness.reporting.build import build_reports

    end.problems.extend(build_reports(end.folder.path).problems)


def observations_of(run: Path, device: str, scenario: str, begun: float) -> list[Observation]:
    """What was seen of a try, and of its phone outside of any scenario.

    While a run goes on only the phone's own files are read: others are being written.
    """
    own = sorted((run / PARTS).glob(f"{file_stem(device)}.*.jsonl"))
    reading = Reading(own) if own else read_observations(run)
    return belonging(reading, device, scenario, begun)


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
