"""One attempt of the app to get something: an exchange, or a connection that gave none."""

from dataclasses import dataclass, replace
from enum import StrEnum

from harness.attribution.answer import answer_problem
from harness.attribution.failure import (
    Patience,
    connection_failure,
    exchange_failure,
    pending_failure,
)
from harness.attribution.failure_kind import ABANDONED_KINDS, Failure
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.matching import Matcher
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.domain.profile import Need


class Relevance(StrEnum):
    """How near an attempt is to what the failed step wanted."""

    NEEDED = "needed"  # the profile says that the step needs this call
    RELATED = "related"  # same kind of host, in the step's time
    BACKGROUND = "background"  # telemetry, pictures, other screens, late answers


@dataclass(frozen=True, slots=True)
class Attempt:
    """Joined and classified. Times are monotonic seconds of the host."""

    id: str  # of the observation that says most
    t: float  # UTC seconds
    begun: float
    ended: float | None
    client: str
    host: str
    port: int
    role: str
    region: str | None
    need: Need | None
    exchange: Exchange | None
    connection: Connection | None
    failure: Failure | None
    relevance: Relevance = Relevance.RELATED
    recovered: bool = False

    @property
    def label(self) -> str:
        """METHOD host/path, or CONNECT host:port."""
        if self.exchange is None:
            return f"CONNECT {self.host}:{self.port}"
        return f"{self.exchange.method} {self.host}{self.exchange.path}"

    @property
    def kind(self) -> Kind | None:
        """The failure's kind, None for an attempt that went well."""
        return self.failure.kind if self.failure else None

    @property
    def key(self) -> tuple[str, str]:
        """What a retry of the same thing has in common with it, on whatever host."""
        if self.exchange is None:
            return "CONNECT", self.host
        return self.exchange.method, self.exchange.path

    @property
    def latency(self) -> float | None:
        """Seconds from the end of the request to the head of the answer."""
        if self.exchange is None or self.exchange.head is None:
            return None
        return max(0.0, self.exchange.head - (self.exchange.sent or self.exchange.begun))

    @property
    def origin_verified(self) -> bool:
        """Whether the answer came over TLS whose certificate the proxy had checked."""
        scheme = self.exchange.scheme if self.exchange and self.exchange.status else None
        return scheme in {"https", "wss"}


def patience_for(need: Need | None) -> Patience:
    """The app's patience for a need; the commonest one where the profile says nothing."""
    return Patience() if need is None else Patience(need.app_timeout, known=True)


def from_exchange(seen: Observation, exchange: Exchange, matcher: Matcher, until: float) -> Attempt:
    """The attempt behind an exchange; `until` is when an unfinished one was last seen."""
    need = matcher.need(exchange.host, exchange.method, exchange.path)
    patience = patience_for(need)
    pending = exchange.ended is None and exchange.error is None
    if pending:
        failure: Failure | None = pending_failure(exchange, until, patience)
    else:
        failure = exchange_failure(exchange, patience)
        if failure is None and exchange.error is None:
            failure = answer_problem(exchange, need)
    return Attempt(
        id=seen.id,
        t=seen.t,
        begun=exchange.begun,
        ended=exchange.ended,
        client=exchange.client,
        host=exchange.host,
        port=exchange.port,
        role=matcher.role(exchange.host),
        region=matcher.region(exchange.host),
        need=need,
        exchange=exchange,
        connection=None,
        failure=failure,
    )


def from_connection(
    seen: Observation, connection: Connection, matcher: Matcher, until: float
) -> Attempt:
    """The attempt behind a connection that carried no exchange."""
    host = connection.host or connection.sni or connection.address or "an unnamed host"
    return Attempt(
        id=seen.id,
        t=seen.t,
        begun=connection.opened,
        ended=connection.closed,
        client=connection.client,
        host=host,
        port=connection.port or 443,
        role=matcher.role(host),
        region=matcher.region(host),
        need=None,
        exchange=None,
        connection=connection,
        failure=connection_failure(connection, until),
    )


_ONLY_BELOW = frozenset({Kind.TLS_CLIENT_SILENT, Kind.TLS_CLIENT_REFUSED, Kind.TLS_CLIENT_LEFT})


def join(attempt: Attempt, connection: Connection) -> Attempt:
    """Adds the connection to an exchange; what the connection knows better wins.

    An origin that closed before its TLS began reads as silence or as an abandoned
    call in the exchange: only the connection knows.
    """
    failure, below = attempt.failure, connection_failure(connection)
    if failure is None or below is None or below.kind in _ONLY_BELOW:
        return replace(attempt, connection=connection)
    vague = failure.kind in ABANDONED_KINDS or failure.kind is Kind.HTTP_FAILED
    unanswered = attempt.exchange is not None and attempt.exchange.status is None
    if below.kind is Kind.PROXY_CLIENT_CERTIFICATE or (vague and unanswered):
        failure = below
    return replace(attempt, connection=connection, failure=failure)
