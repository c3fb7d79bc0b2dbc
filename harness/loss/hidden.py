"""A class that the phone does not let us see: said as such, never shown as empty."""

from harness.domain.inventory import Inventory
from harness.domain.storage import EXTERNAL, PRIVATE
from harness.domain.storage_map import ContentClass, StorageMap
from harness.loss.loss import Fate, LossRow
from harness.loss.where import ON_REMOVAL, PLACES


def hidden_row(
    content: ContentClass,
    storage: StorageMap,
    before: Inventory,
    *,
    gone: bool,
    further: bool = False,
) -> LossRow | None:
    """The row of what may lie where we cannot look.

    `gone`: the data folder is another one now, so Android has deleted the old one.
    `further`: some of the class was seen; then only places count that were seen in part.
    """
    for pattern in storage.files:
        if pattern.content != content.name:
            continue
        for area in pattern.areas:
            gap = next((gap for gap in before.unseen if gap.area is area), None)
            if gap is None or (further and not (gap.partly and pattern.owned)):
                continue
            deleted = gone and area in PRIVATE | EXTERNAL and gap.volume is None
            return LossRow(
                item=_name(content, further=further),
                content=content.name,
                where=PLACES[area],
                fate=Fate.NOT_VISIBLE,
                returns=content.returns,
                how_known=f"{gap.reason} {ON_REMOVAL}" if deleted else gap.reason,
                count=None,
            )
    return None


def _name(content: ContentClass, *, further: bool) -> str:
    if content.told == "whole":
        return content.one
    more = " more" if further else ""
    return f"{content.many} (how many{more} cannot be seen)"
