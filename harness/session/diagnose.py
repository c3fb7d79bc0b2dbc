"""`diagnose`: judges recorded evidence again, without a phone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.adapters.observation_reading import Reading, read_observations
from harness.adapters.profile_file import load_profile
from harness.adapters.recording_kind import UnknownRecordingError, kind_of
from harness.adapters.verdict_file import VerdictFileError, read_verdicts
from harness.attribution.engine import judge_capture, judge_scenario
from harness.attribution.incidents import group_incidents
from harness.attribution.known_cost import with_known_cost
from harness.domain.app_build import label_of
from harness.domain.exit_code import USAGE, exit_code
from harness.domain.facts.capture import ProxyStarted
from harness.domain.facts.device import AppPackage, DeviceIdentity
from harness.domain.facts.scenario import ScenarioBegun
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.domain.verdict import AppLabel, DeviceLabel, Incident, Verdict
from harness.session.har_reader import HarError, read_har
from harness.session.mitm_reader import MitmError, read_mitm
from harness.session.profile_choice import fitting_profile, hosts_in


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What one path gave. `readable` False: nothing could be used, `notes` says why.

    `changes`: how the verdicts differ from those that the folder has on file.
    """

    path: Path
    kind: str  # run, capture, mitm, har, unreadable
    verdicts: tuple[Verdict, ...] = ()
    incidents: tuple[Incident, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    readable: bool = True

    @property
    def exit_code(self) -> int:
        """As for a run; 2 for what cannot be read."""
        return exit_code(self.verdicts) if self.readable else USAGE


@dataclass(slots=True)
class _Contents:
    """What a first look at a folder's observations found."""

    tries: list[tuple[str | None, str, int, float]] = field(
        default_factory=list[tuple[str | None, str, int, float]]
    )
    profile: str | None = None
    devices: dict[str | None, DeviceLabel] = field(default_factory=dict[str | None, DeviceLabel])
    apps: dict[str | None, AppLabel] = field(default_factory=dict[str | None, AppLabel])

    def note(self, seen: Observation) -> None:
        match seen.facts:
            case ScenarioBegun() as begun if seen.scenario is not None:
                self.tries.append((seen.device, seen.scenario, begun.try_number, seen.mono))
            case ProxyStarted() as started:
                self.profile = self.profile or started.profile
            case DeviceIdentity() as phone:
                name = seen.device or phone.serial
                self.devices[seen.device] = DeviceLabel(
                    name, phone.serial, phone.model, phone.api, phone.simulated
                )
            case AppPackage() as app:
                self.apps[seen.device] = label_of(app)
            case _:
                pass


def _unreadable(path: Path, why: str) -> Diagnosis:
    return Diagnosis(path, "unreadable", notes=(f"{path}: {why}",), readable=False)


def _reason(path: Path, error: Exception) -> str:
    """The error's text without the path, which is said already."""
    return str(error).removeprefix(f"{path}: ")


_TELLING = ("scenario.begun", "proxy.started", "device.identity", "app.package")


def _contents(reading: Reading) -> _Contents:
    """A quick look: only lines of the few kinds that matter are decoded."""
    found = _Contents()
    for seen in reading.of_kinds(_TELLING):
        found.note(seen)
    found.tries.sort(key=lambda entry: entry[3])
    return found


def _of_try(
    observations: Iterable[Observation],
    device: str | None,
    scenario: str,
    span: tuple[float, float],
) -> list[Observation]:
    """Observations of one try: its own, and those of its phone that belong to no scenario."""
    begun, ended = span
    return [
        seen
        for seen in observations
        if seen.device in {device, None}
        and (
            seen.scenario is None
            or (seen.scenario == scenario and begun - 0.001 <= seen.mono < ended)
        )
    ]


def _spans(
    tries: Sequence[tuple[str | None, str, int, float]],
) -> list[tuple[str | None, str, tuple[float, float]]]:
    """(device, scenario, (begun, begin of the next try of it)) of each try."""
    found: list[tuple[str | None, str, tuple[float, float]]] = []
    for device, scenario, _, begun in tries:
        later = [t[3] for t in tries if t[:2] == (device, scenario) and t[3] > begun]
        found.append((device, scenario, (begun, min(later, default=float("inf")))))
    return found


def _try_key(verdict: Verdict) -> tuple[str | None, str, int]:
    """What a try has in common with itself, judged again; exchanges have their number."""
    device = verdict.device.name if verdict.device else None
    return device, verdict.scenario or verdict.id, verdict.try_number


def _changes(folder: Path, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """What the rules say otherwise than the verdicts on file."""
    try:
        on_file, _ = read_verdicts(folder / "verdicts.json")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (VerdictFileError, OSError) as error:
        return (f"the verdicts on file cannot be compared: {error}",)
    before = {_try_key(verdict): verdict for verdict in on_file}
    found: list[str] = []
    for verdict in verdicts:
        old = before.pop(_try_key(verdict), None)
        if old is None:
            found.append(f"{verdict.id}: new, {verdict.outcome} {verdict.party} ({verdict.rule})")
        elif (old.outcome, old.party, old.rule) != (verdict.outcome, verdict.party, verdict.rule):
            found.append(
                f"{verdict.id}: was {old.outcome} {old.party} ({old.rule}), "
                f"is {verdict.outcome} {verdict.party} ({verdict.rule})"
            )
    found += [
        f"{old.id}: its evidence is gone, was {old.outcome} {old.party}" for old in before.values()
    ]
    return tuple(found)


def _profile_for(name: str | None, contents: _Contents, reading: Reading) -> AppProfile:
    """Named, else the one it was recorded with, else the one that fits."""
    named = name or contents.profile
    return load_profile(named) if named else fitting_profile(hosts_in(reading))


def _damage(reading: Reading) -> tuple[str, ...]:
    said = tuple(f"damaged line, left out: {entry}" for entry in reading.damage[:20])
    if reading.damaged > len(said):
        return (*said, f"{reading.damaged} damaged lines were left out in all")
    return said


def _folder(path: Path, name: str | None) -> Diagnosis:
    try:
        reading = read_observations(path)
    except OSError as error:
        return _unreadable(path, f"cannot be read: {_reason(path, error)}")
    contents = _contents(reading)
    profile = _profile_for(name, contents, reading)
    if not contents.tries:
        device = next(iter(contents.devices.values()), None)
        judged = judge_capture(reading, profile, device=device)
        damage = _damage(reading)
        if reading.count == 0:
            said = "; ".join(damage)
            return _unreadable(path, f"holds no observation that could be used; {said}")
        return _judged(path, "capture", judged.verdicts, profile, damage)
    observations = list(reading)
    verdicts = [
        judge_scenario(
            _of_try(observations, device, scenario, span),
            profile,
            device=contents.devices.get(device) or (DeviceLabel(device) if device else None),
            app=contents.apps.get(device),
            incident=None,
        )
        for device, scenario, span in _spans(contents.tries)
    ]
    told = with_known_cost(verdicts, observations)
    return _judged(path, "run", told, profile, _damage(reading))


def _judged(
    path: Path, kind: str, verdicts: list[Verdict], profile: AppProfile, notes: tuple[str, ...]
) -> Diagnosis:
    return Diagnosis(
        path,
        kind,
        tuple(verdicts),
        tuple(group_incidents(verdicts, profile)),
        notes,
        _changes(path, verdicts) if path.is_dir() else (),
    )


def _file(path: Path, name: str | None) -> Diagnosis:
    """A HAR or a mitmproxy dump of anyone's; what can be salvaged is judged."""
    notes: list[str] = []
    try:
        kind = kind_of(path)
        read = read_har if kind == "har" else read_mitm
        profile = load_profile(name) if name else fitting_profile(hosts_in(read(path, [])))
        judged = judge_capture(read(path, notes, profile), profile)
    except (HarError, MitmError, UnknownRecordingError) as error:
        return _unreadable(path, _reason(path, error))
    if judged.seen == 0 and not judged.exchanges:
        said = "; ".join(notes) or "no exchange in it"
        return _unreadable(path, f"nothing could be read: {said}")
    return _judged(path, kind, judged.verdicts, profile, tuple(notes))


def diagnose_one(path: Path, *, profile: str | None = None) -> Diagnosis:
    """Judges one path. Raises SettingError for an unusable profile, nothing else."""
    if not path.exists():
        return _unreadable(path, "there is no such file or folder")
    try:
        if path.is_dir() or path.suffix == ".jsonl":
            return _folder(path, profile)
        return _file(path, profile)
    except OSError as error:
        return _unreadable(path, f"cannot be read: {error}")


def diagnose(paths: Sequence[Path | str], *, profile: str | None = None) -> list[Diagnosis]:
    """One diagnosis for each path, in their order."""
    return [diagnose_one(Path(path), profile=profile) for path in paths]
