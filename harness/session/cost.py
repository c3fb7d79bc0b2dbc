"""What an arm cost, in words and numbers: from the loss list to the fact that is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.domain.facts.removal import LossesFound
from harness.domain.inventory import Inventory
from harness.domain.removal import ARM_TEXT, LOSES_DATA, ArmOutcome, ArmResult
from harness.loss.loss import ClassTotal, Fate, LossList

_GONE = (Fate.LOST,)
_UNSURE = (Fate.NOT_CHECKED,)
_BACK = (Fate.RESTORED, Fate.ON_SERVER)


def server_has(before: Inventory, after: Inventory, later: Inventory) -> dict[str, bool]:
    """Classes of which every file and row that was gone came back, the same, with the log-in.

    A new database or cache of the same name proves nothing: the app makes these by itself.
    What did not come may come later, so nothing is said to be missing on the server.
    """
    had, left, now = (_contents(inventory) for inventory in (before, after, later))
    gone = {content: marks - left.get(content, set()) for content, marks in had.items()}
    return {
        content: True
        for content, marks in gone.items()
        if marks and marks <= now.get(content, set())
    }


def losses_found(
    found: LossList, outcome: ArmOutcome, *, server: str, document: str, notes: tuple[str, ...] = ()
) -> LossesFound:
    """`server`: checked or not_checked; `document`: losses.json within the run folder."""
    refused = outcome.result is ArmResult.REFUSED
    return LossesFound(
        arm=outcome.arm,
        result=outcome.result,
        lost=_by_class(found.classes, _GONE),
        not_checked=_by_class(found.classes, _UNSURE),
        kept=_by_class(found.classes, (Fate.SURVIVED,)),
        back=_by_class(found.classes, _BACK),
        not_visible=sum(1 for row in found.rows if row.fate is Fate.NOT_VISIBLE),
        server=server,
        cost=_listed([entry for entry in found.classes if entry.missed], _GONE),
        told=told(found, outcome),
        advice=() if refused else advice(found, outcome),
        notes=notes,
        document=document,
    )


def told(found: LossList, outcome: ArmOutcome) -> str:
    """One sentence: what was done and what it cost."""
    if outcome.result is ArmResult.REFUSED:
        return f"The phone refused it ({outcome.arm}): {outcome.answer}. Nothing was lost."
    missed = [entry for entry in found.classes if entry.missed]
    lost, left = _listed(missed, _GONE), _listed(missed, (Fate.SURVIVED, *_BACK))
    hidden = [entry.label for entry in missed if Fate.NOT_VISIBLE in entry.fates]
    parts = [f"lost: {lost}"] if lost else []
    unsure = _listed(missed, _UNSURE)
    away = _listed(missed, (Fate.ABSENT,))
    if not lost and not hidden and not unsure and not away:
        parts.append("nothing was lost that a person would miss")
    if unsure:
        parts.append(f"gone from the phone, and whether the service has it is not known: {unsure}")
    parts += [f"still there: {left}"] if left else []
    parts += [f"on a card that is not in the phone: {away}"] if away else []
    if hidden:
        parts.append(f"this phone does not show what became of {', '.join(hidden)}")
    sentence = f"{ARM_TEXT[outcome.arm]}; {'; '.join(parts)}."
    if outcome.result is ArmResult.NOT_PROVED:
        sentence += " Whether it really took place is not proved."
    return sentence[:1].upper() + sentence[1:]


def advice(found: LossList, outcome: ArmOutcome) -> tuple[str, ...]:
    """For the phone's owner; nothing where nothing was at stake."""
    if outcome.arm not in LOSES_DATA:
        return ()
    if found.reinstalled or found.removed:
        return (found.advice,)
    lost = _listed([entry for entry in found.classes if entry.missed], _GONE)
    if not lost:
        return ()
    cost = f"Clearing the app's storage cost {lost}, as deleting it would"
    return (f"{cost}: do not do it when the service is down.",)


def _listed(classes: Iterable[ClassTotal], fates: Sequence[Fate]) -> str:
    words: list[str] = []
    for entry in classes:
        count = sum(entry.fates.get(fate, 0) for fate in fates)
        if count:
            words.append(f"{count} {entry.one if count == 1 else entry.label}")
    return ", ".join(words)


def _by_class(classes: Iterable[ClassTotal], fates: Sequence[Fate]) -> dict[str, int]:
    counts = {entry.content: sum(entry.fates.get(fate, 0) for fate in fates) for entry in classes}
    return {content: count for content, count in counts.items() if count}


def _contents(inventory: Inventory) -> dict[str, set[str]]:
    """By class, what tells its files and rows from others: content hashes and row keys."""
    found: dict[str, set[str]] = {}
    for item in inventory.items:
        marks = found.setdefault(item.content, set())
        rows = [
            f"{table.table} {row.key} {row.value}"
            for table in (item.parts.tables if item.parts else ())
            for row in table.rows
        ]
        marks.update(rows or ([item.sha256] if item.sha256 else []))
    return found
