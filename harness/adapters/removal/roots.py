"""Which folders of a phone hold what an app keeps in its own places."""

from __future__ import annotations

from collections.abc import Sequence

from harness.adapters.removal.entrance import Entrance
from harness.domain.inventory import Volume
from harness.domain.removal import Root
from harness.domain.storage import INTERNAL, Area

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
    found = [
        Root(Area.CE, f"/data/user/{user}/{package}", private=True),
        Root(Area.DE, f"/data/user_de/{user}/{package}", private=True),
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
