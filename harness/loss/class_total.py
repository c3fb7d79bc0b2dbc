"""One class in numbers: what you had, what is left."""

from collections.abc import Sequence

from harness.domain.storage_map import ContentClass
from harness.loss.loss import LEFT, ClassTotal, Fate, LossRow


def total(content: ContentClass, rows: Sequence[LossRow]) -> ClassTotal:
    """The sum of a class's rows; `had` is None when how many there were cannot be seen."""
    fates: dict[Fate, int] = {}
    for row in rows:
        fates[row.fate] = fates.get(row.fate, 0) + (row.count or 0)
    left = [row for row in rows if row.fate in LEFT]
    known = all(row.count is not None for row in rows)
    return ClassTotal(
        content=content.name,
        one=content.one,
        label=content.many,
        missed=content.missed,
        had=sum(row.count or 0 for row in rows) if known else None,
        had_size=sum(row.size for row in rows),
        left=sum(row.count or 0 for row in left),
        left_size=sum(row.size for row in left),
        fates=fates,
    )
