"""Which failures of a bare capture bear on what a person met, and which were got over."""

import re
from dataclasses import dataclass, field

from harness.attribution.answer import (
    GOING_AWAY,
    PRIVATE_CLOSES,
    data_is_due,
    has_hole,
    is_ornament,
)
from harness.attribution.attempt import Attempt
from harness.attribution.failure import IMPATIENT
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.gather import Gatherer
from harness.attribution.matching import BACKGROUND_ROLES, FELT_ROLES, UNLISTED
from harness.attribution.site import site_of

OFTEN = 5
"""Failures of one call that are no hiccup any more, whatever came after."""

SPELLS = 3
"""Times that a call broke anew after it had worked again: it comes and goes, and people meet it."""

_SHRUGGED_OFF = frozenset({Kind.ANSWER_NOT_FOUND, Kind.ABANDONED_EARLY, Kind.ABANDONED_UNCLEAR})
"""What happens to pictures and the like while nobody minds: missing, scrolled past."""

_ASKING_ONLY = frozenset({"HEAD", "OPTIONS"})
"""Methods by which a client asks what it may do; it does the thing itself by another one."""


_VERSION = re.compile(r"(?<=/)v\d+(\.\d+)?(?=/)")


def _any_version(path: str) -> str:
    """The path without the number of its interface: apps fall back to older and newer ones."""
    return _VERSION.sub("v*", path)


@dataclass(slots=True)
class Bearing:
    """Answers for the attempts of one capture. Made once everything was read."""

    gathered: Gatherer
    _served: dict[tuple[str, str], list[tuple[str, float]]] = field(init=False)
    _needs: dict[tuple[str, str | None], float] = field(init=False)

    def __post_init__(self) -> None:
        self._served, self._needs = {}, {}
        for (method, host, path), call in self.gathered.tally.calls.items():
            if call.last_answer is None:
                continue
            self._served.setdefault((method, _any_version(path)), []).append(
                (host, call.last_answer)
            )
            need = self.gathered.matcher.need(host, method, path)
            if need is not None:
                key = need.name, self.gathered.matcher.region(host)
                self._needs[key] = max(self._needs.get(key, 0.0), call.last_answer)

    def recovered(self, attempt: Attempt) -> bool:
        """The same call, or for a connection the same host, was answered later; or what the
        call was for was reached in another way."""
        end = attempt.ended if attempt.ended is not None else attempt.begun
        tally = self.gathered.tally
        if attempt.exchange is None:
            host = tally.hosts.get(attempt.host)
            last = host.last_answer if host is not None else None
            return (last is not None and last > end) or self._let_through(attempt)
        key = (attempt.exchange.method, attempt.host, attempt.exchange.path)
        call = tally.calls.get(key)
        if call is None or call.failed >= OFTEN or call.spells >= SPELLS:
            return False
        again = call.last_answer is not None and call.last_answer > end
        return again or self._done_otherwise(attempt, end)

    def _done_otherwise(self, attempt: Attempt, end: float) -> bool:
        """Another host of the owner gave the same, another call served the same need, or what
        the call was a step towards was reached without it."""
        exchange, need = attempt.exchange, attempt.need
        if exchange is None or attempt.kind is Kind.ENVELOPE_REFUSED:
            return False  # a refusal with a reason is not got over by asking elsewhere
        wanted = None
        if need is not None:
            wanted = need.leads_to or (need.name if need.expects else None)
        if wanted is not None:
            return self._needs.get((wanted, attempt.region), 0.0) > end
        served = self._served.get((exchange.method, _any_version(exchange.path)), ())
        here = site_of(attempt.host)
        return any(last > end and site_of(host) == here for host, last in served)

    def _let_through(self, attempt: Attempt) -> bool:
        """The host was passed through later, and then something came back."""
        return any(
            seen.facts.opened > attempt.begun
            and attempt.host in {seen.facts.host, seen.facts.sni}
            and seen.facts.bytes_down > 0
            for seen in self.gathered.tunnels
        )

    def counts(self, attempt: Attempt, *, cleanly: bool, listed: bool) -> bool:
        """Whether this attempt bears on the capture as a whole, which ended `cleanly` or not.

        `listed`: the profile knows some of the hosts that were seen; then the others are
        other apps'.
        """
        if attempt.role in BACKGROUND_ROLES and (listed or attempt.role != UNLISTED):
            return attempt.role in FELT_ROLES and (
                self._again_and_again(attempt) or self._told_why(attempt)
            )
        answered = self.gathered.tally.hosts.get(attempt.host)
        under_way = attempt.kind is Kind.PROXY_SHUTDOWN and bool(answered and answered.answered)
        shrugged_off = self._ornamental(attempt) or self._used_up(attempt)
        return not (
            attempt.recovered
            or shrugged_off
            or self._only_asked(attempt)
            or (under_way and cleanly)
        )

    def more_than_a_mishap(self, attempt: Attempt) -> bool:
        """The app is known to need the call; or it, or the host, failed again and never gave
        anything. A single call that failed once says little about what a person met."""
        if attempt.need is not None:
            return True
        tally = self.gathered.tally
        if attempt.exchange is None:
            host = tally.hosts.get(attempt.host)
            return host is not None and host.unreached > 1 and host.answered == 0
        call = tally.calls.get((attempt.exchange.method, attempt.host, attempt.exchange.path))
        return call is not None and call.failed > 1 and call.answered == 0

    def _told_why(self, attempt: Attempt) -> bool:
        """Refused in the app's own envelope, and not served afterwards."""
        return attempt.kind is Kind.ENVELOPE_REFUSED and not attempt.recovered

    def _only_asked(self, attempt: Attempt) -> bool:
        """A refused question whether something could be asked; the thing itself was answered."""
        exchange, kind = attempt.exchange, attempt.kind
        if exchange is None or exchange.method not in _ASKING_ONLY:
            return False
        return (kind or "").startswith("answer.") and any(
            host == attempt.host and method not in _ASKING_ONLY
            for (method, path), served in self._served.items()
            if path == _any_version(exchange.path)
            for host, _ in served
        )

    def _ornamental(self, attempt: Attempt) -> bool:
        """Missing, broken once or cancelled, no data, and the app went on as if nothing had
        happened."""
        exchange, kind = attempt.exchange, attempt.kind
        if exchange is None or attempt.need is not None:
            return False
        host = self.gathered.tally.hosts.get(attempt.host)
        last = host.last_answer if host is not None else None
        went_on = last is not None and exchange.ended is not None and last > exchange.ended
        if kind is Kind.ANSWER_SERVER_ERROR:
            call = self.gathered.tally.calls.get((exchange.method, attempt.host, exchange.path))
            return is_ornament(exchange) and went_on and call is not None and call.failed == 1
        if kind not in _SHRUGGED_OFF:
            return False
        if has_hole(exchange):
            return False
        cancelled = exchange.reset_by == "app" and exchange.client_open is True and went_on
        missing = kind is Kind.ANSWER_NOT_FOUND
        return is_ornament(exchange) or ((cancelled or missing) and not data_is_due(exchange, None))

    def _used_up(self, attempt: Attempt) -> bool:
        """A WebSocket that served a while and was closed, once by a private code or by one
        that says good-bye: the app went on."""
        exchange = attempt.exchange
        if exchange is None or exchange.websocket_close not in {*PRIVATE_CLOSES, GOING_AWAY}:
            return False
        ended = exchange.ended or exchange.begun
        call = self.gathered.tally.calls.get((exchange.method, attempt.host, exchange.path))
        later = [host.last_answer or 0.0 for host in self.gathered.tally.hosts.values()]
        once = call is not None and call.failed == 1
        seldom = once or exchange.websocket_close == GOING_AWAY
        return seldom and ended - exchange.begun >= IMPATIENT and max(later) > ended

    def _never_reached(self, attempt: Attempt) -> bool:
        """Several connections to the host broke, and no host of its role gave anything instead."""
        hosts = self.gathered.tally.hosts
        host = hosts.get(attempt.host)
        instead = any(found.answered for found in hosts.values() if found.role == attempt.role)
        return host is not None and host.unreached > 1 and not instead

    def _again_and_again(self, attempt: Attempt) -> bool:
        """The same thing failed more than once and never worked: somebody missed it."""
        if attempt.exchange is None:
            return self._never_reached(attempt)
        key = (attempt.exchange.method, attempt.host, attempt.exchange.path)
        call = self.gathered.tally.calls.get(key)
        again = call is not None and call.failed > 1 and call.answered == 0
        return again and not self._ornamental(attempt)
