"""Finds hosts whose certificate the app pins, and lets them pass undecrypted.

A refusal is learnt from traffic before the step that matters, so that the one try is
not spoilt by our own proxy. One refusal stands for all hosts of its pattern in the
profile: the log-in host may not have been asked yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from harness.attribution.failure import connection_failure
from harness.attribution.failure_kind import FailureKind
from harness.domain.facts.control import ControlMade
from harness.domain.facts.traffic import Connection
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

    def learn(self, observations: Iterable[Observation]) -> list[str]:
        """Passes newly refused hosts through; returns their patterns."""
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
