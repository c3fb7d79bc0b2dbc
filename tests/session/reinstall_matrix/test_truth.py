"""What became of each file by the phone's own word, and where a loss list differs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from harness.domain.inventory import Unseen
from harness.domain.storage import INTERNAL, Area
from harness.domain.storage_map import StorageMap, StoragePattern
from harness.loss.change import Change
from harness.loss.loss_list import loss_list
from harness.session.reinstall_matrix.truth import (
    Place,
    account_tags,
    by_area,
    judge,
    place_of,
    true_changes,
    true_files,
)
from tests.loss.phones import FRESH, MAP, PACKAGE, draft, look, saved

CE, INNER = f"/data/user/0/{PACKAGE}", f"/storage/emulated/0/Android/data/{PACKAGE}"
DCIM = "/storage/emulated/0/DCIM/Camera"


def row(path: str, sha256: str = "aa", inode: int = 5, **more: object) -> dict[str, object]:
    return {"path": path, "size": 1, "sha256": sha256, "inode": inode, "owner": None,
            "made": True} | more  # fmt: skip


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (f"{CE}/files/a\nb", (INTERNAL, Area.CE, "files/a\nb")),
        (f"{CE}/cache/x", (INTERNAL, Area.CACHE, "cache/x")),
        (f"{CE}/code_cache/x", (INTERNAL, Area.CODE_CACHE, "code_cache/x")),
        (f"{CE}/no_backup/x", (INTERNAL, Area.NO_BACKUP, "no_backup/x")),
        (f"/data/user_de/0/{PACKAGE}/files/x", (INTERNAL, Area.DE, "files/x")),
        (f"/data/user_de/0/{PACKAGE}/cache/x", (INTERNAL, Area.DE_CACHE, "cache/x")),
        (f"/data/misc_de/0/sdksandbox/{PACKAGE}/x", (INTERNAL, Area.SANDBOX, "de/x")),
        (f"{INNER}/cache/x", (INTERNAL, Area.EXTERNAL_CACHE, "cache/x")),
        (f"/storage/1A2B-3C4D/Android/media/{PACKAGE}/x", ("1A2B-3C4D", Area.MEDIA, "x")),
        (f"{DCIM}/x", (INTERNAL, Area.SHARED, "DCIM/Camera/x")),
    ],
)
def test_a_path_is_a_place(path: str, place: Place) -> None:
    assert place_of(path, PACKAGE) == place


def test_a_path_elsewhere_is_no_place() -> None:
    with pytest.raises(ValueError, match="no place of an app"):
        place_of("/system/app/x", PACKAGE)


def changes(
    before: list[Mapping[str, object]], after: list[Mapping[str, object]]
) -> dict[Place, Change]:
    return true_changes(true_files(before, PACKAGE, {}), true_files(after, PACKAGE, {}))


@pytest.mark.parametrize(
    ("now", "change"),
    [
        ([row(f"{CE}/a")], Change.KEPT),
        ([row(f"{CE}/a", inode=9)], Change.RESTORED),
        ([row(f"{CE}/a", "bb")], Change.CHANGED),
        ([row(f"{CE}/a", "bb", 9)], Change.REMADE),
        ([], Change.LOST),
    ],
)
def test_what_became_of_a_file(now: list[Mapping[str, object]], change: Change) -> None:
    assert list(changes([row(f"{CE}/a")], now).values()) == [change]


def test_shared_files_count_when_the_app_made_them_and_may_lose_their_owner() -> None:
    mine, theirs = row(f"{DCIM}/a", owner=PACKAGE), row(f"{DCIM}/b", made=False)
    orphan = row(f"{DCIM}/a", made=False)
    found = changes([mine, theirs], [orphan, theirs, row(f"{CE}/new")])
    assert found == {
        (INTERNAL, Area.SHARED, "DCIM/Camera/a"): Change.ORPHANED,
        (INTERNAL, Area.CE, "new"): Change.NEW,
    }
    assert by_area(found) == {"ce": {"new": 1}, "shared": {"orphaned": 1}}


def test_accounts_in_paths_are_hidden_as_inventories_do() -> None:
    storage = StorageMap(files=(StoragePattern("x", (Area.CE,), "files/off/{account}/*"),))
    rows = [row(f"{CE}/files/off/me/1"), row(f"{CE}/databases/me.db")]
    tags = account_tags(rows, PACKAGE, storage, lambda name: f"~{name[::-1]}")
    assert tags == {"me": "~em"}
    assert [place[2] for place in true_files(rows, PACKAGE, tags)] == [
        "files/off/~em/1", "databases/~em.db",
    ]  # fmt: skip


def test_every_file_told_as_it_is() -> None:
    losses = loss_list(look(draft(1), draft(2)), look(draft(1)), MAP)
    true = {draft(1).place: Change.KEPT, draft(2).place: Change.LOST}
    judged = judge(true, losses)
    assert (judged.right, judged.wrong) == (2, ())
    assert judged.fates == {"kept": 1, "lost": 1}


def test_missing_invented_and_wrong_are_each_said() -> None:
    losses = loss_list(look(draft(1), draft(2)), look(draft(1)), MAP)
    judged = judge({draft(1).place: Change.LOST, draft(3).place: Change.KEPT}, losses)
    assert judged.right == 0
    assert judged.wrong == (
        "internal ce 'files/draft/1/video.mp4': kept, is lost",
        "internal ce 'files/draft/3/video.mp4': missing, is kept",
        "internal ce 'files/draft/2/video.mp4': lost, and there is no such file",
    )


def test_what_cannot_be_seen_is_right_when_nothing_is_claimed_of_it() -> None:
    gap = Unseen(Area.CE, "closed")
    hidden = loss_list(look(unseen=(gap,)), look(unseen=(gap,), state=FRESH), MAP)
    assert judge({draft(1).place: Change.LOST}, hidden).right == 1
    elsewhere = judge({saved().place: Change.LOST}, hidden)
    assert elsewhere.right == 0
