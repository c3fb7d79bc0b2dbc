"""What this look could not see, area by area: said, so that nobody reads it as empty."""

from collections.abc import Collection, Sequence

from harness.adapters.inventory.canary import OPEN
from harness.adapters.inventory.media_rows import OWNERS_FROM
from harness.adapters.inventory.probe import Probe
from harness.adapters.inventory.trees import Tree
from harness.domain.inventory import Unseen
from harness.domain.storage import EXTERNAL, PRIVATE, Area, Tier

NEEDS_ROOT = "Only root can look into an app's private folder on this phone."
LOCKED = "The phone was not unlocked since it was switched on: this folder is still encrypted."
REFUSED = "The phone refused some of the files there."
NOT_INSERTED = "The card is not mounted."
NO_OWNERS = "This Android does not record which app saved a shared file; folders were taken."
_ON_CARD = {"card": EXTERNAL | {Area.SHARED}, "adopted": PRIVATE - {Area.SANDBOX}}
"""What an app keeps on a portable card, and on one that is formatted as internal storage."""
_CLOSED = EXTERNAL - {Area.MEDIA}  # Android/media is open to whoever may read shared files


def unseen(
    probe: Probe, trees: Sequence[Tree], denied: Collection[str], seen: Collection[Area]
) -> list[Unseen]:
    """`denied`: paths that were refused; `seen`: areas in which files were found."""
    gaps: list[Unseen] = []
    if not probe.access.inside:
        gaps += [Unseen(area, NEEDS_ROOT) for area in Area if area in PRIVATE]
    elif probe.access.tier is Tier.RUN_AS:
        gaps.append(Unseen(Area.SANDBOX, NEEDS_ROOT))
    if probe.locked and probe.access.inside:
        gaps += [
            Unseen(area, LOCKED) for area in (Area.CE, Area.CACHE, Area.CODE_CACHE, Area.NO_BACKUP)
        ]
    if not probe.access.root and probe.canary.result != OPEN:
        gaps += [
            Unseen(area, probe.canary.statement, partly=area in seen)
            for area in Area
            if area in _CLOSED
        ]
    gaps += [
        Unseen(area, NOT_INSERTED, volume.name)
        for volume in probe.volumes
        if volume.kind in _ON_CARD and volume.name and not volume.mounted
        for area in Area
        if area in _ON_CARD[volume.kind]
    ]
    for area, volume in dict.fromkeys(_refused(trees, denied)):
        if not any(gap.area is area and gap.volume in {None, volume} for gap in gaps):
            gaps.append(Unseen(area, REFUSED, volume, partly=area in seen))
    if probe.api < OWNERS_FROM:
        gaps.append(Unseen(Area.SHARED, NO_OWNERS, partly=True))
    return gaps


def _refused(trees: Sequence[Tree], denied: Collection[str]) -> list[tuple[Area, str]]:
    found: list[tuple[Area, str]] = []
    for path in denied:
        for tree in trees:
            if path == tree.root or path.startswith(f"{tree.root}/"):
                below = path[len(tree.root) + 1 :]
                found.append((tree.area_of(below) if below else tree.area, tree.volume))
    return found
