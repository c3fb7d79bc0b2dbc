"""Which folders of a phone hold what an app keeps in its own places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.adapters.removal.entrance import Entrance
from harness.domain.inventory import Volume
from harness.domain.removal import Root
from harness.domain.storage import INTERNAL, Area

EXPAND = "/mnt/expand"
"""Below it, by UUID, the cards that were adopted: formatted as internal storage."""
_PRIVATE = (("user", Area.CE), ("user_de", Area.DE))
_EXTERNAL = (
    ("data", Area.EXTERNAL_DATA),
    ("media", Area.MEDIA),
    ("obb", Area.OBB),
)


def roots_of(entrance: Entrance, volumes: Sequence[Volume], *, user: int = 0) -> tuple[Root, ...]:
    """Private folders first, then the app's folders below Android/ of each mounted volume.

    Root reads external files below /data/media, past the view that Android makes for apps.
    Caches lie inside these folders and go with them.
    """
    package = entrance.package
    found = [Root(area, f"/data/{kind}/{user}/{package}", private=True) for kind, area in _PRIVATE]
    for volume in volumes:
        if volume.mounted and volume.kind == "adopted" and volume.name:
            found += [
                Root(
                    area,
                    f"{EXPAND}/{volume.name}/{kind}/{user}/{package}",
                    volume.name,
                    private=True,
                )
                for kind, area in _PRIVATE
            ]
    if entrance.root:  # the data of advertising code, API 33 and later
        found += [
            Root(Area.SANDBOX, f"/data/misc_{kind}/{user}/sdksandbox/{package}", private=True)
            for kind in ("ce", "de")
        ]
    internal = f"/data/media/{user}" if entrance.root else f"/storage/emulated/{user}"
    places = [(INTERNAL, internal)]
    places += [
        (volume.name, f"/storage/{volume.name}")
        for volume in volumes
        if volume.mounted and volume.kind == "card" and volume.name
    ]
    for name, top in places:
        found += [Root(area, f"{top}/Android/{kind}/{package}", name) for kind, area in _EXTERNAL]
    return tuple(found)


def place_now(root: Root, data_folder: str | None) -> Root:
    """Where the private folder is after an installation: what lay on an adopted card may lie in
    the phone's own storage now. `data_folder`: as Android states it; None = not stated."""
    here, _, rest = root.path.partition("/user")
    there = (data_folder or "").partition("/user/")[0]
    if not root.private or root.area not in {Area.CE, Area.DE} or not there or there == here:
        return root
    volume = there.removeprefix(f"{EXPAND}/") if there.startswith(EXPAND) else INTERNAL
    return replace(root, path=f"{there}/user{rest}", volume=volume)
