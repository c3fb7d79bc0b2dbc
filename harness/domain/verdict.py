"""The verdict: who is answerable, how sure we are, on which evidence."""

from dataclasses import dataclass

from harness.domain.vocabulary import ControlResult, Layer, Level, Outcome, Party, Visibility

VERDICT_SCHEMA = 1
"""Version of verdicts.json; additions only."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An observation (or its absence) read for what it means on its layer."""

    layer: Layer
    level: Level
    statement: str
    refs: tuple[str, ...] = ()  # observation ids


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that fits, with its weight; the weights of a verdict add up to 1."""

    party: Party
    weight: float


@dataclass(frozen=True, slots=True)
class Control:
    """A control as the verdict reports it."""

    name: str
    result: ControlResult
    statement: str


@dataclass(frozen=True, slots=True)
class DeviceLabel:
    """Which phone."""

    name: str
    serial: str | None = None
    model: str | None = None
    api: int | None = None
    simulated: bool | None = None


@dataclass(frozen=True, slots=True)
class AppLabel:
    """Which app build."""

    package: str
    version_name: str | None = None
    version_code: int | None = None
    signer: str | None = None
    genuine: bool | None = None
    installer: str | None = None  # package that installed it, e.g. com.android.vending


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict; field by field as CONTRACT.md has it. Times are UTC, ISO 8601."""

    id: str
    scenario: str | None
    step: str | None
    outcome: Outcome
    party: Party
    candidates: tuple[Candidate, ...]
    confidence: float
    layer: Layer
    rule: str
    rules_version: str
    summary: str
    advice: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Evidence, ...]
    controls: tuple[Control, ...]
    visibility: Visibility
    device: DeviceLabel | None = None
    app: AppLabel | None = None
    try_number: int = 1  # "try" in files
    started: str | None = None
    ended: str | None = None
    incident: str | None = None
    known_issue: str | None = None
    next_control: str | None = None  # cheapest control that would raise a confidence under 0.7
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Failures of one cause grouped: one outage is one incident."""

    id: str
    party: Party
    summary: str
    first_seen: str
    last_seen: str
    verdicts: tuple[str, ...]  # ids
    host: str | None = None
    region: str | None = None
    phones: tuple[str, ...] = ()  # names
    odd_phone: str | None = None  # it fails apart from its peers, and is counted by itself
    statistics: tuple[str, ...] = ()  # what sets the phones that failed apart, with its test
