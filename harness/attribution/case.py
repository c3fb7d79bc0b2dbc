"""Everything that the rules look at to judge one try of a scenario, or one attempt."""

from collections.abc import Collection
from dataclasses import dataclass, field

from harness.attribution.attempt import Attempt
from harness.attribution.failure_kind import Failure, FailureKind
from harness.attribution.matching import Matcher
from harness.attribution.tally import Tally
from harness.domain.facts.capture import (
    CaptureGap,
    CaptureVisibility,
    ProxyHeartbeat,
    ProxyLog,
    ProxyStarted,
    ProxyStopped,
    QuicAttempt,
)
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    DeviceConditions,
    LogEntry,
)
from harness.domain.facts.recovery import RecoveryTried
from harness.domain.facts.removal import LossesFound
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepEnded
from harness.domain.facts.screen import LocatorMatch, LocatorMissing, Screen, ScreenValue
from harness.domain.facts.storage import ContentLook, ContentOpened, StoredValue
from harness.domain.facts.traffic import Connection
from harness.domain.profile import Need, TextMeaning
from harness.domain.vocabulary import Visibility


@dataclass(frozen=True, slots=True)
class Seen[F]:
    """Facts with the observation they came from. `mono`: host's monotonic seconds."""

    id: str
    t: float
    mono: float
    facts: F
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Facts other than traffic, each in the order of time."""

    conditions: tuple[Seen[DeviceConditions], ...] = ()
    crashes: tuple[Seen[AppCrash], ...] = ()
    anrs: tuple[Seen[AppNotResponding], ...] = ()
    deaths: tuple[Seen[AppDeath], ...] = ()
    logs: tuple[Seen[LogEntry], ...] = ()
    screens: tuple[Seen[Screen], ...] = ()
    values: tuple[Seen[ScreenValue], ...] = ()
    stored: tuple[Seen[StoredValue], ...] = ()
    looks: tuple[Seen[ContentLook], ...] = ()
    opened: tuple[Seen[ContentOpened], ...] = ()
    missing: tuple[Seen[LocatorMissing], ...] = ()
    drifted: tuple[Seen[LocatorMatch], ...] = ()
    controls: tuple[Seen[ControlMade], ...] = ()
    instruments: tuple[Seen[InstrumentFailure], ...] = ()
    gaps: tuple[Seen[CaptureGap], ...] = ()
    late_beats: tuple[Seen[ProxyHeartbeat], ...] = ()
    proxy_logs: tuple[Seen[ProxyLog], ...] = ()
    canaries: tuple[Seen[CaptureVisibility], ...] = ()
    quic: tuple[Seen[QuicAttempt], ...] = ()
    losses: tuple[Seen[LossesFound], ...] = ()
    recoveries: tuple[Seen[RecoveryTried], ...] = ()
    proxy_started: Seen[ProxyStarted] | None = None
    proxy_stopped: Seen[ProxyStopped] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged. `failures` are the attempts that decide: those the failed step
    needed, else those related to it; for a bare capture the one that is judged."""

    matcher: Matcher
    tally: Tally
    witnesses: Witnesses
    failures: tuple[Attempt, ...] = ()
    attempts: tuple[Attempt, ...] = ()  # all of the try that bear on it, good ones too
    background: tuple[Attempt, ...] = ()  # failed, but not what the step wanted
    idle: tuple[Seen[Connection], ...] = ()  # lasted a while and carried nothing
    tunnels: tuple[Seen[Connection], ...] = ()  # passed through, in the step's time
    scenario: str | None = None
    begun: Seen[ScenarioBegun] | None = None
    ended: Seen[ScenarioEnded] | None = None
    step: str | None = None
    step_ended: Seen[StepEnded] | None = None
    window: tuple[float, float] = (0.0, float("inf"))  # of the failed step
    needs: tuple[Need, ...] = ()
    visibility: Visibility = Visibility.OPEN
    until: float = 0.0  # last moment seen, monotonic
    listening: bool = True  # traffic was captured at all
    first_answers: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    answers: dict[str, Attempt] = field(default_factory=dict[str, Attempt])  # last good, by need

    @property
    def bare(self) -> bool:
        """A capture without a scenario."""
        return self.scenario is None

    @property
    def result(self) -> str | None:
        """How the scenario ended, as it says itself."""
        return self.ended.facts.result if self.ended else None

    def failing(self, *kinds: FailureKind) -> list[Attempt]:
        """The deciding attempts that failed in one of these ways."""
        return [attempt for attempt in self.failures if attempt.kind in kinds]

    def broken(self, kinds: Collection[FailureKind]) -> list[tuple[Attempt, Failure]]:
        """The deciding attempts of these kinds, each with its failure."""
        return [
            (attempt, attempt.failure)
            for attempt in self.failures
            if attempt.failure is not None and attempt.failure.kind in kinds
        ]

    def failing_in(self, kinds: Collection[FailureKind]) -> list[Attempt]:
        """The same for a set of kinds."""
        return [attempt for attempt in self.failures if attempt.kind in kinds]

    @property
    def conditions(self) -> Seen[DeviceConditions] | None:
        """The phone's state nearest before the failure, else the first one after it."""
        end = self.window[1] + 0.5
        before = [seen for seen in self.witnesses.conditions if seen.mono <= end]
        if before:
            return before[-1]
        return self.witnesses.conditions[0] if self.witnesses.conditions else None

    @property
    def network_state(self) -> Seen[DeviceConditions] | None:
        """The same for what it says of the network: None while we have cut it ourselves."""
        seen = self.conditions
        return None if seen is None or seen.facts.cut_by_us else seen

    def controls_named(self, name: str, target: str | None = None) -> list[Seen[ControlMade]]:
        """Controls of that name, for a target where one is given; the last comes last."""
        return [
            seen
            for seen in self.witnesses.controls
            if seen.facts.name == name and (target is None or seen.facts.target == target)
        ]

    def screen_texts(self) -> list[tuple[Seen[Screen], TextMeaning]]:
        """Known texts of the screens of the failed step and after, in order of time."""
        found: list[tuple[Seen[Screen], TextMeaning]] = []
        for seen in self.witnesses.screens:
            if seen.mono < self.window[0]:
                continue
            for message in seen.facts.messages:
                meaning = self.matcher.text_by_id(message.id) or self.matcher.text(message.text)
                if meaning is not None:
                    found.append((seen, meaning))
        return found
