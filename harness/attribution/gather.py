"""Reads observations once and keeps what judging needs, in bounded memory.

Of answered exchanges only counts are kept unless `keep_all` is set (one try of a
scenario, where also the good ones matter).
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Any

from harness.attribution.answer import data_is_due
from harness.attribution.attempt import Attempt, from_connection, from_exchange, join
from harness.attribution.case import Seen, Witnesses
from harness.attribution.failure_kind import Failure
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.failure_text import broken_head, mutual_tls
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
from harness.domain.facts.screen import LocatorMatch, LocatorMissing, Screen, ScreenValue
from harness.domain.facts.storage import ContentLook, ContentOpened, StoredValue
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation

MOST_SUSPICIOUS = 2000
"""Suspicious attempts kept of a bare capture; the rest is counted."""

MOST_OTHERS = 2000
"""Other facts kept of each kind."""

MOST_NOTED = 200
"""Right answers kept of a bare capture because they are slow or otherwise odd."""

SLOW = 1.5
"""Seconds; an answer that took longer is kept, the rules decide whether it is slow."""

IDLE = 1.0
"""Seconds; a connection that lasted this long without a request may have been held up."""

LATE_BEAT = 0.5
"""Seconds of lag from which the proxy's loop counts as stalled."""

LOOP = 4
"""Redirects of one call on one connection from which it is a loop."""

_KINDS: dict[type[Any], str] = {
    DeviceConditions: "conditions",
    StoredValue: "stored",
    ContentLook: "looks",
    ContentOpened: "opened",
    AppCrash: "crashes",
    AppNotResponding: "anrs",
    AppDeath: "deaths",
    LogEntry: "logs",
    Screen: "screens",
    ScreenValue: "values",
    LocatorMissing: "missing",
    LocatorMatch: "drifted",
    ControlMade: "controls",
    InstrumentFailure: "instruments",
    CaptureGap: "gaps",
    ProxyHeartbeat: "late_beats",
    ProxyLog: "proxy_logs",
    CaptureVisibility: "canaries",
    QuicAttempt: "quic",
    LossesFound: "losses",
    RecoveryTried: "recoveries",
}


@dataclass(slots=True)
class Gatherer:
    """Feed it observations in order of time, then ask for `attempts()` and `witnesses()`."""

    matcher: Matcher
    keep_all: bool = False
    tally: Tally = field(default_factory=Tally)
    until: float = 0.0
    first_t: float | None = None
    last_t: float | None = None
    suspicious: int = 0
    tunnels: list[Seen[Connection]] = field(default_factory=list[Seen[Connection]])
    idle: list[Seen[Connection]] = field(default_factory=list[Seen[Connection]])
    _kept: list[Attempt] = field(default_factory=list[Attempt])
    _noted: list[Attempt] = field(default_factory=list[Attempt])
    _pending: dict[str, tuple[Observation, Exchange | Connection]] = field(
        default_factory=dict[str, tuple[Observation, Exchange | Connection]]
    )
    _connections: OrderedDict[str, Connection] = field(default_factory=OrderedDict[str, Connection])
    _died: list[Attempt] = field(default_factory=list[Attempt])  # with a proxy of ours
    _broken: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    answers: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    first_answers: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    _mutual: set[str] = field(default_factory=set[str])
    _broken_heads: dict[str, str] = field(default_factory=dict[str, str])
    _redirects: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    _places: dict[tuple[str, str], set[str]] = field(
        default_factory=dict[tuple[str, str], set[str]]
    )
    _others: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    _started: Seen[ProxyStarted] | None = None
    _stopped: Seen[ProxyStopped] | None = None

    def add(self, seen: Observation) -> None:
        """Takes one observation."""
        self.until = max(self.until, seen.mono)
        self.last_t = seen.t
        if self.first_t is None:
            self.first_t = seen.t
        facts = seen.facts
        if isinstance(facts, Exchange):
            self._exchange(seen, facts)
        elif isinstance(facts, Connection):
            self._connection(seen, facts)
        else:
            self._other(seen)

    def _other(self, seen: Observation) -> None:
        facts = seen.facts
        wrapped = Seen(seen.id, seen.t, seen.mono, facts, seen.step)
        if isinstance(facts, ProxyStarted):
            self._cut_off()
            self._started, self._stopped = Seen(seen.id, seen.t, seen.mono, facts), None
            return
        if isinstance(facts, ProxyStopped):
            self._stopped = Seen(seen.id, seen.t, seen.mono, facts)
            return
        if isinstance(facts, ProxyHeartbeat) and facts.lag < LATE_BEAT:
            return
        if isinstance(facts, ProxyLog) and facts.client and mutual_tls(facts.text):
            self._mutual.add(facts.client)
        if isinstance(facts, ProxyLog) and facts.client and broken_head(facts.text):
            self._broken_heads[facts.client] = facts.text
        name = _KINDS.get(type(facts))
        if name is not None:
            kept = self._others.setdefault(name, [])
            kept.append(wrapped)
            if len(kept) > MOST_OTHERS:
                del kept[MOST_OTHERS // 2]

    def _exchange(self, seen: Observation, facts: Exchange) -> None:
        if facts.ended is None and facts.error is None:
            if len(self._pending) < MOST_SUSPICIOUS:
                self._pending[facts.flow] = (seen, facts)
            return
        self._pending.pop(facts.flow, None)
        self.tally.exchanges += 1
        host = self.tally.host(facts.host, self.matcher.role(facts.host))
        host.recent.append(facts.begun)
        waited = facts.head is not None and facts.head - (facts.sent or facts.begun) > SLOW
        if not self.keep_all and not waited and self._fine(facts):
            self._answered(seen.t, facts, host.role)
            return
        attempt = self._loop(from_exchange(seen, facts, self.matcher, seen.mono), facts)
        if attempt.failure is None:
            self._answered(seen.t, facts, host.role)
            self._remember(attempt, facts)
            if not self.keep_all and len(self._noted) < MOST_NOTED:
                self._noted.append(attempt)
        else:
            host.failed += 1
            self.suspicious += 1
            self.tally.failed_call((facts.method, facts.host, facts.path))
        if self.keep_all or (attempt.failure is not None and len(self._kept) < MOST_SUSPICIOUS):
            self._kept.append(attempt)

    def _fine(self, facts: Exchange) -> bool:
        """A quick look; whatever is not plainly fine is looked at properly."""
        return (
            facts.error is None
            and facts.status is not None
            and facts.status < 300
            and not facts.shape_missing
            and facts.body not in {"empty", "malformed", "undecodable", "html"}
            and (facts.envelope is None or not facts.envelope.refuses)
            and not facts.grpc_status
            and "grpc" not in (facts.content_type or "")
            and facts.websocket_close is None
            and facts.upgrade is None
            and not facts.values
        )

    def _remember(self, attempt: Attempt, facts: Exchange) -> None:
        """The first and the last good answer of each need, for comparing values."""
        if attempt.need is not None and facts.values:
            self.first_answers.setdefault(attempt.need.name, attempt)
            self.answers[attempt.need.name] = attempt

    def _answered(self, t: float, facts: Exchange, role: str) -> None:
        host = self.tally.host(facts.host, role)
        host.answered += 1
        if facts.scheme == "https":
            host.verified += 1
            if facts.date is not None:
                host.dated(facts.date - t)
        host.last_answer = facts.ended
        latency = None
        if facts.head is not None:
            latency = max(0.0, facts.head - (facts.sent or facts.begun))
        if facts.status is not None and 300 <= facts.status < 400:
            return  # a redirect is not yet what the call is for
        self.tally.answered_call((facts.method, facts.host, facts.path), latency, facts.ended)

    def _loop(self, attempt: Attempt, facts: Exchange) -> Attempt:
        status = facts.status or 0
        key = (facts.host, facts.path)
        if not 300 <= status < 400 or status == 304:
            self._redirects.pop(key, None)
            return attempt
        if len(self._redirects) < MOST_SUSPICIOUS or key in self._redirects:
            self._redirects[key] = self._redirects.get(key, 0) + 1
        count = self._redirects.get(key, 0)
        if attempt.failure is None and self._to_one_place(attempt, facts):
            return replace(attempt, failure=Failure(Kind.ANSWER_ALL_TO_ONE, f"{facts.location}"))
        if count != LOOP or attempt.failure is not None:
            return attempt
        return replace(attempt, failure=Failure(Kind.ANSWER_REDIRECT_LOOP, f"{count} times"))

    def _to_one_place(self, attempt: Attempt, facts: Exchange) -> bool:
        """Another call for data of this host was sent to the very same place before."""
        if facts.location is None or not data_is_due(facts, attempt.need):
            return False
        if len(self._places) >= MOST_SUSPICIOUS:
            self._places.clear()
        paths = self._places.setdefault((facts.host, facts.location), set())
        paths.add(facts.path)
        return len(paths) > 1

    def _connection(self, seen: Observation, facts: Connection) -> None:
        if seen.kind == "connection.pending":
            if len(self._pending) < MOST_SUSPICIOUS:
                self._pending[facts.client] = (seen, facts)
            return
        self._pending.pop(facts.client, None)
        self.tally.connections += 1
        self._connections[facts.client] = facts
        if len(self._connections) > MOST_SUSPICIOUS:
            self._connections.popitem(last=False)
        name = facts.host or facts.sni
        host = self.tally.host(name, self.matcher.role(name)) if name else None
        if facts.passed_through and host is not None:
            host.passed_through += 1
            host.bytes_down += facts.bytes_down
            if len(self.tunnels) < MOST_OTHERS:
                self.tunnels.append(Seen(seen.id, seen.t, seen.mono, facts, seen.step))
        lasted = (facts.closed if facts.closed is not None else seen.mono) - facts.opened
        unused = facts.requests == 0 and not facts.passed_through and lasted >= IDLE
        if unused and len(self.idle) < MOST_NOTED:
            self.idle.append(Seen(seen.id, seen.t, seen.mono, facts, seen.step))
        attempt = from_connection(seen, facts, self.matcher, seen.mono)
        if attempt.failure is None or host is None:
            return
        if attempt.kind in {Kind.TLS_CLIENT_REFUSED, Kind.TLS_CLIENT_LEFT}:
            host.refused += 1
        if attempt.kind is not Kind.TLS_CLIENT_SILENT:
            self.suspicious += 1
            host.unreached += 1
        if len(self._broken) < MOST_SUSPICIOUS:
            self._broken[facts.client] = attempt

    def _cut_off(self) -> None:
        """A new proxy knows nothing of what the last one had under way: that ended with it."""
        ours = Failure(Kind.PROXY_SHUTDOWN)
        for seen, facts in self._pending.values():
            if isinstance(facts, Exchange):
                attempt = from_exchange(seen, facts, self.matcher, seen.mono)
                self._died.append(replace(attempt, failure=ours))
        self._pending.clear()

    def _unfinished(self) -> list[Attempt]:
        """What was still waiting when the capture ended, or when the proxy died."""
        until = self._stopped.mono if self._stopped else self.until
        found: list[Attempt] = [*self._died]
        for seen, facts in self._pending.values():
            if isinstance(facts, Exchange):
                found.append(from_exchange(seen, facts, self.matcher, until))
            else:
                attempt = from_connection(seen, facts, self.matcher, until)
                if attempt.failure is not None:
                    found.append(attempt)
        return found

    def attempts(self) -> list[Attempt]:
        """All kept attempts in order of their begin, joined with their connections.

        A connection that failed together with an exchange on it is one attempt.
        """
        exchanges = [*self._kept, *self._noted, *self._unfinished()]
        joined: list[Attempt] = []
        with_failure: set[str] = set()
        for attempt in exchanges:
            connection = self._connections.get(attempt.client)
            if connection is not None and attempt.exchange is not None:
                attempt = join(attempt, connection)
            if attempt.failure is not None and attempt.client in self._mutual:
                failure = Failure(Kind.PROXY_CLIENT_CERTIFICATE, attempt.failure.text)
                attempt = replace(attempt, failure=failure)
            if attempt.failure is not None:
                with_failure.add(attempt.client)
            joined.append(attempt)
        answered = {attempt.client for attempt in joined if attempt.failure is None}
        for client, attempt in self._broken.items():
            silent = attempt.kind is Kind.TLS_CLIENT_SILENT
            if silent and self._apps_own(client, attempt):
                failure = Failure(Kind.HTTP_MALFORMED_REQUEST, self._broken_heads[client])
                attempt, silent = replace(attempt, failure=failure), False
            if client not in with_failure and not (silent and client in answered):
                joined.append(attempt)
        return sorted(joined, key=lambda attempt: attempt.begun)

    def _apps_own(self, client: str, attempt: Attempt) -> bool:
        """What is broken there came from the app: the line begins with the sender's address."""
        told, line = self._broken_heads.get(client), attempt.connection
        origin = line.address if line is not None and line.address else None
        return told is not None and (origin is None or not told.startswith(origin))

    def witnesses(self) -> Witnesses:
        """Facts other than traffic."""
        kept = {name: tuple(entries) for name, entries in self._others.items()}
        return Witnesses(**kept, proxy_started=self._started, proxy_stopped=self._stopped)
