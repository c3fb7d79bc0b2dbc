import sqlite3
from pathlib import Path

import pytest

from harness.simphone.storage import PhoneFileSystem
from tests.simphone.storage.conftest import StandingClock

CERTS = "/system/etc/security/cacerts"
CONSCRYPT = "/apex/com.android.conscrypt/cacerts"


def test_a_database_written_on_the_host_is_a_file_of_the_phone(fs: PhoneFileSystem) -> None:
    fs.mkdir("/data/data/a.b", mode=0o700)
    fs.chown("/data/data/a.b", 10142, 10142)
    fs.mkdir("/data/data/a.b/databases", uid=10142, mode=0o771)
    path = fs.host_path("/data/data/a.b/databases/app.db")
    with sqlite3.connect(path) as database:
        database.execute("create table t (x)")
    database.close()

    found = fs.stat("/data/data/a.b/databases/app.db", uid=10142)
    assert (found.uid, found.size) == (10142, path.stat().st_size)
    assert fs.read("/data/user/0/a.b/databases/app.db").startswith(b"SQLite format 3")
    assert fs.listdir("/data/data/a.b/databases") == ["app.db"]


def test_host_paths_get_their_parents(fs: PhoneFileSystem) -> None:
    path = fs.host_path("/sdcard/Pictures/new/a.png")
    path.write_bytes(b"png")

    assert fs.read("/storage/emulated/0/Pictures/new/a.png") == b"png"


def test_a_tmpfs_hides_what_is_below_until_unmounted(fs: PhoneFileSystem) -> None:
    with fs.writable_system():
        fs.write(f"{CERTS}/old.0", b"old")
    fs.mount(CERTS, source=None, kind="tmpfs")
    fs.write(f"{CERTS}/new.0", b"new")

    assert fs.listdir(CERTS) == fs.listdir(CERTS, ns="zygote") == ["new.0"]
    fs.umount("/etc/security/cacerts")
    assert fs.listdir(CERTS) == ["old.0"]


def test_conscrypts_certificates_are_the_zygotes_own_affair(fs: PhoneFileSystem) -> None:
    fs.mount(CERTS, source=None, kind="tmpfs")
    fs.write(f"{CERTS}/new.0", b"new")
    fs.mount(CONSCRYPT, source=CERTS, kind="bind")
    assert fs.listdir(CONSCRYPT, ns="zygote") == []

    fs.mount(CONSCRYPT, source=CERTS, kind="bind", ns="zygote")
    assert fs.read(f"{CONSCRYPT}/new.0", ns="zygote", uid=10142) == b"new"
    assert fs.mounts(ns="zygote")[-1].target == CONSCRYPT


@pytest.mark.parametrize(
    ("target", "source", "kind", "text"),
    [
        ("/nope", None, "tmpfs", "No such file"),
        ("/mnt", None, "ext4", "Invalid argument"),
        ("/mnt", None, "bind", "Invalid argument"),
        ("/mnt", "/etc/hosts", "bind", "Not a directory"),
    ],
)
def test_mounts_that_cannot_be(
    fs: PhoneFileSystem, target: str, source: str | None, kind: str, text: str
) -> None:
    with pytest.raises(OSError, match=text):
        fs.mount(target, source=source, kind=kind)


def test_generated_files_have_no_place_on_the_host(fs: PhoneFileSystem) -> None:
    fs.register_generated("/proc/version", lambda _path, _ns: b"v")

    with pytest.raises(OSError, match="No such device"):
        fs.host_path("/proc/version")


def test_a_phone_without_layout_is_an_empty_writable_root(
    tmp_path: Path, clock: StandingClock
) -> None:
    bare = PhoneFileSystem(tmp_path / "bare", clock, layout=False)
    bare.write("/f", b"x")

    assert bare.listdir("/") == ["f"]
