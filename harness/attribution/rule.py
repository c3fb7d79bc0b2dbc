"""A rule as a row, and what it says when it applies."""

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.attribution.case import Case
from harness.domain.verdict import Candidate
from harness.domain.vocabulary import Layer, Outcome, Party

DECIDED = 0.6
"""Weight from which the heaviest candidate is named as the party."""

MARGIN = 0.15
"""By how much it must outweigh the next; else the party is unknown."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule applies: what was seen, and who fits how well (weights add up to 1).

    `slots` fill the templates of the summary. `outcome` replaces the rule's where a
    table of the profile decides it. `weak` matches count only if nothing else does.
    """

    candidates: tuple[Candidate, ...]
    statement: str
    refs: tuple[str, ...] = ()
    slots: dict[str, str] = field(default_factory=dict[str, str])
    outcome: Outcome | None = None
    known_issue: str | None = None
    next_control: str | None = None
    advice: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the heaviest candidate outweighs the others."""
        weights = [candidate.weight for candidate in self.candidates]
        runner_up = weights[1] if len(weights) > 1 else 0.0
        known = self.candidates[0].party is not Party.UNKNOWN
        return known and weights[0] >= DECIDED and weights[0] - runner_up >= MARGIN

    @property
    def party(self) -> Party:
        """The party, UNKNOWN where none outweighs the others."""
        return self.candidates[0].party if self.decided else Party.UNKNOWN

    @property
    def confidence(self) -> float:
        """Weight of the heaviest candidate; 0 where nobody is a candidate."""
        heaviest = self.candidates[0]
        return 0.0 if heaviest.party is Party.UNKNOWN else heaviest.weight


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    `party` is whom the rule is made for; the match may lean elsewhere when
    witnesses speak against it. `because`: why that party. `overturned_by`: what
    would show that the rule is wrong here.
    """

    id: str
    layer: Layer
    party: Party
    outcome: Outcome
    because: str
    overturned_by: str
    applies: Callable[[Case], Match | None]
    summary: str  # template; slots in braces
