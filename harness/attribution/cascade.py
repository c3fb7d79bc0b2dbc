"""Applies the table to a case: the first rule that fits decides, rivals are weighed."""

from dataclasses import dataclass, replace

from harness.attribution.case import Case
from harness.attribution.rule import Match, Rule
from harness.attribution.table import TABLE
from harness.attribution.weigh import blend
from harness.domain.verdict import Evidence
from harness.domain.vocabulary import Layer, Level, Outcome, Party

NEAR = 0.08
"""Matches of one layer whose confidence differs by less are rivals of equal right."""

_WIRE = {Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP, Layer.APPLICATION}


@dataclass(frozen=True, slots=True)
class Judged:
    """What the table says of a case."""

    rule: Rule
    match: Match
    outcome: Outcome
    conflicts: tuple[Evidence, ...]


def _rivals(rule: Rule, match: Match, others: list[tuple[Rule, Match]]) -> list[Match]:
    """Later matches of the same layer that name another party, are as sure, and rest on
    other observations: one observation read twice is no second cause."""
    if not match.decided or rule.layer not in _WIRE:
        return []
    return [
        other
        for other_rule, other in others
        if other_rule.layer is rule.layer
        and other.decided
        and other.party is not match.party
        and other.confidence >= match.confidence - NEAR
        and not set(other.refs) & set(match.refs)
    ]


def _outcome(case: Case, rule: Rule, match: Match) -> Outcome:
    outcome = match.outcome or rule.outcome
    if match.party is Party.HARNESS:
        return Outcome.INCONCLUSIVE
    if match.party is not Party.UNKNOWN:
        # A rule made for our own fault may lean to somebody else: then it is a failure.
        leans_away = rule.party is Party.HARNESS and outcome is Outcome.INCONCLUSIVE
        return Outcome.FAILED if leans_away else outcome
    nobody = match.candidates[0].party is Party.UNKNOWN
    if outcome is Outcome.BLOCKED or nobody:
        return outcome
    if case.bare and case.failures:
        ours = match.candidates[0].party in {Party.HARNESS, Party.NONE, Party.UNKNOWN}
        return Outcome.INCONCLUSIVE if ours else Outcome.FAILED
    return Outcome.FAILED if case.result == "failed" else Outcome.INCONCLUSIVE


def judge(case: Case, table: tuple[Rule, ...] = TABLE) -> Judged:
    """The verdict's core. The table ends with a rule that always applies."""
    found = [(rule, match) for rule in table if (match := rule.applies(case)) is not None]
    (rule, match), others = found[0], found[1:]
    rivals = _rivals(rule, match, others)
    if rivals:
        groups = [match.candidates, *(rival.candidates for rival in rivals)]
        refs = tuple(dict.fromkeys([*match.refs, *(ref for r in rivals for ref in r.refs)]))
        statement = " ".join([match.statement, *(rival.statement for rival in rivals)])
        match = replace(match, candidates=blend(groups), refs=refs, statement=statement)
    conflicts = tuple(
        Evidence(
            other_rule.layer,
            Level.DISCARDED,
            f"{other.statement} That would be {other.party} ({other_rule.id}).",
            other.refs,
        )
        for other_rule, other in others
        if other.decided and other.party not in {match.party, Party.NONE}
    )
    return Judged(rule, match, _outcome(case, rule, match), conflicts[:8])
