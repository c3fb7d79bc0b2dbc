"""Everything an app keeps on a phone, as seen from outside at one moment."""

from dataclasses import dataclass

from harness.domain.app_copies import AppCopy
from harness.domain.package_state import PackageState
from harness.domain.parts import Parts
from harness.domain.storage import INTERNAL, Area, Tier

INVENTORY_SCHEMA = 1
"""Version of the inventory document; additions only."""

OTHER = "other"
"""Class of an item that the profile does not name."""


ABSENT = "absent"
"""State of a volume that the phone lists no more: the card was pulled out."""


@dataclass(frozen=True, slots=True)
class MediaRow:
    """MediaStore's row of a file. Ids and owners outlive the app's installation."""

    id: int
    owner: str | None = None  # package; None = orphaned, or Android keeps no owners
    pending: bool = False
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One file.

    `path` is relative: to the app's own folder (areas of its own, so that users,
    volumes and tiers do not matter) or to the top of the volume (shared). Names of
    accounts in it are pseudonyms. Times are the phone's, in Unix seconds.
    """

    area: Area
    path: str
    size: int  # bytes
    modified: int
    content: str = OTHER  # class named by the profile: draft, offline_video, …
    volume: str = INTERNAL
    inode: int | None = None
    uid: int | None = None
    sha256: str | None = None  # lower-case hex; None = not asked for or not readable
    media: MediaRow | None = None
    parts: Parts | None = None

    @property
    def place(self) -> tuple[str, Area, str]:
        """What makes it the same file in two inventories."""
        return (self.volume, self.area, self.path)


@dataclass(frozen=True, slots=True)
class Volume:
    """A storage volume, mounted or not."""

    id: str  # emulated;0, public:179,1, private …
    kind: str  # internal, card, adopted, other
    state: str  # mounted, unmounted, unmountable, removed, absent …
    name: str  # as items have it: internal, or the file system's UUID; "" = none known

    @property
    def mounted(self) -> bool:
        """Its files can be seen."""
        return self.state in {"mounted", "mounted_read_only"}


@dataclass(frozen=True, slots=True)
class Unseen:
    """What could not be looked at: never to be read as empty."""

    area: Area
    reason: str
    volume: str | None = None  # None = on every volume
    partly: bool = False  # some of it was seen


@dataclass(frozen=True, slots=True)
class Canary:
    """Whether Android/data can be read by adb: shown by a folder that must have content."""

    result: str  # open, closed, not_proved
    statement: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What taking it took."""

    round_trips: int = 0  # adb calls
    received: int = 0  # bytes
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Inventory:
    """One look. Two of the same package are compared item by item."""

    device: str  # name in devices.yaml
    package: str
    user: int
    taken: str  # UTC, ISO 8601
    state: PackageState
    tier: Tier
    items: tuple[Item, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    volumes: tuple[Volume, ...] = ()
    canary: Canary | None = None
    cost: Cost = Cost()
    profile: str = ""  # app profile that named the classes
    clock_offset: float | None = None  # seconds, phone minus host
    free_bytes: int | None = None  # of /data
    copies: tuple[AppCopy, ...] = ()  # of other users

    def absent(self, volume: str) -> bool:
        """A card that is not in the phone, or not mounted: what lies on it is untouched."""
        there = {found.name for found in self.volumes if found.mounted}
        return volume not in {INTERNAL, *there}

    def sees(self, area: Area, volume: str = INTERNAL) -> bool:
        """Nothing there means that nothing is there."""
        return not any(gap.area is area and gap.volume in {None, volume} for gap in self.unseen)
