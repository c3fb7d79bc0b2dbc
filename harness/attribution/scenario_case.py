"""One try of a scenario: its window, what its failed step needed, what failed of that."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from harness.attribution.attempt import Attempt, Relevance
from harness.attribution.case import Case, Seen
from harness.attribution.evidence import visibility_of
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.gather import Gatherer
from harness.attribution.matching import BACKGROUND_ROLES, Matcher
from harness.domain.facts.capture import (
    CaptureGap,
    CaptureVisibility,
    ProxyStarted,
    ProxyStopped,
)
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import DeviceConditions
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile, Need

SLACK = 1.0
"""Seconds around a step's window: a tap's call may leave before the step is written down."""

BEFORE = 2.0
AFTER = 10.0
"""Seconds before and after a try in which an observation without a scenario belongs to it:
crashes and controls are written down a little late."""

_ALWAYS = (
    Exchange,
    Connection,
    ProxyStarted,
    ProxyStopped,
    CaptureGap,
    CaptureVisibility,
    DeviceConditions,
)

_WEAK = frozenset({Kind.TLS_CLIENT_SILENT, Kind.PROXY_SHUTDOWN})
_REFUSED = frozenset({Kind.TLS_CLIENT_REFUSED, Kind.TLS_CLIENT_LEFT})
_OURS = _REFUSED | {Kind.TLS_CLIENT_SILENT}


@dataclass(slots=True)
class _Step:
    name: str
    begun: float
    needs: tuple[str, ...] = ()
    ended: Seen[StepEnded] | None = None


@dataclass(slots=True)
class _Script:
    """The scenario's own facts."""

    name: str | None = None
    begun: Seen[ScenarioBegun] | None = None
    ended: Seen[ScenarioEnded] | None = None
    steps: list[_Step] = field(default_factory=list[_Step])

    def add(self, seen: Observation) -> None:
        self.name = self.name or seen.scenario
        match seen.facts:
            case ScenarioBegun():
                self.begun = Seen(seen.id, seen.t, seen.mono, seen.facts)
            case ScenarioEnded():
                self.ended = Seen(seen.id, seen.t, seen.mono, seen.facts)
            case StepBegun(title=title, needs=needs):
                self.steps.append(_Step(seen.step or title, seen.mono, needs))
            case StepEnded(title=title):
                name = seen.step or title
                open_steps = [s for s in self.steps if s.name == name and s.ended is None]
                step = open_steps[-1] if open_steps else _Step(name, seen.facts.begun)
                if not open_steps:
                    self.steps.append(step)
                step.ended = Seen(seen.id, seen.t, seen.mono, seen.facts, seen.step)
            case _:
                pass

    def bears_on(self, seen: Observation) -> bool:
        """Whether it may tell of this try: what carries no scenario counts near it only,
        but the capture's own facts and its traffic (for comparison) always do."""
        if seen.scenario is not None or self.begun is None or isinstance(seen.facts, _ALWAYS):
            return True
        end = self.ended.mono if self.ended else float("inf")
        return self.begun.mono - BEFORE <= seen.mono <= end + AFTER

    def failed_step(self) -> _Step | None:
        """The step that failed, else the one that never ended, else the last."""
        wanted = self.ended.facts.failed_step if self.ended else None
        for step in self.steps:
            title = step.ended.facts.title if step.ended else step.name
            if wanted is not None and wanted in {step.name, title}:
                return step
        broken = [s for s in self.steps if s.ended is None or not s.ended.facts.ok]
        return broken[0] if broken else (self.steps[-1] if self.steps else None)


def _fits_need(attempt: Attempt, needs: Sequence[Need], matcher: Matcher) -> bool:
    """A call that serves one of the needs, or a connection to a host that could."""
    if attempt.exchange is not None:
        exchange = attempt.exchange
        return any(
            matcher.serves(need, exchange.host, exchange.method, exchange.path) for need in needs
        )
    roles = {role for need in needs for point in need.endpoints for role in point.host_roles}
    return attempt.role in (roles or {"api", "passport"}) if needs else False


def _recovered(attempt: Attempt, attempts: Sequence[Attempt], needs: Sequence[Need]) -> bool:
    """A later try of the same thing worked."""
    for later in attempts:
        if later.failure is not None or later.begun <= attempt.begun or later.exchange is None:
            continue
        if attempt.exchange is not None and later.key == attempt.key:
            return True
        if attempt.exchange is None and (later.host == attempt.host or later.need in needs):
            return True
    return False


def _stepped_aside(attempt: Attempt, passed: Sequence[tuple[float, str | None]]) -> bool:
    """Our certificate was refused there, and afterwards we passed the host through: what the
    app then met was not our doing. `passed`: (monotonic seconds, host; None = by control)."""
    if attempt.exchange is not None or attempt.kind not in _OURS:
        return False
    return any(at > attempt.begun and host in {None, attempt.host} for at, host in passed)


def _passed(gathered: Gatherer) -> list[tuple[float, str | None]]:
    by_control: list[tuple[float, str | None]] = [
        (seen.mono, None)
        for seen in gathered.witnesses().controls
        if seen.facts.name == "pass_through"
        and seen.facts.result == "ok"
        and "trial" not in seen.facts.stages  # tried after the failure, not in force before
    ]
    tunnels = [(seen.facts.opened, seen.facts.host or seen.facts.sni) for seen in gathered.tunnels]
    return by_control + [(at, host) for at, host in tunnels if host is not None]


def _choose(candidates: list[Attempt]) -> tuple[Attempt, ...]:
    """Drops what is weak beside something stronger: spare connections, calls under way,
    refused connections to one host when another host's answer is there to be read."""
    strong = [attempt for attempt in candidates if attempt.kind not in _WEAK] or candidates
    read = [attempt for attempt in strong if attempt.exchange is not None]
    if read:
        strong = [attempt for attempt in strong if attempt.kind not in _REFUSED]
    return tuple(strong)


def _needs_of(names: Sequence[str], profile: AppProfile) -> list[Need]:
    return [profile.needs[name] for name in names if name in profile.needs]


@dataclass(slots=True)
class _Sorted:
    failures: tuple[Attempt, ...]
    bearing: list[Attempt]
    background: list[Attempt]


def _sort(
    attempts: list[Attempt],
    matcher: Matcher,
    needs: list[Need],
    earlier: list[Need],
    window: tuple[float, float],
) -> _Sorted:
    """Tells what the step needed from what is related and what is background or late."""
    begun, ended = window
    needed: list[Attempt] = []
    before: list[Attempt] = []
    related: list[Attempt] = []
    background: list[Attempt] = []
    bearing: list[Attempt] = []
    for attempt in attempts:
        late = attempt.begun > ended + SLACK
        in_window = attempt.begun >= begun - SLACK or (attempt.ended or ended) >= begun
        fits = _fits_need(attempt, needs, matcher)
        fits_earlier = _fits_need(attempt, earlier, matcher)
        recovered = attempt.failure is not None and _recovered(attempt, attempts, needs)
        marked = replace(attempt, recovered=recovered)
        far = not fits and not fits_earlier and attempt.role in BACKGROUND_ROLES
        if late or far:
            marked = replace(marked, relevance=Relevance.BACKGROUND)
            if attempt.failure is not None and attempt.kind not in _WEAK:
                background.append(marked)
            continue
        relevance = Relevance.NEEDED if fits else Relevance.RELATED
        marked = replace(marked, relevance=relevance)
        bearing.append(marked)
        if attempt.failure is None or recovered:
            continue
        if fits and in_window:
            needed.append(marked)
        elif fits_earlier:
            before.append(marked)
        elif in_window:
            related.append(marked)
    chosen = next((group for group in (needed, before, related) if group), [])
    return _Sorted(_choose(chosen), bearing, background)


def _answers(attempts: list[Attempt]) -> tuple[dict[str, Attempt], dict[str, Attempt]]:
    first: dict[str, Attempt] = {}
    last: dict[str, Attempt] = {}
    for attempt in attempts:
        if attempt.failure is None and attempt.need is not None:
            first.setdefault(attempt.need.name, attempt)
            last[attempt.need.name] = attempt
    return first, last


def _tunnels(gathered: Gatherer, window: tuple[float, float]) -> tuple[Seen[Connection], ...]:
    return tuple(
        seen
        for seen in gathered.tunnels
        if seen.facts.opened <= window[1] + SLACK
        and (seen.facts.closed is None or seen.facts.closed >= window[0])
    )


def _trials(observations: Sequence[Observation]) -> list[tuple[float, float]]:
    """When the app was started again to try something after the failure, monotonic seconds."""
    return [
        (seen.mono - (seen.facts.seconds or 0.0) - SLACK / 2, seen.mono + SLACK)
        for seen in observations
        if isinstance(seen.facts, ControlMade) and "trial" in seen.facts.stages
    ]


def _of_a_trial(seen: Observation, trials: Sequence[tuple[float, float]]) -> bool:
    """A call or connection that only our trial brought about: no part of the step."""
    match seen.facts:
        case Exchange(begun=begun) | Connection(opened=begun):
            return any(since <= begun <= until for since, until in trials)
        case _:
            return False


def build_case(observations: Sequence[Observation], profile: AppProfile) -> Case:
    """The case of one try. `observations`: all of the try, in order of time, and those of
    the capture around it (start of the proxy, canary) that carry no scenario."""
    matcher = Matcher(profile)
    gathered, script = Gatherer(matcher, keep_all=True), _Script()
    for seen in observations:
        script.add(seen)
    trials = _trials(observations)
    for seen in observations:
        if script.bears_on(seen) and not _of_a_trial(seen, trials):
            gathered.add(seen)
    step = script.failed_step()
    begun = step.begun if step else (script.begun.mono if script.begun else 0.0)
    ended = step.ended.mono if step and step.ended else gathered.until
    window = (begun, ended)
    needs = _needs_of(step.needs if step else (), profile)
    earlier = _needs_of([n for s in script.steps if s is not step for n in s.needs], profile)
    since = script.begun.mono - SLACK if script.begun else 0.0
    passed = _passed(gathered)
    tried = [attempt for attempt in gathered.attempts() if attempt.begun >= since]
    attempts = [attempt for attempt in tried if not _stepped_aside(attempt, passed)]
    parts = _sort(attempts, matcher, needs, earlier, window)
    first, last = _answers(parts.bearing)
    tunnels = _tunnels(gathered, window)
    far = BACKGROUND_ROLES
    hidden = [s for s in tunnels if matcher.role(s.facts.host or s.facts.sni or "") not in far]
    witnesses = gathered.witnesses()
    listening = witnesses.proxy_started is not None or bool(attempts)
    # Its tunnel is only written down when it is over, which may be after the verdict.
    aside = sum(a.role not in far for a in tried if _stepped_aside(a, passed))
    sealed = any(s.facts.policy == "metadata" for s in witnesses.canaries)
    past_us = [s for s in witnesses.quic if begun - SLACK <= s.mono <= ended + SLACK]
    return Case(
        matcher=matcher,
        tally=gathered.tally,
        witnesses=witnesses,
        failures=parts.failures,
        attempts=tuple(parts.bearing),
        background=tuple(parts.background[:50]),
        tunnels=tunnels,
        idle=tuple(gathered.idle),
        scenario=script.name or "scenario",
        begun=script.begun,
        ended=script.ended,
        step=step.name if step else None,
        step_ended=step.ended if step else None,
        window=window,
        needs=tuple(needs),
        visibility=visibility_of(
            parts.bearing, len(hidden) + aside + len(past_us) + sealed, listening=listening
        ),
        until=gathered.until,
        listening=listening,
        first_answers=first,
        answers=last,
    )
