"""Finds hosts whose certificate the app pins, and lets them pass undecrypted.

The other way round, the first request of the app that could be read shows that it trusts our
certificate: the phone's shell speaks no TLS, so no request of ours can show that.

A refusal is learnt from traffic before the step that matters, so that the one try is
not spoilt by our own proxy. One refusal stands for all hosts of its pattern in the
profile: the log-in host may not have been asked yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from harness.attribution.failure import connection_failure
from harness.attribution.failure_kind import FailureKind
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.control import ControlMade
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.ports import ObservationLog, TrafficTap

_REFUSALS = frozenset({FailureKind.TLS_CLIENT_REFUSED, FailureKind.TLS_CLIENT_LEFT})


def refused_hosts(observations: Iterable[Observation]) -> list[str]:
    """Hosts at which the app did not take our certificate, in order, each once."""
    found: dict[str, None] = {}
    for observation in observations:
        facts = observation.facts
        if isinstance(facts, Connection) and facts.host and not facts.passed_through:
            failure = connection_failure(facts)
            if failure is not None and failure.kind in _REFUSALS:
                found[facts.host] = None
    return list(found)


def patterns_of(profile: AppProfile, hosts: Iterable[str]) -> list[str]:
    """The profile's pattern of each host, else the host itself."""
    found: dict[str, None] = {}
    for host in hosts:
        role = next((role for role in profile.hosts if fnmatchcase(host, role.pattern)), None)
        found[role.pattern if role else host] = None
    return list(found)


def accepted_at(observations: Iterable[Observation]) -> str | None:
    """A host at which the app took our certificate: a request of its own was read there."""
    for observation in observations:
        facts = observation.facts
        if isinstance(facts, Exchange) and facts.scheme == "https":
            return facts.host
    return None


class Pinning:
    """Of one phone; what was learnt holds for the whole run."""

    def __init__(
        self,
        profile: AppProfile,
        tap: TrafficTap,
        log: ObservationLog,
        *,
        passed: Iterable[str] = (),
    ) -> None:
        """`passed`: host patterns that pass through from the start."""
        self._profile = profile
        self._tap = tap
        self._log = log
        self._passed = list(passed)
        self._unproved: CaptureVisibility | None = None
        if self._passed:
            tap.pass_through(self._passed)

    @property
    def active(self) -> bool:
        """Some traffic of this phone passes undecrypted."""
        return bool(self._passed)

    @property
    def passed(self) -> tuple[str, ...]:
        """Patterns of hosts that pass through."""
        return tuple(self._passed)

    def reached(self, seen: CaptureVisibility) -> None:
        """What our own request showed: whether we are trusted is still to be seen."""
        self._unproved = seen if seen.canary == "reached" else None

    def prove(self, observations: Iterable[Observation]) -> None:
        """Writes down, once, that the phone's traffic can be read, with the proof."""
        host = accepted_at(observations) if self._unproved is not None else None
        if self._unproved is None or host is None:
            return
        told = f"the app took our certificate at {host}"
        proved = replace(self._unproved, canary="decrypted", detail=told)
        self._unproved = None
        self._log.write("capture.visibility", proved)

    def learn(self, observations: Iterable[Observation]) -> list[str]:
        """Passes newly refused hosts through; returns their patterns."""
        observations = tuple(observations)
        self.prove(observations)
        patterns = patterns_of(self._profile, refused_hosts(observations))
        new = [pattern for pattern in patterns if pattern not in self._passed]
        if not new:
            return []
        self._passed += new
        self._tap.pass_through(self._passed)
        told = ", ".join(new)
        self._log.write(
            "control",
            ControlMade(
                name="pass_through",
                result="ok",
                statement=f"The app refuses our certificate at {told}: passed through untouched"
                " from now on, so our proxy is not the cause of what follows.",
                target=told,
            ),
        )
        return new
