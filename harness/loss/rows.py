"""The rows of the loss list that one class of things gives."""

from collections.abc import Iterable, Mapping

from harness.domain.inventory import Item
from harness.loss.change import Change, Difference, FileChange
from harness.loss.fate import ORDER, file_fate, with_server
from harness.loss.loss import Fate, LossRow
from harness.loss.things import Gathered, Thing
from harness.loss.where import where

UNLISTED = (
    "The file is there, but its entry in the app's own list is gone: the app shows it no more."
)
ROW_LOST = "Its entry in the app's database is gone."
ROW_BACK = "Its entry is in the app's database again."
ROW_KEPT = "Its entry is still in the app's database."


def rows_of(group: Gathered, found: Difference, server: Mapping[str, bool]) -> list[LossRow]:
    """Empty when nothing of the class was there before."""
    if group.content.told == "each" and group.things:
        ordered = sorted(group.things.values(), key=lambda thing: thing.age)
        return [
            _thing_row(thing, number, len(ordered), server)
            for number, thing in enumerate(ordered, 1)
        ]
    if group.rows:
        return _counted_rows(group, found, server)
    if group.content.told == "each" or not group.rest:
        return []  # files of a class whose things are named: lists and journals of them
    if group.content.told == "whole":
        return [_whole(group, server)]
    return _by_fate(group, server)


def _thing_row(thing: Thing, number: int, count: int, server: Mapping[str, bool]) -> LossRow:
    fates = [(file_fate(change, pattern), change) for change, pattern in thing.files]
    if thing.row_file is not None and thing.row is not None:
        fates.append(_row_fate(thing.row, thing.row_file))
    fate, decisive = _worst(fates)
    reason = decisive.reason
    if thing.row is Change.LOST and fate is Fate.LOST and decisive is thing.row_file:
        reason = UNLISTED if thing.files else ROW_LOST
    elif not thing.files:
        reason = ROW_BACK if fate is Fate.RESTORED else ROW_KEPT
    if len(thing.files) > 1 and fate is Fate.LOST and decisive is not thing.row_file:
        gone = sum(1 for change, _ in thing.files if change.after is None)
        reason = f"{gone} of its {len(thing.files)} files are gone. {reason}"
    return LossRow(
        item=f"{thing.content.one} {number} of {count}" if count > 1 else thing.content.one,
        content=thing.content.name,
        where=where(_lived(thing)),
        fate=with_server(fate, thing.content, server),
        returns=thing.content.returns,
        how_known=reason,
        size=thing.size,
        change=decisive.change.value,
    )


def _lived(thing: Thing) -> list[Item]:
    if thing.files:
        return [change.item for change, _ in thing.files]
    return [thing.row_file.item] if thing.row_file else []


def _row_fate(row: Change, database: FileChange) -> tuple[Fate, FileChange]:
    if row is Change.LOST:
        return Fate.LOST, database
    made_anew = database.change in {Change.REMADE, Change.RESTORED}
    return (Fate.RESTORED if made_anew else Fate.SURVIVED), database


def _worst(fates: list[tuple[Fate, FileChange]]) -> tuple[Fate, FileChange]:
    return min(fates, key=lambda pair: ORDER.index(pair[0]))


def _counted_rows(group: Gathered, found: Difference, server: Mapping[str, bool]) -> list[LossRow]:
    """Rows of tables, counted by fate."""
    counts: dict[Fate, int] = {}
    unread: dict[Fate, str] = {}  # why the rows of a file could not be compared
    for change, part in group.rows:
        anew = change.change in {Change.REMADE, Change.RESTORED}
        there = Fate.RESTORED if anew else Fate.SURVIVED
        if change.change in {Change.NOT_VISIBLE, Change.ABSENT}:
            whole = part.kept + part.changed + part.lost + part.uncompared
            numbers = {file_fate(change, None): whole}
            unread[file_fate(change, None)] = change.reason
        else:
            numbers = {there: part.kept + part.changed, Fate.NOT_CHECKED: part.uncompared}
            lost = with_server(Fate.LOST, group.content, server)
            numbers[lost] = numbers.get(lost, 0) + part.lost
        for fate, number in numbers.items():
            counts[fate] = counts.get(fate, 0) + number
    items = [change.item for change, _ in group.rows]
    sizes = sum(item.size for item in items)
    reason = "Rows of the app's database, compared one by one by keyed hashes."
    if found.removed:
        reason = "Its database is gone with the app."
    return [
        LossRow(
            item=_several(group.content.one, group.content.many, counts[fate]),
            content=group.content.name,
            where=where(items),
            fate=fate,
            returns=group.content.returns,
            how_known=unread.get(fate, reason),
            size=sizes if index == 0 else 0,
            count=counts[fate],
        )
        for index, fate in enumerate(fate for fate in ORDER if counts.get(fate))
    ]


def _whole(group: Gathered, server: Mapping[str, bool]) -> LossRow:
    """All files of the class are one thing; those that hold it decide."""
    holding = [entry for entry in group.rest if entry[1] is not None and entry[1].holds]
    telling = holding or group.rest
    fate, decisive = _worst([(file_fate(change, pattern), change) for change, pattern in telling])
    return LossRow(
        item=group.content.one,
        content=group.content.name,
        where=where(change.item for change, _ in telling),
        fate=with_server(fate, group.content, server),
        returns=group.content.returns,
        how_known=_held_reason(decisive, fate),
        size=sum(change.item.size for change, _ in group.rest),
        change=decisive.change.value,
    )


def _held_reason(change: FileChange, fate: Fate) -> str:
    if change.change is Change.REMADE and fate is Fate.RESTORED:
        return "The file was made anew and holds the same entry again."
    if change.change is Change.CHANGED and fate is Fate.LOST:
        return "The file is there, but the entry that matters is gone or another one."
    return change.reason


def _by_fate(group: Gathered, server: Mapping[str, bool]) -> list[LossRow]:
    """Files that are told together: one row a fate."""
    sorted_out: dict[Fate, list[FileChange]] = {}
    for change, pattern in group.rest:
        fate = with_server(file_fate(change, pattern), group.content, server)
        sorted_out.setdefault(fate, []).append(change)
    return [
        LossRow(
            item=_several(group.content.one, group.content.many, len(changes)),
            content=group.content.name,
            where=where(change.item for change in changes),
            fate=fate,
            returns=group.content.returns,
            how_known=_reasons(changes),
            size=sum(change.item.size for change in changes),
            count=len(changes),
            change=worst_change(changes).value,
        )
        for fate in ORDER
        if (changes := sorted_out.get(fate))
    ]


def worst_change(changes: Iterable[FileChange]) -> Change:
    """The change that most of the files met; the first in the order of Change at a tie."""
    counts: dict[Change, int] = {}
    for change in changes:
        counts[change.change] = counts.get(change.change, 0) + 1
    order = tuple(Change)
    return max(counts, key=lambda change: (counts[change], -order.index(change)))


def _reasons(changes: list[FileChange]) -> str:
    reasons = list(dict.fromkeys(change.reason for change in changes))
    return reasons[0] if len(reasons) == 1 else f"{reasons[0]} (and {len(reasons) - 1} other ways)"


def _several(one: str, many: str, count: int) -> str:
    return one if count == 1 else f"{count} {many}"
