"""The loss list: what a person had, what became of it, and what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.domain.app_copies import copy_fates
from harness.domain.inventory import Inventory
from harness.domain.storage_map import StorageMap
from harness.loss.advice import advise
from harness.loss.change import Difference
from harness.loss.class_total import total
from harness.loss.difference import difference
from harness.loss.fate import file_fate
from harness.loss.hidden import hidden_row
from harness.loss.loss import ClassTotal, Fate, FileLoss, LossList, LossRow
from harness.loss.rows import rows_of
from harness.loss.things import gather


def loss_list(
    before: Inventory,
    after: Inventory,
    storage: StorageMap,
    server: Mapping[str, bool] | None = None,
) -> LossList:
    """`server`: by class, whether the service was found to have it after a new log-in.

    A class that is not in `server` was not asked for. Raises ValueError when the
    inventories are not of one package and user.
    """
    found = difference(before, after)
    rows: list[LossRow] = []
    classes: list[ClassTotal] = []
    for group in gather(found.changes, storage).values():
        told = rows_of(group, found, server or {})
        hidden = hidden_row(group.content, storage, before, gone=found.deleted, further=bool(told))
        told += [hidden] if hidden else []
        if told:
            rows += told
            classes.append(total(group.content, told))
    removal = found.deleted or (after.state.installed and found.fresh is not False)
    rows = [_of_a_card(row, gone=removal) for row in rows]
    return LossList(
        device=before.device,
        package=before.package,
        before=before.taken,
        after=after.taken,
        reinstalled=found.fresh,
        removed=found.removed,
        tier=before.tier,
        rows=tuple(rows),
        classes=tuple(classes),
        advice=advise(classes, deleted=found.deleted, cleared=found.emptied),
        emptied=found.emptied,
        unseen=tuple(dict.fromkeys((*before.unseen, *after.unseen))),
        files=tuple(_files(found)),
        copies=copy_fates(before.copies, after.copies),
    )


ON_A_CARD = "It is still on the card: put the card in again and look once more."
DELETED_THEN = (
    "Put the card in again to see. If it was formatted as internal storage, Android deletes what"
    " an app that was removed meanwhile had on it as soon as it is in."
)


def _of_a_card(row: LossRow, *, gone: bool) -> LossRow:
    """Whether it can come back depends on the card. `gone`: the app was removed meanwhile."""
    if row.fate is not Fate.ABSENT:
        return row
    return replace(row, returns=DELETED_THEN if gone else ON_A_CARD)


def _files(found: Difference) -> Iterable[FileLoss]:
    for change in found.changes:
        item = change.item
        yield FileLoss(
            area=item.area,
            path=item.path,
            content=item.content,
            size=item.size,
            change=change.change,
            fate=file_fate(change, None),
            volume=item.volume,
            parts=change.parts,
        )
