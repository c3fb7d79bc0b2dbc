"""What a look cannot see is said, by tier."""

import pytest

from harness.adapters.inventory.access import Access
from harness.adapters.inventory.probe import Probe
from harness.adapters.inventory.trees import Tree
from harness.adapters.inventory.unseen import LOCKED, NEEDS_ROOT, NO_OWNERS, REFUSED, unseen
from harness.domain.inventory import Canary, Unseen, Volume
from harness.domain.package_state import PackageState
from harness.domain.storage import INTERNAL, PRIVATE, Area, Tier

CE = ["ce", "cache", "code_cache", "no_backup"]
CLOSED = ["external_data", "external_cache", "obb"]


def probe(
    tier: Tier,
    canary: str = "open",
    *,
    api: int = 34,
    locked: bool = False,
    volumes: tuple[Volume, ...] = (),
) -> Probe:
    return Probe(
        Access(tier, "a.b"),
        api,
        PackageState(installed=True),
        volumes,
        Canary(canary, f"It is {canary}."),
        locked=locked,
    )


@pytest.mark.parametrize(
    ("found", "areas"),
    [
        (probe(Tier.ADB_ROOT, "not_proved"), []),
        (probe(Tier.SU, "closed"), []),
        (probe(Tier.RUN_AS), ["sandbox"]),
        (probe(Tier.SHELL_OPEN), sorted(area.value for area in PRIVATE)),
        (probe(Tier.SHELL_CLOSED, "closed"), sorted([*(a.value for a in PRIVATE), *CLOSED])),
        (probe(Tier.SHELL_CLOSED, "not_proved"), sorted([*(a.value for a in PRIVATE), *CLOSED])),
        (probe(Tier.ADB_ROOT, locked=True), sorted(CE)),
        (probe(Tier.ADB_ROOT, api=28), ["shared"]),
    ],
    ids=["root", "su", "run-as", "open", "closed", "not proved", "locked", "no owners"],
)
def test_areas(found: Probe, areas: list[str]) -> None:
    assert sorted(gap.area.value for gap in unseen(found, [], [], set())) == areas


def test_reasons() -> None:
    gaps = unseen(probe(Tier.SHELL_CLOSED, "closed"), [], [], {Area.OBB})

    assert Unseen(Area.CE, NEEDS_ROOT) in gaps
    assert Unseen(Area.EXTERNAL_DATA, "It is closed.") in gaps
    assert Unseen(Area.OBB, "It is closed.", partly=True) in gaps
    assert unseen(probe(Tier.ADB_ROOT, locked=True), [], [], set())[0].reason == LOCKED
    assert unseen(probe(Tier.ADB_ROOT, api=28), [], [], set())[0].reason == NO_OWNERS


def test_a_card_that_is_out_hides_what_is_on_it() -> None:
    volumes = (
        Volume("public:179,1", "card", "unmounted", "1A2B-3C4D"),
        Volume("public:179,2", "card", "unmountable", ""),
        Volume("public:179,3", "card", "mounted", "FFFF-0000"),
    )
    gaps = unseen(probe(Tier.ADB_ROOT, volumes=volumes), [], [], set())

    assert {gap.volume for gap in gaps} == {"1A2B-3C4D"}
    assert {gap.area.value for gap in gaps} == {"media", "shared", *CLOSED}


def test_refused_files_make_their_area_partly_seen() -> None:
    trees = [Tree(Area.CE, INTERNAL, "/d/a.b", "/d/a.b", private=True)]
    denied = ["/d/a.b/files/x", "/d/a.b/cache/y", "/d/a.b/cache/z", "/elsewhere"]
    gaps = unseen(probe(Tier.ADB_ROOT), trees, denied, {Area.CE})

    assert gaps == [
        Unseen(Area.CE, REFUSED, INTERNAL, partly=True),
        Unseen(Area.CACHE, REFUSED, INTERNAL),
    ]
    whole = unseen(probe(Tier.ADB_ROOT), trees, ["/d/a.b"], set())
    assert whole == [Unseen(Area.CE, REFUSED, INTERNAL)]
