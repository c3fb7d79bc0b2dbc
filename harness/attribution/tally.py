"""Small counts of a whole capture: which hosts and calls went well, how fast, how often."""

from collections import deque
from dataclasses import dataclass, field

_KEPT = 5000  # hosts and calls; a crawler's capture must not fill the memory
_PACE_WINDOW = 60.0  # seconds

ORDINARY_PACE = 60
"""Requests to one host within a minute that count as the pace of a person's app."""

_BURST_WINDOW = 5.0  # seconds

ORDINARY_BURST = 20
"""Requests to one host within five seconds that an app may need for one screen."""


@dataclass(slots=True)
class HostTally:
    """One host."""

    role: str
    answered: int = 0  # exchanges with an answer below 500, whole
    verified: int = 0  # of these, over TLS with a certificate that the proxy had checked
    failed: int = 0
    refused: int = 0  # connections on which the app refused our certificate
    unreached: int = 0  # connections that broke below HTTP
    passed_through: int = 0
    bytes_down: int = 0  # of passed-through connections
    last_answer: float | None = None  # monotonic seconds
    lead: float | None = None  # seconds; of the verified answers' dates that nearest to our clock
    recent: deque[float] = field(default_factory=lambda: deque[float](maxlen=ORDINARY_PACE + 1))

    def dated(self, lead: float) -> None:
        """A verified answer's date is so many seconds later than our clock."""
        if self.lead is None or abs(lead) < abs(self.lead):
            self.lead = lead

    def busy_at(self, moment: float) -> bool:
        """Whether more requests than an ordinary app's came just before."""
        ages = [moment - begun for begun in self.recent if moment >= begun]
        minute = sum(age <= _PACE_WINDOW for age in ages)
        return minute > ORDINARY_PACE or sum(age <= _BURST_WINDOW for age in ages) > ORDINARY_BURST


@dataclass(slots=True)
class CallTally:
    """One call: method, host and path."""

    answered: int = 0
    failed: int = 0
    spells: int = 0  # runs of failures, each ended by an answer or still going on
    failing: bool = False  # the last one failed
    fastest: float | None = None  # seconds to the answer's head
    slowest: float | None = None
    last_answer: float | None = None


@dataclass(slots=True)
class Tally:
    """Filled while reading; asked by the rules."""

    exchanges: int = 0
    connections: int = 0
    hosts: dict[str, HostTally] = field(default_factory=dict[str, HostTally])
    calls: dict[tuple[str, str, str], CallTally] = field(
        default_factory=dict[tuple[str, str, str], CallTally]
    )

    def host(self, name: str, role: str) -> HostTally:
        """The host's counts, new ones for a host not seen before."""
        found = self.hosts.get(name)
        if found is None:
            found = HostTally(role)
            if len(self.hosts) < _KEPT:
                self.hosts[name] = found
        return found

    def call(self, method: str, host: str, path: str) -> CallTally:
        """The call's counts, new ones for a call not seen before."""
        key = (method, host, path)
        found = self.calls.get(key)
        if found is None:
            found = CallTally()
            if len(self.calls) < _KEPT:
                self.calls[key] = found
        return found

    def answered_call(
        self, call: tuple[str, str, str], latency: float | None, moment: float | None
    ) -> None:
        """Counts a right answer."""
        found = self.call(*call)
        found.answered += 1
        found.failing = False
        found.last_answer = moment
        if latency is not None:
            found.fastest = latency if found.fastest is None else min(found.fastest, latency)
            found.slowest = latency if found.slowest is None else max(found.slowest, latency)

    def failed_call(self, call: tuple[str, str, str]) -> None:
        """Counts a failure."""
        found = self.call(*call)
        found.failed += 1
        found.spells += not found.failing
        found.failing = True

    def others_answered(self, host: str) -> list[str]:
        """Other hosts that gave right answers."""
        return [name for name, found in self.hosts.items() if found.answered and name != host]

    def refused_hosts(self) -> list[str]:
        """Hosts for which the app refused our certificate."""
        return [name for name, found in self.hosts.items() if found.refused]

    def decrypted_hosts(self) -> list[str]:
        """Hosts whose traffic could be read."""
        return [name for name, found in self.hosts.items() if found.answered or found.failed]
