"""Copies are faithful to the last byte and name, and what cannot be copied is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.removal.archive_file import contents_of, moved, reown
from harness.adapters.removal.entrance import Entrance, find_entrance
from harness.adapters.removal.restoring import can_restore, restore_root
from harness.adapters.removal.roots import place_now, roots_of
from harness.adapters.removal.saving import save_roots
from harness.domain.inventory import Unseen, Volume
from harness.domain.removal import Root, SavedRoot
from harness.domain.storage import Area, Tier
from harness.ports import InstrumentError
from tests.adapters.removal.conftest import FILES, planted
from tests.adapters.removal.folder_phone import CE, PACKAGE, FolderPhone

ROOT = Entrance(Tier.ADB_ROOT, PACKAGE)
CLOSED = Entrance(Tier.SHELL_OPEN, PACKAGE)


def test_saved_and_put_back_as_it_was(phone: FolderPhone, copies: Path) -> None:
    saved, unsaved = save_roots(phone, ROOT, roots_of(ROOT, ()), (), copies)
    assert unsaved == ()
    assert [entry.root.area for entry in saved] == [Area.CE, Area.DE, Area.EXTERNAL_DATA]
    assert sum(entry.files for entry in saved) == len(FILES)
    phone.shell(f"pm uninstall {PACKAGE}")
    phone.host(CE).mkdir(parents=True)
    phone.host(f"/data/user_de/0/{PACKAGE}").mkdir(parents=True)
    phone.put(f"{CE}/databases/empty.db-wal", b"of the new installation")
    for entry in saved:
        restore_root(phone, ROOT, entry, copies, old_uid=None, new_uid=None)
    assert planted(phone) == FILES
    assert not phone.host(f"{CE}/databases/empty.db-wal").exists()
    assert any(command.startswith(f"cd '{CE}' && chown") for command in phone.owned)


def test_a_shell_without_rights_saves_what_it_may(phone: FolderPhone, copies: Path) -> None:
    phone.rooted = False
    saved, unsaved = save_roots(phone, CLOSED, roots_of(CLOSED, ()), (), copies)
    assert [entry.root.path for entry in saved] == [f"/storage/emulated/0/Android/data/{PACKAGE}"]
    assert [gap.area for gap in unsaved] == [Area.CE, Area.DE]
    assert not can_restore(CLOSED, SavedRoot(Root(Area.CE, CE, private=True), "x", 1, 1))


def test_a_folder_that_the_inventory_could_not_see_is_not_called_empty(
    phone: FolderPhone, copies: Path
) -> None:
    gap = Unseen(Area.EXTERNAL_DATA, "this phone shows adb an empty folder")
    saved, unsaved = save_roots(phone, CLOSED, roots_of(CLOSED, ()), (gap,), copies)
    assert saved == ()
    assert unsaved[-1].reason == gap.reason


def test_a_file_that_changes_while_it_is_copied_stops_everything(
    phone: FolderPhone, copies: Path
) -> None:
    def change(command: str) -> None:
        if "sha256sum" in command:
            phone.put(f"{CE}/files/late{len(phone.done)}")

    phone.before_shell = change
    with pytest.raises(InstrumentError, match="Nothing was deleted"):
        save_roots(phone, ROOT, (Root(Area.CE, CE, private=True),), (), copies)


def test_files_missing_after_the_restoration_are_told(phone: FolderPhone, copies: Path) -> None:
    (saved,), _ = save_roots(phone, ROOT, (Root(Area.CE, CE, private=True),), (), copies)

    def lose(command: str) -> None:
        if "sha256sum" in command:
            phone.host(f"{CE}/databases/empty.db").unlink()

    phone.before_shell = lose
    with pytest.raises(InstrumentError, match="1 of 3 files"):
        restore_root(phone, ROOT, saved, copies, old_uid=None, new_uid=None)


@pytest.mark.parametrize("length", [0, 700, 5000])
def test_a_cut_copy_is_seen_before_anything_is_deleted(
    phone: FolderPhone, copies: Path, length: int
) -> None:
    (saved,), _ = save_roots(phone, ROOT, (Root(Area.CE, CE, private=True),), (), copies)
    archive = copies / saved.file
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(InstrumentError, match="read the saved copy"):
        restore_root(phone, ROOT, saved, copies, old_uid=None, new_uid=None)
    assert planted(phone) == FILES


def test_a_file_that_is_no_archive(copies: Path) -> None:
    (copies / "x.tar").write_bytes(b"no tar at all" * 100)
    with pytest.raises(InstrumentError, match="read the saved copy"):
        contents_of(copies / "x.tar")
    with pytest.raises(InstrumentError, match="read the saved copy"):
        reown(copies / "x.tar", copies / "n", old=1, new=2)


@pytest.mark.parametrize(
    ("number", "due"),
    [
        (10180, 10181),  # the app's own files
        (20180, 20181),  # its cache group
        (30180, 30181), (40180, 40181), (50180, 50181),
        (1078, 1078), (0, 0), (10179, 10179),
    ],
)  # fmt: skip
def test_owners_move_with_the_apps_user_id(number: int, due: int) -> None:
    assert moved(number, 10180, 10181) == due
    assert moved(number, None, 10181) == number


def test_cards_are_roots_when_they_are_there() -> None:
    card = Volume("public:179,1", "card", "mounted", "0F1E-2D3C")
    gone = Volume("public:179,2", "card", "unmounted", "AAAA-BBBB")
    paths = [root.path for root in roots_of(ROOT, (card, gone))]
    assert f"/storage/0F1E-2D3C/Android/obb/{PACKAGE}" in paths
    assert not [path for path in paths if "AAAA" in path]


ADOPTED = "5f3a9c2e-8b1d"


def test_an_adopted_card_holds_private_folders() -> None:
    card = Volume("private:179,66", "adopted", "mounted", ADOPTED)
    places = {(root.path, root.volume) for root in roots_of(ROOT, (card,)) if root.private}
    assert places >= {
        (f"/mnt/expand/{ADOPTED}/user/0/{PACKAGE}", ADOPTED),
        (f"/mnt/expand/{ADOPTED}/user_de/0/{PACKAGE}", ADOPTED),
        (f"/data/misc_ce/0/sdksandbox/{PACKAGE}", "internal"),
    }
    assert not [root for root in roots_of(CLOSED, (card,)) if root.area is Area.SANDBOX]


@pytest.mark.parametrize(
    ("root", "data_folder", "due"),
    [
        (Root(Area.CE, f"/mnt/expand/{ADOPTED}/user/0/a", ADOPTED, private=True), "/data/user/0/a",
         Root(Area.CE, "/data/user/0/a", "internal", private=True)),
        (Root(Area.DE, f"/mnt/expand/{ADOPTED}/user_de/0/a", ADOPTED, private=True),
         "/data/user/0/a", Root(Area.DE, "/data/user_de/0/a", "internal", private=True)),
        (Root(Area.CE, "/data/user/0/a", "internal", private=True),
         f"/mnt/expand/{ADOPTED}/user/0/a",
         Root(Area.CE, f"/mnt/expand/{ADOPTED}/user/0/a", ADOPTED, private=True)),
        (Root(Area.CE, "/data/user/0/a", "internal", private=True), None,
         Root(Area.CE, "/data/user/0/a", "internal", private=True)),
        (Root(Area.OBB, "/storage/X/Android/obb/a", "X"), "/data/user/0/a",
         Root(Area.OBB, "/storage/X/Android/obb/a", "X")),
    ],
    ids=["ce moved in", "de moved in", "moved out", "not stated", "external stays"],
)  # fmt: skip
def test_private_folders_follow_the_app(root: Root, data_folder: str | None, due: Root) -> None:
    assert place_now(root, data_folder) == due


@pytest.mark.parametrize(
    ("rooted", "debuggable", "tier"),
    [(True, False, Tier.ADB_ROOT), (False, True, Tier.RUN_AS), (False, False, Tier.SHELL_OPEN)],
)
def test_the_way_in(phone: FolderPhone, rooted: bool, debuggable: bool, tier: Tier) -> None:
    phone.rooted, phone.debuggable = rooted, debuggable
    phone.refuses["command -v su"] = ""
    assert find_entrance(phone, PACKAGE).tier is tier


def test_su_takes_one_string() -> None:
    inside = Entrance(Tier.SU, PACKAGE, "su -c").command(Root(Area.CE, "/d/it's"), "ls")
    assert inside.startswith("su -c '")
    private = Root(Area.CE, CE, private=True)
    assert Entrance(Tier.RUN_AS, PACKAGE).command(private, "ls").startswith(f"run-as {PACKAGE} sh")
