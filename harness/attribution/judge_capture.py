"""Verdicts on a capture without a scenario: first the whole, then each failed exchange."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from harness.attribution.answer import PRIVATE_CLOSES, data_is_due, is_ornament
from harness.attribution.attempt import Attempt
from harness.attribution.cascade import Judged, judge
from harness.attribution.case import Case
from harness.attribution.evidence import visibility_of
from harness.attribution.failure import IMPATIENT
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.gather import Gatherer
from harness.attribution.matching import BACKGROUND_ROLES, FELT_ROLES, UNLISTED, Matcher
from harness.attribution.rule import MARGIN, Match
from harness.attribution.verdict_making import attempt_times, make_verdict
from harness.attribution.weigh import settled
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.domain.verdict import Candidate, DeviceLabel, Verdict
from harness.domain.vocabulary import Outcome, Party, Visibility

MOST_LISTED = 1000
"""Failed exchanges with a verdict of their own; the rest is counted."""

NEARBY = 200
"""Other attempts that each judgement looks at."""

OFTEN = 5
"""Failures of one call that are no hiccup any more, whatever came after."""

SPELLS = 3
"""Times that a call broke anew after it had worked again: it comes and goes, and people meet it."""

_HARMLESS = frozenset({Kind.TLS_CLIENT_SILENT})


@dataclass(frozen=True, slots=True)
class CaptureJudgement:
    """`whole` is the verdict on the capture; `exchanges` those on failed exchanges, at most
    1000 of `failed`."""

    whole: Verdict
    exchanges: tuple[Verdict, ...]
    failed: int
    seen: int

    @property
    def verdicts(self) -> list[Verdict]:
        """In the order of the contract."""
        return [self.whole, *self.exchanges]


@dataclass(slots=True)
class _One:
    attempt: Attempt
    case: Case
    judged: Judged


@dataclass(slots=True)
class _Board:
    """The cases of one capture share everything but the attempt that is judged."""

    whole: Case
    gathered: Gatherer
    ones: list[_One] = field(default_factory=list[_One])

    def judge_one(self, attempt: Attempt, related: tuple[Attempt, ...]) -> _One:
        case = replace(self.whole, failures=(attempt,), attempts=related)
        one = _One(attempt, case, judge(case))
        self.ones.append(one)
        return one


def _let_through(attempt: Attempt, gathered: Gatherer) -> bool:
    """The host was passed through later, and then something came back."""
    return any(
        seen.facts.opened > attempt.begun
        and attempt.host in {seen.facts.host, seen.facts.sni}
        and seen.facts.bytes_down > 0
        for seen in gathered.tunnels
    )


def _recovered(attempt: Attempt, gathered: Gatherer) -> bool:
    """The same call, or for a connection the same host, was answered later."""
    end = attempt.ended if attempt.ended is not None else attempt.begun
    tally = gathered.tally
    if attempt.exchange is None:
        host = tally.hosts.get(attempt.host)
        last = host.last_answer if host is not None else None
        return (last is not None and last > end) or _let_through(attempt, gathered)
    key = (attempt.exchange.method, attempt.host, attempt.exchange.path)
    call = tally.calls.get(key)
    if call is None or call.failed >= OFTEN or call.spells >= SPELLS:
        return False
    return call.last_answer is not None and call.last_answer > end


_SHRUGGED_OFF = frozenset({Kind.ANSWER_NOT_FOUND, Kind.ABANDONED_EARLY, Kind.ABANDONED_UNCLEAR})
"""What happens to pictures and the like while nobody minds: missing, scrolled past."""


def _ornamental(attempt: Attempt, gathered: Gatherer) -> bool:
    """Missing or cancelled, no data, and the app went on as if nothing had happened."""
    exchange = attempt.exchange
    if exchange is None or attempt.need is not None or attempt.kind not in _SHRUGGED_OFF:
        return False
    host = gathered.tally.hosts.get(attempt.host)
    last = host.last_answer if host is not None else None
    went_on = last is not None and exchange.ended is not None and last > exchange.ended
    cancelled = exchange.reset_by == "app" and exchange.client_open is True and went_on
    missing = attempt.kind is Kind.ANSWER_NOT_FOUND
    return is_ornament(exchange) or ((cancelled or missing) and not data_is_due(exchange, None))


def _used_up(attempt: Attempt, gathered: Gatherer) -> bool:
    """A WebSocket that served a while and was closed once by a private code: the app went on."""
    exchange = attempt.exchange
    if exchange is None or exchange.websocket_close not in PRIVATE_CLOSES:
        return False
    ended = exchange.ended or exchange.begun
    call = gathered.tally.calls.get((exchange.method, attempt.host, exchange.path))
    later = [host.last_answer or 0.0 for host in gathered.tally.hosts.values()]
    once = call is not None and call.failed == 1
    return once and ended - exchange.begun >= IMPATIENT and max(later) > ended


def _never_reached(attempt: Attempt, gathered: Gatherer) -> bool:
    """Several connections to the host broke, and no host of its role gave anything instead."""
    hosts = gathered.tally.hosts
    host = hosts.get(attempt.host)
    instead = any(found.answered for found in hosts.values() if found.role == attempt.role)
    return host is not None and host.unreached > 1 and not instead


def _again_and_again(attempt: Attempt, gathered: Gatherer) -> bool:
    """The same thing failed more than once and never worked: somebody missed it."""
    if attempt.exchange is None:
        return _never_reached(attempt, gathered)
    key = (attempt.exchange.method, attempt.host, attempt.exchange.path)
    call = gathered.tally.calls.get(key)
    again = call is not None and call.failed > 1 and call.answered == 0
    return again and not _ornamental(attempt, gathered)


def _counts(attempt: Attempt, gathered: Gatherer, *, cleanly: bool, listed: bool) -> bool:
    """Whether this attempt bears on the capture as a whole, which ended `cleanly` or not.

    `listed`: the profile knows some of the hosts that were seen; then the others are
    other apps'.
    """
    if attempt.role in BACKGROUND_ROLES and (listed or attempt.role != UNLISTED):
        return attempt.role in FELT_ROLES and _again_and_again(attempt, gathered)
    answered = gathered.tally.hosts.get(attempt.host)
    under_way = attempt.kind is Kind.PROXY_SHUTDOWN and bool(answered and answered.answered)
    shrugged_off = _ornamental(attempt, gathered) or _used_up(attempt, gathered)
    return not (attempt.recovered or shrugged_off or (under_way and cleanly))


def _shown(attempts: list[Attempt], gathered: Gatherer) -> list[Attempt]:
    """Failed attempts, without spare connections to hosts that carried requests elsewhere."""
    found: list[Attempt] = []
    for attempt in attempts:
        if attempt.failure is None:
            continue
        host = gathered.tally.hosts.get(attempt.host)
        used = host is not None and (host.answered or host.failed)
        if attempt.kind in _HARMLESS and (used or len(found) >= MOST_LISTED):
            continue
        found.append(replace(attempt, recovered=_recovered(attempt, gathered)))
    return found


def _whole_case(gathered: Gatherer, matcher: Matcher, attempts: list[Attempt]) -> Case:
    witnesses = gathered.witnesses()
    listening = witnesses.proxy_started is not None or gathered.tally.exchanges > 0
    readable = [attempt for attempt in attempts if attempt.exchange is not None]
    refused = [attempt for attempt in attempts if attempt.exchange is None]
    seen = visibility_of(refused, len(gathered.tunnels), listening=listening)
    if (readable or gathered.tally.exchanges) and seen is Visibility.OPAQUE:
        seen = Visibility.PARTLY_OPAQUE
    return Case(
        matcher=matcher,
        tally=gathered.tally,
        witnesses=witnesses,
        attempts=tuple(attempt for attempt in attempts if attempt.failure is None),
        tunnels=tuple(gathered.tunnels),
        idle=tuple(gathered.idle),
        visibility=seen,
        until=gathered.until,
        listening=listening,
        first_answers=gathered.first_answers,
        answers=gathered.answers,
    )


def _overall(ones: list[_One]) -> Judged:
    """One judgement for many: the party that most of the sure weight lies on.

    The judgement that names that party most surely stands for all; where no party
    outweighs the others it stays undecided.
    """
    total: dict[Party, float] = {}
    for one in ones:
        for entry in one.judged.match.candidates:
            total[entry.party] = total.get(entry.party, 0.0) + entry.weight
    spread = settled([Candidate(party, weight) for party, weight in total.items()])
    top = spread[0].party
    of_top = [one for one in ones if one.judged.match.party is top]
    best = max(of_top or ones, key=lambda one: one.judged.match.confidence).judged
    if len({one.judged.match.party for one in ones}) == 1:
        return best
    weights = [entry.weight for entry in spread] + [0.0]
    if of_top and weights[0] - weights[1] >= MARGIN and weights[0] >= 0.5:
        sure = round(min(best.match.confidence, max(weights[0], 0.6)), 3)
        return replace(best, match=replace(best.match, candidates=_with_top(spread, sure)))
    return replace(best, match=_mixed(ones, spread), outcome=_mixed_outcome(ones))


def _with_top(spread: tuple[Candidate, ...], weight: float) -> tuple[Candidate, ...]:
    """The same order, the first with this weight, the others sharing the rest."""
    rest = sum(entry.weight for entry in spread[1:])
    others = [Candidate(e.party, (1.0 - weight) * e.weight / rest) for e in spread[1:] if rest]
    return settled([Candidate(spread[0].party, weight), *others])


def _mixed(ones: list[_One], spread: tuple[Candidate, ...]) -> Match:
    said = list(dict.fromkeys(one.judged.match.statement for one in ones))[:3]
    refs = tuple(dict.fromkeys(ref for one in ones for ref in one.judged.match.refs))[:10]
    even = _with_top(spread, min(spread[0].weight, 0.55))
    first = ones[0].judged.match
    return replace(first, candidates=even, statement=" ".join(said), refs=refs)


def _mixed_outcome(ones: list[_One]) -> Outcome:
    outcomes = {one.judged.outcome for one in ones}
    return Outcome.FAILED if Outcome.FAILED in outcomes else ones[0].judged.outcome


def _whole_judged(board: _Board, counting: list[_One]) -> Judged:
    """The phone, the process and our own machinery come before single exchanges."""
    alone = judge(board.whole)
    if alone.rule.id not in {"capture_clean", "capture_slow", "capture_empty", "unexplained"}:
        return alone
    return _overall(counting) if counting else alone


def _notes(gathered: Gatherer, ones: list[_One], counting: list[_One]) -> tuple[str, ...]:
    notes: list[str] = []
    more = gathered.suspicious - len(ones)
    if more > 0:
        notes.append(f"{more} further failed exchanges were counted, not judged one by one.")
    left_out = len(ones) - len(counting)
    if left_out > 0:
        notes.append(f"{left_out} failures bear on nothing: background calls or mended by a retry.")
    return tuple(notes)


def judge_capture(
    observations: Iterable[Observation],
    profile: AppProfile,
    *,
    device: DeviceLabel | None = None,
    name: str = "capture",
) -> CaptureJudgement:
    """Judges what anyone's capture shows. Reads `observations` once, in order of time, and
    keeps only what is suspicious, so that memory does not grow with the capture."""
    matcher = Matcher(profile)
    gathered = Gatherer(matcher)
    for seen in observations:
        gathered.add(seen)
    attempts = gathered.attempts()
    shown = _shown(attempts, gathered)
    board = _Board(_whole_case(gathered, matcher, attempts), gathered)
    listed = shown[:MOST_LISTED]
    near = tuple(listed[:NEARBY])
    ones = [board.judge_one(attempt, near) for attempt in listed]
    cleanly = board.whole.witnesses.proxy_stopped is not None
    known = any(host.role != UNLISTED for host in gathered.tally.hosts.values())
    counting = [
        one for one in ones if _counts(one.attempt, gathered, cleanly=cleanly, listed=known)
    ]
    judged = _whole_judged(board, counting)
    whole_case = replace(board.whole, failures=tuple(one.attempt for one in counting[:NEARBY]))
    whole = make_verdict(
        whole_case,
        judged,
        verdict_id=name,
        device=device,
        started=gathered.first_t,
        ended=gathered.last_t,
        notes=_notes(gathered, ones, counting),
    )
    exchanges: list[Verdict] = []
    for number, one in enumerate(ones, 1):
        started, ended = attempt_times(one.attempt, gathered.until)
        exchanges.append(
            make_verdict(
                one.case,
                one.judged,
                verdict_id=f"{name}-{number}",
                step=one.attempt.label,
                device=device,
                started=started,
                ended=ended,
            )
        )
    failed = max(gathered.suspicious, len(ones))
    return CaptureJudgement(whole, tuple(exchanges), failed, gathered.tally.exchanges)
