"""A phone whose failures differ from its peers' is looked at by itself, not held against others.

One phone with a bad cable, clock or account in a lab must not turn into an outage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from harness.domain.odd_one_out import OddOne, Tally, odd_ones
from harness.domain.verdict import Candidate, Evidence, Verdict
from harness.domain.vocabulary import Level, Outcome, Party, Visibility

_LOOKED = {Outcome.PASSED, Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE}

_INSTEAD = (
    Candidate(Party.DEVICE, 0.35),
    Candidate(Party.ACCOUNT, 0.25),
    Candidate(Party.NETWORK, 0.2),
    Candidate(Party.SERVER, 0.2),
)
"""What is the phone's own comes first; a service may still fail for one account alone."""

_DOUBT = 0.35


def find_odd_phones(verdicts: Sequence[Verdict]) -> tuple[OddOne, ...]:
    """By the latest try of each scenario on each phone."""
    latest = {
        (_phone(verdict), verdict.scenario): verdict
        for verdict in verdicts
        if verdict.device is not None and verdict.scenario and verdict.outcome in _LOOKED
    }
    rows = list(latest.values())
    tallies = [
        Tally(
            phone,
            sum(1 for row in rows if _phone(row) == phone and differs(row, rows)),
            sum(1 for row in rows if _phone(row) == phone),
        )
        for phone in dict.fromkeys(_phone(row) for row in rows)
    ]
    return odd_ones(tallies)


def differs(verdict: Verdict, rows: Sequence[Verdict]) -> bool:
    """It did not pass, and most of its peers either did or failed by somebody else."""
    if verdict.outcome is Outcome.PASSED:
        return False
    peers = [
        row for row in rows
        if row.scenario == verdict.scenario and _phone(row) != _phone(verdict)
    ]  # fmt: skip
    if not peers:
        return False
    usual, times = Counter(row.party for row in peers).most_common(1)[0]
    return 2 * times > len(peers) and usual not in {verdict.party, Party.UNKNOWN} and not (
        verdict.party is Party.UNKNOWN and usual is not Party.NONE
    )  # fmt: skip


def with_odd_phones_apart(verdicts: Sequence[Verdict], odd: Sequence[OddOne]) -> list[Verdict]:
    """The statistics become a note of the odd phone's verdicts that did not pass.

    Where its traffic could not be read, "the service" was only a conclusion from outside:
    the peers speak against it, and nobody is named. What was read stays as it was read.
    """
    by_phone = {one.phone: one for one in odd}
    changed: list[Verdict] = []
    for verdict in verdicts:
        one = by_phone.get(_phone(verdict))
        if one is None or verdict.outcome in {Outcome.PASSED, Outcome.NOT_RUN}:
            changed.append(verdict)
            continue
        told = replace(verdict, notes=(*verdict.notes, f"The odd one out: {one}."))
        alone = verdict.party is Party.SERVER and differs(verdict, verdicts)
        changed.append(
            _nobody(told, one) if alone and verdict.visibility is not Visibility.OPEN else told
        )
    return changed


def _nobody(verdict: Verdict, odd: OddOne) -> Verdict:
    against = Evidence(verdict.layer, Level.COUNTED, f"The odd one out: {odd}.")
    return replace(
        verdict,
        party=Party.UNKNOWN,
        candidates=_INSTEAD,
        confidence=_DOUBT,
        summary=(
            f"It failed on {odd.phone} alone, while its peers do well: look at this phone,"
            " its account and its network first."
        ),
        advice=("Do not delete the app: nothing was found that this would mend.",),
        conflicts=(*verdict.conflicts, against),
        next_control="second_phone",
    )


def _phone(verdict: Verdict) -> str:
    return verdict.device.name if verdict.device is not None else ""
