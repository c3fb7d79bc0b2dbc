from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.simphone.android import package_data
from harness.simphone.contracts import InstallError, PhoneSpec
from tests.simphone.android.phone import APP, CAMERA, FakePhone, written

CE = f"/data/user/0/{APP}"
OBB, DATA = f"/sdcard/Android/obb/{APP}", f"/sdcard/Android/data/{APP}"


def test_installing_makes_folders_of_the_apps_own(phone: FakePhone) -> None:
    package = phone.install()
    assert package.uid >= 10000
    assert package.granted == {"android.permission.INTERNET"}
    assert package.behaviour == "fake"
    status = phone.fs.stat(CE)
    assert (status.uid, status.mode & 0o777, status.ino) == (package.uid, 0o700, package.ce_inode)
    assert set(phone.fs.listdir(CE)) == set(package_data.CE_FOLDERS)
    pulled = phone.fs.read(f"{package.code_path}/base.apk", uid=2000)
    assert pulled == (phone.folder / "app.apk").read_bytes()


def test_an_update_keeps_data_uid_and_first_install(phone: FakePhone) -> None:
    before = phone.install()
    phone.fs.write(f"{CE}/files/login", b"1", uid=before.uid)
    phone.fs.write(f"{CE}/code_cache/x", b"1", uid=before.uid)
    phone.run(f"pm grant {APP} {CAMERA}")
    phone.clock.offset += 100
    after = phone.install(version_code=311)
    assert (after.uid, after.ce_inode, after.first_install) == (
        before.uid,
        before.ce_inode,
        before.first_install,
    )
    assert after.last_update > before.last_update
    assert after.code_path != before.code_path
    assert CAMERA in after.granted
    assert phone.fs.listdir(f"{CE}/code_cache") == []
    assert phone.fs.read(f"{CE}/files/login") == b"1"
    with pytest.raises(FileNotFoundError):
        phone.fs.stat(before.code_path)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version_code": 309}, "INSTALL_FAILED_VERSION_DOWNGRADE"),
        ({"signer": "another"}, "INSTALL_FAILED_UPDATE_INCOMPATIBLE"),
        ({"min_sdk": 35}, "INSTALL_FAILED_OLDER_SDK"),
    ],
)
def test_refusals(phone: FakePhone, changes: Mapping[str, object], code: str) -> None:
    phone.install()
    with pytest.raises(InstallError) as refused:
        phone.install(**changes)
    assert refused.value.args[0] == code
    installed = phone.packages.get(APP)
    assert installed is not None
    assert installed.version_code == 310


@pytest.mark.parametrize(
    ("profile", "debuggable", "allowed"),
    [("userdebug", False, True), ("retail", True, True), ("retail", False, False)],
)
def test_who_may_downgrade(tmp_path: Path, profile: str, debuggable: bool, allowed: bool) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", profile=profile))
    phone.install(debuggable=debuggable)
    apk = phone.apk(version_code=1, debuggable=debuggable)
    if allowed:
        assert phone.packages.install(apk, downgrade=True).version_code == 1
    else:
        with pytest.raises(InstallError):
            phone.packages.install(apk, downgrade=True)


def test_a_full_phone_refuses(phone: FakePhone) -> None:
    phone.fs.free_bytes = 1000
    with pytest.raises(InstallError) as refused:
        phone.install()
    assert refused.value.args[0] == "INSTALL_FAILED_INSUFFICIENT_STORAGE"


def test_without_replace_a_second_install_is_refused(phone: FakePhone) -> None:
    phone.install()
    with pytest.raises(InstallError, match="ALREADY_EXISTS"):
        phone.packages.install(phone.apk(), replace=False)


def test_clearing_keeps_the_obb_and_resets_permissions(phone: FakePhone) -> None:
    package = phone.install(grant=True)
    _fill(phone, package.uid)
    assert phone.packages.clear(APP)
    assert phone.fs.listdir(f"{CE}/files") == []
    assert phone.fs.listdir(DATA) == []
    assert phone.fs.listdir(OBB) == ["x"]
    assert CAMERA not in package.granted
    assert "am_clear_app_data_caller" in written(phone, "events")
    assert not phone.packages.clear("no.such")


def test_uninstalling_removes_three_external_trees(phone: FakePhone) -> None:
    package = phone.install()
    _fill(phone, package.uid)
    phone.fs.write("/sdcard/Download/mine.mp4", b"v", uid=package.uid)
    phone.processes.start(APP, uid=package.uid, package=APP)
    assert phone.packages.uninstall(APP)
    for path in (CE, f"/data/user_de/0/{APP}", DATA, OBB, package.code_path):
        with pytest.raises(FileNotFoundError):
            phone.fs.stat(path)
    assert phone.fs.read("/sdcard/Download/mine.mp4") == b"v"
    assert phone.processes.of_package(APP) == []
    assert phone.processes.exits == []
    log = written(phone, "system")
    assert f"Force stopping {APP} appid={package.uid} user=-1: deletePackageX" in log
    assert f"deletePackageX- pkg:{APP}, userId:0" in log
    assert phone.install().ce_inode != package.ce_inode


def test_keeping_data_keeps_uid_and_inode(phone: FakePhone) -> None:
    package = phone.install()
    phone.fs.write(f"{CE}/files/login", b"1", uid=package.uid)
    assert phone.packages.uninstall(APP, keep_data=True)
    assert phone.packages.get(APP) is None
    assert [kept.name for kept in phone.packages.kept()] == [APP]
    again = phone.install()
    assert (again.uid, again.ce_inode) == (package.uid, package.ce_inode)
    assert phone.fs.read(f"{CE}/files/login") == b"1"
    assert phone.packages.kept() == []


def test_a_full_uninstall_clears_a_remnant(phone: FakePhone) -> None:
    phone.install()
    phone.packages.uninstall(APP, keep_data=True)
    with pytest.raises(InstallError, match="INCOMPATIBLE"):
        phone.install(signer="another")
    assert phone.packages.uninstall(APP)
    assert phone.install(signer="another").name == APP


def test_system_packages_stay(phone: FakePhone) -> None:
    assert not phone.packages.uninstall("com.android.settings")
    assert not phone.packages.uninstall("no.such")


def test_big_apks_are_linked_and_not_counted(phone: FakePhone) -> None:
    free = phone.fs.usage()[1]
    package = phone.install(padding=5 << 20)
    path = f"{package.code_path}/base.apk"
    assert phone.fs.stat(path).size > 5 << 20
    assert phone.fs.read(path)[:2] == b"PK"
    phone.packages.uninstall(APP)
    assert phone.fs.usage()[1] == free


def _fill(phone: FakePhone, uid: int) -> None:
    phone.fs.write(f"{CE}/files/x", b"1", uid=uid)
    for kind in ("data", "media", "obb"):
        folder = package_data.external(phone.fs, APP, uid, kind)
        phone.fs.write(f"{folder}/x", b"1", uid=uid)
    assert package_data.size(phone.fs, DATA) == 1
