"""Users beside the owner: what each `--user` reaches, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.simphone.android.package_data import ce, de
from harness.simphone.contracts import PhoneSpec
from harness.simphone.contracts.users import make_users
from harness.simphone.fleet import RELEASES
from harness.simphone.used.other_users import put_content
from tests.simphone.android.phone import APP, FakePhone

OWNER_FILE = f"{ce(APP)}/files/mine"


def a_phone(folder: Path, *kinds: str, api: int = 34) -> FakePhone:
    phone = FakePhone(folder, PhoneSpec("x", api=api, users=make_users(kinds)))
    package = phone.install()
    phone.fs.write(OWNER_FILE, b"1", uid=package.uid)
    for user in phone.spec.users:
        phone.packages.copies.add(user.id, package)
        put_content(phone.fs, package, user.id)
    return phone


def there(phone: FakePhone) -> dict[int, bool]:
    """Whose private file is still on the phone."""
    paths = {0: OWNER_FILE} | {
        user.id: f"{ce(APP, user=user.id)}/files/draft_{user.id}.bin" for user in phone.spec.users
    }
    found: dict[int, bool] = {}
    for user, path in paths.items():
        try:
            found[user] = bool(phone.fs.read(path))
        except FileNotFoundError:
            found[user] = False
    return found


def has(phone: FakePhone, user: int) -> bool:
    return phone.run(f"pm path --user {user} {APP}")[2] == 0


@pytest.mark.parametrize("api", sorted(RELEASES))
@pytest.mark.parametrize(
    ("command", "left"),
    [
        ("pm uninstall --user 0", {0: False, 10: True, 11: True, 12: False}),
        ("pm uninstall --user 10", {0: True, 10: False, 11: True, 12: True}),
        ("pm uninstall --user 12", {0: True, 10: True, 11: True, 12: False}),
        ("pm uninstall", {0: False, 10: False, 11: False, 12: False}),
        ("pm uninstall --user all", {0: False, 10: False, 11: False, 12: False}),
        ("pm clear --user 10", {0: True, 10: False, 11: True, 12: True}),
        ("pm clear", {0: False, 10: True, 11: True, 12: True}),
        ("cmd package uninstall -k --user 10", {0: True, 10: True, 11: True, 12: True}),
    ],
)
def test_whose_data_a_command_takes(
    tmp_path: Path, command: str, left: dict[int, bool], api: int
) -> None:
    phone = a_phone(tmp_path, "work", "second", "clone", api=api)
    assert phone.run(f"{command} {APP}") == ("Success\n", "", 0)
    assert there(phone) == left


def test_the_code_stays_as_long_as_one_user_has_the_app(tmp_path: Path) -> None:
    phone = a_phone(tmp_path, "work")
    package = phone.packages.get(APP)
    assert package is not None
    phone.run(f"pm uninstall --user 0 {APP}")
    assert (has(phone, 0), has(phone, 10)) == (False, True)
    assert phone.fs.stat(package.code_path)
    assert APP not in phone.run("pm list packages")[0]
    assert APP in phone.run("pm list packages -u")[0]
    assert f"{APP} uid:{1_000_000 + package.uid}" in phone.run("pm list packages -U --user 10")[0]
    assert phone.run(f"pm uninstall --user 0 {APP}")[0] == "Failure [not installed for 0]\n"
    assert phone.run(f"pm uninstall --user 10 {APP}")[0] == "Success\n"
    assert APP not in phone.run("pm list packages -u")[0]
    with pytest.raises(FileNotFoundError):
        phone.fs.stat(package.code_path)
    assert f"Unable to find package: {APP}" in phone.run(f"dumpsys package {APP}")[0]


def test_installed_again_for_the_owner_it_has_its_old_id_and_new_data(tmp_path: Path) -> None:
    phone = a_phone(tmp_path, "work")
    before = phone.packages.get(APP)
    assert before is not None
    phone.run(f"pm uninstall --user 0 {APP}")
    after = phone.packages.install(phone.apk(), user=0)
    assert after.uid == before.uid
    assert there(phone) == {0: False, 10: True}
    assert (has(phone, 0), has(phone, 10)) == (True, True)
    with pytest.raises(FileNotFoundError):
        phone.fs.stat(before.code_path)  # the work profile runs the new code too


@pytest.mark.parametrize("gone", [0, 10])
def test_install_existing_gives_it_back_without_data(tmp_path: Path, gone: int) -> None:
    phone = a_phone(tmp_path, "work")
    phone.run(f"pm uninstall --user {gone} {APP}")
    assert not has(phone, gone)
    done = phone.run(f"cmd package install-existing --user {gone} {APP}")
    assert done == (f"Package {APP} installed for user: {gone}\n", "", 0)
    assert has(phone, gone)
    assert there(phone)[gone] is False
    assert phone.run("cmd package install-existing --user 10 no.such")[2] == 1


@pytest.mark.parametrize(
    ("api", "flags"),
    [(29, ["13", "30", "10", "10"]), (34, ["4c13", "1030", "410", "1010"])],
)
def test_the_list_of_users(tmp_path: Path, api: int, flags: list[str]) -> None:
    phone = a_phone(tmp_path, "work", "second", "clone", api=api)
    lines = phone.run("pm list users")[0].splitlines()
    assert lines[1] == f"\tUserInfo{{0:Owner:{flags[0]}}} running"
    assert lines[2:] == [
        f"\tUserInfo{{10:Work profile:{flags[1]}}} running",
        f"\tUserInfo{{11:Second person:{flags[2]}}}",
        f"\tUserInfo{{12:Clone:{flags[3]}}} running",
    ]
    states = [phone.run(f"am get-started-user-state {user}")[0] for user in (10, 11)]
    assert states == ["RUNNING_UNLOCKED\n", "User is not started: 11\n"]


@pytest.mark.parametrize("api", sorted(RELEASES))
def test_the_dump_has_a_block_for_each_user(tmp_path: Path, api: int) -> None:
    phone = a_phone(tmp_path, "work", "second", api=api)
    phone.run(f"pm uninstall --user 11 {APP}")
    dump = phone.run(f"dumpsys package {APP}")[0]
    work, second = (dump[dump.index(f"    User {user}:") :] for user in (10, 11))
    inode = phone.fs.stat(ce(APP, user=10)).ino
    assert work.startswith(f"    User 10: ceDataInode={inode} ")
    assert " installed=true " in work.partition("\n")[0]
    assert second.startswith("    User 11: ceDataInode=0 ")
    assert " installed=false " in second.partition("\n")[0]
    assert ("deDataInode" in work) == (api >= 35)
    assert ("      firstInstallTime=1970-01-01" in second) == (api >= 34)


def test_media_are_each_users_own(tmp_path: Path) -> None:
    phone = a_phone(tmp_path, "work")
    query = "content query --uri content://media/external/file --projection _data"
    assert phone.run(f"{query} --user 0")[0] == "No result found.\n"
    work = phone.run(f"{query}:owner_package_name:relative_path --user 10")[0]
    saved = "/storage/emulated/10/DCIM/Camera/saved_10.mp4"
    row = f"_data={saved}, owner_package_name={APP}, relative_path=DCIM/Camera/"
    assert work == f"Row: 0 {row}\n"
    phone.run(f"pm uninstall --user 10 {APP}")
    assert "owner_package_name=NULL" in phone.run(f"{query}:owner_package_name --user 10")[0]


def test_shell_may_not_look_into_another_users_storage(tmp_path: Path) -> None:
    phone = a_phone(tmp_path, "work")
    with pytest.raises(PermissionError):
        phone.fs.listdir("/storage/emulated/10/DCIM", uid=2000)
    assert phone.fs.listdir("/storage/emulated/10/DCIM", uid=0) == ["Camera"]
    assert phone.fs.stat(de(APP, user=10)).uid // 100_000 == 10


def test_users_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="not simulated"):
        make_users(("guest",))
    with pytest.raises(ValueError, match="one user for clones"):
        make_users(("clone", "clone"), 999)
    assert [user.id for user in make_users(("clone", "work"), 999)] == [999, 10]
