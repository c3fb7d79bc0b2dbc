"""What people ask next: my account, my content, a reinstall, how sure, what was not checked."""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.verdict import Verdict
from harness.domain.vocabulary import ControlResult, Level, Outcome, Party
from harness.loss.loss import LEFT, LossList
from harness.reporting import words
from harness.reporting.evidence_words import plain
from harness.reporting.loss_content import losses_of
from harness.reporting.phones_compared import compared
from harness.reporting.run_record import RunRecord

ENDED_BADLY = (Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE)
NEEDS_ACCOUNT = ("login", "followers")
"""Scenarios that only pass when the service knows the account."""

NOTHING_AGAINST_IT = (
    "Nothing that was seen speaks against it. To be certain, a log-in would have to come"
    " through, and none did in this run."
)
NOT_MEASURED = (
    "That was not measured in this run. Android deletes the place where an app keeps its"
    " drafts and offline videos together with the app."
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A question with what this run can say to it."""

    question: str
    lines: tuple[str, ...]


def replies(record: RunRecord) -> list[Reply]:
    """Every question is answered, if only by "was not checked"."""
    verdicts = [item.verdict for item in record.tries]
    phones = compared(record)
    return [
        *([Reply("Is it the same on all phones?", phones)] if phones else []),
        Reply("Is my account all right?", account(verdicts)),
        Reply("Will my content come back?", content(record, verdicts)),
        Reply("What would deleting the app cost me?", reinstall(record, verdicts)),
        Reply("How sure are you, and why?", sureness(verdicts)),
        Reply("What was not checked?", unchecked(verdicts)),
    ]


def measured_losses(record: RunRecord) -> list[LossList]:
    """The loss lists of all tries."""
    found = (losses_of(record.folder / item.folder) for item in record.tries)
    return [losses for losses in found if losses is not None]


def account(verdicts: list[Verdict]) -> tuple[str, ...]:
    """By what was seen of it; a service that lets nobody in says nothing about an account."""
    blamed = [one for one in verdicts if one.party is Party.ACCOUNT]
    if blamed:
        return tuple(dict.fromkeys(one.summary for one in blamed))
    proven = [
        one for one in verdicts
        if one.outcome is Outcome.PASSED and (one.scenario or "") in NEEDS_ACCOUNT
    ]  # fmt: skip
    if proven:
        names = ", ".join(dict.fromkeys(words.scenario(one).lower() for one in proven))
        return (f"Yes: the service knew the account in this run ({names}).",)
    suspected = any(
        one.party is Party.ACCOUNT and one.weight >= 0.15
        for verdict in verdicts
        for one in verdict.candidates
        if verdict.outcome in ENDED_BADLY
    )
    if suspected:
        return ("That is not settled: the account is one of the things that may be the cause.",)
    if any(one.outcome in ENDED_BADLY for one in verdicts):
        return (NOTHING_AGAINST_IT,)
    return ("That was not checked in this run.",)


def content(record: RunRecord, verdicts: list[Verdict]) -> tuple[str, ...]:
    """What lies on the phone and what lies with the service are two things."""
    measured = measured_losses(record)
    lines = [
        "Drafts and offline videos lie on the phone: they stay as long as the app is not deleted.",
        *(line for losses in measured for line in coming_back(losses)),
    ]
    if any(losses.removed or losses.reinstalled for losses in measured):
        return tuple(dict.fromkeys(lines))
    seen = [
        one for one in verdicts
        if one.scenario == "followers" and one.outcome is Outcome.PASSED
    ]  # fmt: skip
    lines.append(
        "The service still gave out the account's followers in this run."
        if seen
        else "Whether the service still has posts and followers was not checked in this run."
    )
    return tuple(dict.fromkeys(lines))


def coming_back(losses: LossList) -> list[str]:
    """Of each class that a person would miss and that left the phone: can it come back?"""
    missed = {entry.content: entry.label for entry in losses.classes if entry.missed}
    returns = {
        row.content: row.returns
        for row in losses.rows
        if row.content in missed and row.fate not in LEFT and row.returns
    }
    return [
        f"{missed[content].capitalize()} that went with the app: {said[:1].lower()}{said[1:]}"
        for content, said in returns.items()
    ]


def reinstall(record: RunRecord, verdicts: list[Verdict]) -> tuple[str, ...]:
    """From the loss lists of the reinstall experiment, else said to be not measured."""
    lines = [f"On {losses.device}: {losses.advice}" for losses in measured_losses(record)]
    if lines:
        return (*dict.fromkeys(lines), "The cards below name it thing by thing.")
    reasons = [one.summary for one in verdicts if one.scenario == "reinstall"]
    return (NOT_MEASURED, *dict.fromkeys(reasons))


def sureness(verdicts: list[Verdict]) -> tuple[str, ...]:
    """Each bad verdict's number, its decisive line and the comparisons that were made."""
    bad = [one for one in verdicts if one.outcome in ENDED_BADLY] or verdicts
    lines: list[str] = []
    for verdict in sorted(bad, key=lambda one: -one.confidence)[:3]:
        decisive = next((e for e in verdict.evidence if e.level is Level.COUNTED), None)
        said = f"{words.scenario(verdict)}: {words.sureness(verdict.confidence)}"
        said += f" ({words.percent(verdict.confidence)})."
        lines.append(f"{said} {plain(decisive.statement)}" if decisive else said)
        lines += [c.statement for c in verdict.controls if c.result is not ControlResult.NOT_MADE]
        lines += [f"Speaks against it: {plain(item.statement)}" for item in verdict.conflicts]
    return tuple(dict.fromkeys(lines))


def unchecked(verdicts: list[Verdict]) -> tuple[str, ...]:
    """Scenarios that were not run, comparisons that were not made, places nobody looked into."""
    lines = [
        f"{words.scenario(one)}: not run. {one.summary}"
        for one in verdicts
        if one.outcome is Outcome.NOT_RUN
    ]
    bad = [one for one in verdicts if one.outcome in ENDED_BADLY]
    made = {
        c.name for one in bad for c in one.controls if c.result is not ControlResult.NOT_MADE
    }  # fmt: skip
    missing = {c.name for one in bad for c in one.controls} - made
    lines += [f"{words.UNCHECKED.get(name, words.control(name))}." for name in sorted(missing)]
    lines += [
        plain(item.statement)
        for one in bad
        for item in one.evidence
        if item.level is Level.NONE
    ]  # fmt: skip
    return tuple(dict.fromkeys(lines)) or ("Nothing that this run set out to check is open.",)
