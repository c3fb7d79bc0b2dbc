"""Verdicts on a capture without a scenario: first the whole, then each failed exchange."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harness.attribution.attempt import Attempt
from harness.attribution.bearing import Bearing
from harness.attribution.cascade import Judged, judge
from harness.attribution.case import Case
from harness.attribution.evidence import visibility_of
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.gather import Gatherer
from harness.attribution.matching import UNLISTED, Matcher
from harness.attribution.rule import MARGIN, Match
from harness.attribution.rules.values import VALUES
from harness.attribution.verdict_making import attempt_times, make_verdict
from harness.attribution.weigh import MOST_ALONE, settled
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile
from harness.domain.verdict import Candidate, DeviceLabel, Verdict
from harness.domain.vocabulary import Outcome, Party, Visibility

MOST_LISTED = 1000
"""Failed exchanges with a verdict of their own; the rest is counted."""

NEARBY = 200
"""Other attempts that each judgement looks at."""

_HARMLESS = frozenset({Kind.TLS_CLIENT_SILENT})

_NO_BLAME = frozenset({Party.NONE, Party.HARNESS, Party.UNKNOWN})

_CALM = frozenset({"capture_clean", "capture_slow", "capture_empty", "unexplained"})
"""Rules that leave the whole to its single failures."""

_OUR_END = frozenset({"harness_proxy_died", "harness_capture_torn", "harness_out_of_resources"})
"""Rules by which our own end spoils what was not yet over; what was answered before stays."""


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
    bearing: Bearing

    def judge_one(self, attempt: Attempt, related: tuple[Attempt, ...]) -> _One:
        case = replace(self.whole, failures=(attempt,), attempts=related)
        judged = judge(case)
        blamed = judged.match.decided and judged.match.party not in _NO_BLAME
        if blamed and not self.bearing.more_than_a_mishap(attempt):
            sure = min(judged.match.confidence, MOST_ALONE)
            spread = _with_top(judged.match.candidates, sure)
            judged = replace(judged, match=replace(judged.match, candidates=spread))
        return _One(attempt, case, judged)


def _shown(attempts: list[Attempt], bearing: Bearing) -> list[Attempt]:
    """Failed attempts, without spare connections to hosts that carried requests elsewhere."""
    found: list[Attempt] = []
    for attempt in attempts:
        if attempt.failure is None:
            continue
        host = bearing.gathered.tally.hosts.get(attempt.host)
        used = host is not None and (host.answered or host.failed)
        if attempt.kind in _HARMLESS and (used or len(found) >= MOST_LISTED):
            continue
        found.append(replace(attempt, recovered=bearing.recovered(attempt)))
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


def _overall(judgements: list[Judged]) -> Judged:
    """One judgement for many: the party that most of the sure weight lies on.

    The judgement that names that party most surely stands for all; where no party
    outweighs the others it stays undecided.
    """
    total: dict[Party, float] = {}
    for judged in judgements:
        for entry in judged.match.candidates:
            total[entry.party] = total.get(entry.party, 0.0) + entry.weight
    spread = settled([Candidate(party, weight) for party, weight in total.items()])
    top = spread[0].party
    of_top = [judged for judged in judgements if judged.match.party is top]
    best = max(of_top or judgements, key=lambda judged: judged.match.confidence)
    if len({judged.match.party for judged in judgements}) == 1:
        return best
    weights = [entry.weight for entry in spread] + [0.0]
    if of_top and weights[0] - weights[1] >= MARGIN and weights[0] >= 0.5:
        sure = round(min(best.match.confidence, max(weights[0], 0.6)), 3)
        return replace(best, match=replace(best.match, candidates=_with_top(spread, sure)))
    return replace(best, match=_mixed(judgements, spread), outcome=_mixed_outcome(judgements))


def _with_top(spread: tuple[Candidate, ...], weight: float) -> tuple[Candidate, ...]:
    """The same order, the first with this weight, the others sharing the rest."""
    rest = sum(entry.weight for entry in spread[1:])
    others = [Candidate(e.party, (1.0 - weight) * e.weight / rest) for e in spread[1:] if rest]
    return settled([Candidate(spread[0].party, weight), *others])


def _mixed(judgements: list[Judged], spread: tuple[Candidate, ...]) -> Match:
    said = list(dict.fromkeys(judged.match.statement for judged in judgements))[:3]
    refs = tuple(dict.fromkeys(ref for judged in judgements for ref in judged.match.refs))[:10]
    even = _with_top(spread, min(spread[0].weight, 0.55))
    return replace(judgements[0].match, candidates=even, statement=" ".join(said), refs=refs)


def _mixed_outcome(judgements: list[Judged]) -> Outcome:
    outcomes = {judged.outcome for judged in judgements}
    return Outcome.FAILED if Outcome.FAILED in outcomes else judgements[0].outcome


def _answered_before(one: _One) -> bool:
    """The service's own whole answer: what became of our proxy later does not touch it."""
    exchange = one.attempt.exchange
    whole = exchange is not None and exchange.status is not None and exchange.error is None
    return whole and one.judged.match.party is not Party.HARNESS


def _whole_judged(board: _Board, counting: list[_One]) -> Judged:
    """The phone, the process and our own machinery come before single exchanges; what the
    answers' values say stands beside them."""
    alone, each = judge(board.whole), [one.judged for one in counting]
    if alone.rule.id in VALUES and each:
        return _overall([alone, *each])
    ours = alone.rule.id in _OUR_END and any(_answered_before(one) for one in counting)
    if ours or (alone.rule.id in _CALM and each):
        return _overall(each)
    return alone


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
    bearing = Bearing(gathered)
    shown = _shown(attempts, bearing)
    board = _Board(_whole_case(gathered, matcher, attempts), bearing)
    listed = shown[:MOST_LISTED]
    near = tuple(listed[:NEARBY])
    ones = [board.judge_one(attempt, near) for attempt in listed]
    cleanly = board.whole.witnesses.proxy_stopped is not None
    known = any(host.role != UNLISTED for host in gathered.tally.hosts.values())
    counting = [one for one in ones if bearing.counts(one.attempt, cleanly=cleanly, listed=known)]
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
