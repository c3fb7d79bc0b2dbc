"""What each operation does to each class of an app's storage, on every simulated API level.

The table is that of AOSP's installd (clearAppData, destroyAppData) and MediaProvider
(onPackageOrphaned), with the reference's notes on keep-data and backup.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.simphone.android import package_data
from harness.simphone.contracts import Package, PhoneSpec
from harness.simphone.fleet import RELEASES
from tests.simphone.android.phone import APP, CAMERA, FakePhone

CARD, ABSENT = "1A2B-3C4D", "FFFF-0000"
PRIMARY = "/storage/emulated/0"
PLACES = {
    "files": f"/data/user/0/{APP}/files/login",
    "cache": f"/data/user/0/{APP}/cache/x",
    "code_cache": f"/data/user/0/{APP}/code_cache/x",
    "no_backup": f"/data/user/0/{APP}/no_backup/x",
    "de": f"/data/user_de/0/{APP}/early",
    "data": f"{PRIMARY}/Android/data/{APP}/files/odd, name\n\U0001f389",
    "media": f"{PRIMARY}/Android/media/{APP}/x.mp4",
    "obb": f"{PRIMARY}/Android/obb/{APP}/main.obb",
    "dcim": f"{PRIMARY}/DCIM/Camera/mine.mp4",
    "download": f"{PRIMARY}/Download/mine.pdf",
    "card_data": f"/storage/{CARD}/Android/data/{APP}/files/x",
    "card_media": f"/storage/{CARD}/Android/media/{APP}/x.mp4",
    "card_obb": f"/storage/{CARD}/Android/obb/{APP}/x",
    "card_dcim": f"/storage/{CARD}/DCIM/mine.mp4",
    "absent_data": f"/storage/{ABSENT}/Android/data/{APP}/files/x",
}
SHARED = {"dcim", "download", "card_dcim"}
OWN = set(PLACES) - SHARED - {"absent_data"}
GONE = {
    "pm clear": OWN - {"obb", "card_obb"},
    "pm uninstall": OWN,
    "pm uninstall --user 0": OWN,
    "cmd package uninstall -k": set[str](),
    "pm uninstall -k": set[str](),
}


def fill(phone: FakePhone, package: Package) -> None:
    """Puts a file into every place, then takes one card out."""
    for uuid in (CARD, ABSENT):
        phone.fs.insert_card(uuid)
    for place in PLACES.values():
        root = place[: place.index("/Android")] if "/Android/" in place else ""
        if root:
            kind = place.removeprefix(f"{root}/Android/").partition("/")[0]
            package_data.external(phone.fs, APP, package.uid, kind, root)
        phone.fs.mkdir(place.rpartition("/")[0], uid=package.uid, parents=True)
        phone.fs.write(place, b"1", uid=package.uid)
    phone.fs.eject_card(ABSENT)


def there(phone: FakePhone) -> set[str]:
    """Which of the places still hold their file; the absent card is put in for the look."""
    phone.fs.insert_card(ABSENT)
    found: set[str] = set()
    for name, place in PLACES.items():
        try:
            phone.fs.read(place)
        except FileNotFoundError:
            continue
        found.add(name)
    phone.fs.eject_card(ABSENT)
    return found


@pytest.mark.parametrize("api", sorted(RELEASES))
@pytest.mark.parametrize("operation", GONE)
def test_what_goes_and_what_stays(tmp_path: Path, operation: str, api: int) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=api))
    fill(phone, phone.install(min_sdk=24))
    assert phone.run(f"{operation} {APP}") == ("Success\n", "", 0)
    assert there(phone) == set(PLACES) - GONE[operation]


@pytest.mark.parametrize("api", sorted(RELEASES))
def test_an_update_takes_compiled_code_alone(tmp_path: Path, api: int) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=api))
    before = phone.install(min_sdk=24)
    fill(phone, before)
    after = phone.install(min_sdk=24, version_code=311)
    assert there(phone) == set(PLACES) - {"code_cache"}
    assert (after.uid, after.ce_inode) == (before.uid, before.ce_inode)
    assert {row.owner for row in phone.media.rows()} == {APP}


@pytest.mark.parametrize(
    ("operation", "owner"),
    [
        ("pm clear", None),
        ("pm uninstall", None),
        ("pm uninstall -k", APP),
    ],
)
def test_rows_of_shared_files(phone: FakePhone, operation: str, owner: str | None) -> None:
    fill(phone, phone.install())
    before = {row.path: row.number for row in phone.media.rows()}
    assert PLACES["media"] in before
    assert not any("/Android/data/" in path or "/Android/obb/" in path for path in before)
    phone.run(f"{operation} {APP}")
    after = phone.media.rows()
    assert {row.number for row in after} <= set(before.values())
    assert {row.owner for row in after if row.path == PLACES["dcim"]} == {owner}
    kept_rows = {row.path for row in after}
    assert (PLACES["media"] in kept_rows) == (owner is not None)


def test_a_reinstalled_app_owns_nothing_of_before(phone: FakePhone) -> None:
    before = phone.install()
    fill(phone, before)
    phone.run(f"pm uninstall {APP}")
    phone.clock.offset += 60
    after = phone.install()
    assert after.uid != before.uid
    assert after.ce_inode != before.ce_inode
    assert after.first_install > before.first_install
    assert {row.owner for row in phone.media.rows()} == {None}
    mine = f"\"owner_package_name='{APP}'\""
    query = f"content query --uri content://media/external/file --where {mine}"
    assert phone.run(query)[0] == "No result found.\n"


def test_keeping_data_keeps_inode_and_shows_a_remnant(phone: FakePhone) -> None:
    package = phone.install(grant=True)
    phone.run(f"pm uninstall -k {APP}")
    out = phone.run(f"dumpsys package {APP}")[0]
    assert f"ceDataInode={package.ce_inode} installed=false" in out
    assert phone.run(f"pm path {APP}") == ("", "", 1)
    assert phone.run(f"pm list packages -u {APP}")[0] == f"package:{APP}\n"
    again = phone.install()
    assert CAMERA not in again.granted
    assert again.ce_inode == package.ce_inode


def test_a_card_that_was_out_brings_leftovers_back(phone: FakePhone) -> None:
    before = phone.install()
    fill(phone, before)
    phone.run(f"pm uninstall {APP}")
    after = phone.install()
    phone.fs.insert_card(ABSENT)
    status = phone.fs.stat(PLACES["absent_data"])
    assert status.uid == before.uid != after.uid
    assert f"public:179,1 mounted {ABSENT}\n" in phone.run("sm list-volumes all")[0]


def test_cards_as_the_shell_sees_them(phone: FakePhone) -> None:
    assert phone.run("sm list-volumes all")[0] == "private mounted null\nemulated;0 mounted null\n"
    phone.fs.insert_card(CARD)
    assert phone.run("sm list-volumes public")[0] == f"public:179,1 mounted {CARD}\n"
    assert phone.run("sm list-disks")[0] == "disk:179,0\n"
    total, free = phone.fs.usage(f"/storage/{CARD}")
    assert total > free > 0
    phone.fs.eject_card(CARD)
    assert phone.run("sm list-disks")[0] == ""


def test_a_preinstalled_app_rolls_back(phone: FakePhone) -> None:
    with phone.fs.writable_system():
        factory = phone.packages.preinstall_apk(phone.apk(version_code=200), "/product/app/Feed")
    assert phone.run(f"pm path {APP}")[0] == "package:/product/app/Feed/Feed.apk\n"
    assert phone.run(f"pm uninstall {APP}")[0] == "Failure [DELETE_FAILED_INTERNAL_ERROR]\n"
    update = phone.install(version_code=310)
    assert (update.uid, update.system) == (factory.uid, True)
    out = phone.run(f"dumpsys package {APP}")[0]
    assert "UPDATED_SYSTEM_APP" in out.partition("Hidden system packages:")[0]
    assert re.search(r"Hidden system packages:\n  Package \[com.example.feed\].*\n    appId", out)
    assert out.count("\n  Package [") == 2
    fill(phone, update)
    assert phone.run(f"pm uninstall {APP}")[0] == "Success\n"
    assert there(phone) == SHARED | {"absent_data"}
    back = phone.packages.get(APP)
    assert back is not None
    assert (back.version_code, back.uid) == (200, factory.uid)
    assert back.ce_inode != update.ce_inode
    assert phone.run(f"pm path {APP}")[0] == "package:/product/app/Feed/Feed.apk\n"


def test_a_roll_back_to_the_same_version_keeps_data(phone: FakePhone) -> None:
    with phone.fs.writable_system():
        phone.packages.preinstall_apk(phone.apk(), "/product/app/Feed")
    update = phone.install()
    fill(phone, update)
    assert phone.run(f"pm uninstall {APP}")[0] == "Success\n"
    assert there(phone) == set(PLACES)


@pytest.mark.parametrize(
    ("allowed", "enabled", "result", "comes_back"),
    [
        (True, True, "Success", {"files", "data"}),
        (False, True, "Backup is not allowed", set[str]()),
        (True, False, "Backup is not allowed", set[str]()),
    ],
)
def test_a_backup_comes_back_with_the_app(
    phone: FakePhone, allowed: bool, enabled: bool, result: str, comes_back: set[str]
) -> None:
    phone.run(f"bmgr enable {str(enabled).lower()}")
    fill(phone, phone.install(allow_backup=allowed))
    out = phone.run(f"bmgr backupnow {APP}")[0]
    assert f"Package {APP} with result: {result}\n" in out
    phone.run(f"pm uninstall {APP}")
    package = phone.install(allow_backup=allowed)
    assert there(phone) == SHARED | {"absent_data"} | comes_back
    if comes_back:
        assert phone.fs.stat(PLACES["files"]).uid == package.uid
        assert f"Ever backed up: 1\n    {APP}\n" in phone.run("dumpsys backup")[0]


def test_a_backup_has_its_limits(phone: FakePhone) -> None:
    package = phone.install()
    phone.fs.write(PLACES["files"], bytes(26 << 20), uid=package.uid)
    out = phone.run(f"bmgr backupnow {APP}")[0]
    assert "Size quota exceeded" in out
    phone.fs.write(PLACES["files"], b"small", uid=package.uid)
    phone.run(f"bmgr backupnow {APP}")
    phone.run(f"pm uninstall {APP}")
    phone.install(signer="another")
    assert "files" not in there(phone)


def test_disk_statistics_are_a_day_old(phone: FakePhone) -> None:
    package = phone.install()
    before = phone.run("dumpsys diskstats")[0]
    phone.fs.write(PLACES["files"], bytes(5_000_000), uid=package.uid)
    sizes = "App Data Sizes: "
    assert phone.run("dumpsys diskstats")[0].partition(sizes)[2] == before.partition(sizes)[2]
    phone.activities.state.disk_sizes = None  # the daily job runs
    assert phone.run("dumpsys diskstats")[0].partition(sizes)[2] != before.partition(sizes)[2]


@pytest.mark.parametrize(("api", "known"), [(34, False), (35, True), (36, True)])
def test_live_sizes_come_with_api_35(tmp_path: Path, api: int, known: bool) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=api))
    package = phone.install()
    phone.fs.write(PLACES["cache"], b"123", uid=package.uid)
    out, _, code = phone.run(f"cmd package get-package-storage-stats {APP}")
    assert (code, "cache: 3 bytes\n" in out) == ((0, True) if known else (255, False))
    assert ("get-package-storage-stats" in phone.run("pm help")[0]) == known


@pytest.mark.parametrize(("api", "code"), [(34, 255), (35, 0), (36, 0)])
def test_archiving_keeps_data_and_takes_caches(tmp_path: Path, api: int, code: int) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=api))
    package = phone.packages.install(phone.apk(), installer="com.android.vending")
    fill(phone, package)
    assert phone.run(f"pm archive {APP}")[2] == code
    gone = {"cache", "code_cache"} if code == 0 else set[str]()
    assert there(phone) == set(PLACES) - gone
    assert (phone.packages.get(APP) is None) == (code == 0)
    assert phone.run("pm archive no.such")[2] == (1 if code == 0 else 255)


def test_an_archived_app_is_told_in_the_block_of_its_user(tmp_path: Path) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=35))
    phone.packages.install(phone.apk(), installer="com.android.vending")
    assert "archiveTime" not in phone.run(f"dumpsys package {APP}")[0]
    phone.run(f"pm archive --user 0 {APP}")
    dump = phone.run(f"dumpsys package {APP}")[0]
    user = dump[dump.index("    User 0:") :]
    assert " installed=false " in user.partition("\n")[0]
    assert re.search(r"\n      archiveTime=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n", user)
    assert "\n      unarchiveInstallerTitle=Google Play Store\n" in user
    assert f"originalComponentName = ComponentInfo{{{APP}/" in user
    assert APP not in phone.run("pm list packages")[0]
    assert f"package:{APP}\n" in phone.run("pm list packages -u")[0]
    phone.packages.install(phone.apk(), installer="com.android.vending")
    assert "archiveTime" not in phone.run(f"dumpsys package {APP}")[0]


def test_an_app_without_an_installer_is_not_archived(tmp_path: Path) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=35))
    phone.install()
    out, _, code = phone.run(f"pm archive {APP}")
    assert (code, "Failure" in out) == (1, True)
