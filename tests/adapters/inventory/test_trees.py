"""Which folders are listed, by tier, volume and release."""

import pytest

from harness.adapters.inventory.access import Access
from harness.adapters.inventory.trees import (
    Tree,
    all_trees,
    owned_folders,
    shared_folders,
    volume_names,
)
from harness.domain.inventory import Volume
from harness.domain.storage import INTERNAL, Area, Tier
from harness.domain.storage_map import StorageMap, StoragePattern

OWN = Volume("emulated;0", "internal", "mounted", INTERNAL)
CARD = Volume("public:179,1", "card", "mounted", "1A2B-3C4D")
OUT = Volume("public:179,2", "card", "unmounted", "FFFF-0000")
NAMELESS = Volume("public:8,1", "card", "mounted", "")
ADOPTED = Volume("private:179,2", "adopted", "mounted", "57f8f4bc")
MAP = StorageMap(
    files=(
        StoragePattern("saved", (Area.SHARED,), "DCIM/Camera/{item}", owned=True),
        StoragePattern("saved", (Area.SHARED,), "**/{item}", owned=True),
        StoragePattern("saved", (Area.SHARED,), "DCIM/TikTok/{item}"),
        StoragePattern("saved", (Area.SHARED,), "DCIM/TikTok/**"),
        StoragePattern("draft", (Area.CE,), "files/draft/**"),
    )
)


def roots(tier: Tier, *volumes: Volume, api: int = 34) -> list[str]:
    return [tree.root for tree in all_trees(Access(tier, "a.b"), volumes, MAP, api=api)]


SHARED = [
    "/storage/emulated/0/Android/data/a.b",
    "/storage/emulated/0/Android/media/a.b",
    "/storage/emulated/0/Android/obb/a.b",
    "/storage/emulated/0/DCIM/TikTok",
]
PRIVATE = ["/data/user/0/a.b", "/data/user_de/0/a.b"]
SANDBOX = ["/data/misc_ce/0/sdksandbox/a.b", "/data/misc_de/0/sdksandbox/a.b"]
AS_ROOT = [root.replace("/storage/emulated", "/data/media") for root in SHARED]
ON_CARD = [root.replace("emulated/0", "1A2B-3C4D") for root in SHARED]
CARD_AS_ROOT = [root.replace("/storage", "/mnt/media_rw") for root in ON_CARD]
ON_ADOPTED = ["/mnt/expand/57f8f4bc/user/0/a.b", "/mnt/expand/57f8f4bc/user_de/0/a.b"]


@pytest.mark.parametrize(
    ("tier", "volumes", "api", "due"),
    [
        (Tier.SHELL_CLOSED, (OWN,), 34, SHARED),
        (Tier.SHELL_OPEN, (OWN, CARD, OUT, NAMELESS), 34, [*SHARED, *ON_CARD]),
        (Tier.RUN_AS, (OWN,), 34, [*PRIVATE, *SHARED]),
        (Tier.ADB_ROOT, (OWN,), 32, [*PRIVATE, *AS_ROOT]),
        (Tier.SU, (OWN, CARD), 33, [*PRIVATE, *SANDBOX, *AS_ROOT, *CARD_AS_ROOT]),
        (Tier.ADB_ROOT, (OWN, ADOPTED), 32, [*PRIVATE, *ON_ADOPTED, *AS_ROOT]),
    ],
    ids=["closed", "cards", "run-as", "root before 33", "su with card", "adopted"],
)
def test_all_trees(tier: Tier, volumes: tuple[Volume, ...], api: int, due: list[str]) -> None:
    assert roots(tier, *volumes, api=api) == due


@pytest.mark.parametrize(
    ("area", "path", "due"),
    [
        (Area.CE, "files/a", Area.CE),
        (Area.CE, "cache/a", Area.CACHE),
        (Area.CE, "code_cache/a", Area.CODE_CACHE),
        (Area.CE, "no_backup/a", Area.NO_BACKUP),
        (Area.CE, "files/cache/a", Area.CE),
        (Area.DE, "cache/a", Area.DE_CACHE),
        (Area.EXTERNAL_DATA, "cache/a", Area.EXTERNAL_CACHE),
        (Area.MEDIA, "cache/a", Area.MEDIA),
    ],
)
def test_caches_are_areas_of_their_own(area: Area, path: str, due: Area) -> None:
    assert Tree(area, INTERNAL, "/x", "/x").area_of(path) is due


def test_paths_are_relative() -> None:
    tree = Tree(Area.SANDBOX, INTERNAL, "/x/y", "/x/y", prefix="ce/")

    assert tree.path_of("/x/y/a/b") == "ce/a/b"


def test_folders_of_shared_storage() -> None:
    assert shared_folders(MAP) == ["DCIM/TikTok"]
    assert owned_folders(MAP) == ["DCIM/Camera"]
    assert volume_names([OUT]) == [INTERNAL]


def test_a_card_is_the_owners_alone() -> None:
    assert volume_names([CARD], 10) == [INTERNAL]
    trees = all_trees(Access(Tier.ADB_ROOT, "a.b", 10), (CARD,), MAP, api=34)
    tops = {tree.root.removesuffix("/a.b") for tree in trees if tree.area is not Area.SHARED}
    assert "/data/user/10" in tops
    assert "/data/media/10/Android/data" in tops
    assert not [top for top in tops if "media_rw" in top or "/0" in top]
