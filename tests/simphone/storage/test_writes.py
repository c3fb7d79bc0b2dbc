import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.simphone.storage import PhoneFileSystem
from tests.simphone.storage.conftest import StandingClock

TMP = "/data/local/tmp"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.binary(max_size=50), max_size=4))
def test_what_is_written_is_read(fs: PhoneFileSystem, pieces: list[bytes]) -> None:
    fs.write(f"{TMP}/f", b"", uid=2000)
    for piece in pieces:
        fs.write(f"{TMP}/f", piece, uid=2000, append=True)

    assert fs.read(f"{TMP}/f") == b"".join(pieces)


@pytest.mark.parametrize(
    ("path", "uid", "text"),
    [
        ("/system/x", 0, "Read-only file system"),
        ("/x", 0, "Read-only file system"),
        ("/apex/com.android.conscrypt/cacerts/a", 0, "Read-only file system"),
        ("/data/x", 2000, "Permission denied"),
        ("/data/data/a.b/x", 2000, "Permission denied"),
        ("/data/local/tmp", 2000, "Is a directory"),
        ("/data/nope/x", 0, "No such file"),
        ("/dev/full", 0, "No space left"),
    ],
)
def test_refusals(fs: PhoneFileSystem, path: str, uid: int, text: str) -> None:
    fs.mkdir("/data/data/a.b", mode=0o700)

    with pytest.raises(OSError, match=text):
        fs.write(path, b"x", uid=uid)


def test_a_full_volume_takes_nothing_more(fs: PhoneFileSystem) -> None:
    fs.write("/sdcard/old", b"x" * 100, uid=10142)
    fs.free_bytes = 10

    with pytest.raises(OSError, match="No space left on device"):
        fs.write("/data/new", b"x" * 11)
    assert fs.read("/sdcard/old") == b"x" * 100
    fs.remove("/sdcard/old")
    assert fs.free_bytes == 110
    fs.write("/data/new", b"x" * 11)


def test_shared_storage_keeps_its_own_modes(fs: PhoneFileSystem) -> None:
    fs.write("/sdcard/DCIM/a.mp4", b"x", uid=10142, mode=0o600)
    fs.mkdir("/sdcard/Android/data/a.b", uid=10142)
    fs.chmod("/sdcard/DCIM/a.mp4", 0o777)

    for path, owner in (("/data/media/0/DCIM/a.mp4", 1023), ("/sdcard/DCIM/a.mp4", 10160)):
        found = fs.stat(path)
        assert (found.mode & 0o7777, found.uid, found.gid) == (0o660, owner, 1023)
        assert fs.maker(path) == 10142
    assert fs.stat("/sdcard/Android/data/a.b").uid == 10142
    folder = fs.stat("/sdcard/Android/data/a.b")
    assert (folder.mode & 0o7777, folder.gid) == (0o2770, 1078)


def test_mkdir(fs: PhoneFileSystem) -> None:
    fs.mkdir(f"{TMP}/a/b/c", uid=2000, parents=True)
    fs.mkdir(f"{TMP}/a/b", uid=2000, parents=True)

    assert fs.stat(f"{TMP}/a/b/c").uid == 2000
    with pytest.raises(FileExistsError):
        fs.mkdir(f"{TMP}/a")
    with pytest.raises(FileNotFoundError):
        fs.mkdir(f"{TMP}/x/y")


def test_remove(fs: PhoneFileSystem) -> None:
    fs.mkdir(f"{TMP}/a/b", uid=2000, parents=True)
    fs.symlink("/data", f"{TMP}/a/link", uid=2000)

    with pytest.raises(OSError, match="Directory not empty"):
        fs.remove(f"{TMP}/a", uid=2000)
    fs.remove(f"{TMP}/a", uid=2000, recursive=True)
    assert fs.listdir(TMP) == []
    assert fs.access("/data/local", 4)
    with pytest.raises(OSError, match="busy"):
        fs.remove("/storage/emulated", recursive=True)
    with pytest.raises(PermissionError):
        fs.remove("/dev/null")


def test_rename(fs: PhoneFileSystem) -> None:
    fs.write(f"{TMP}/a", b"1", uid=2000)
    number = fs.stat(f"{TMP}/a").ino
    fs.write(f"{TMP}/b", b"2", uid=2000)
    fs.mkdir(f"{TMP}/d", uid=2000)
    fs.rename(f"{TMP}/a", f"{TMP}/b", uid=2000)

    assert (fs.read(f"{TMP}/b"), fs.stat(f"{TMP}/b").ino) == (b"1", number)
    with pytest.raises(OSError, match="cross-device"):
        fs.rename(f"{TMP}/b", "/sdcard/b")
    with pytest.raises(IsADirectoryError):
        fs.rename(f"{TMP}/b", f"{TMP}/d")
    fs.rename(f"{TMP}/d", f"{TMP}/d")
    assert fs.listdir(TMP) == ["b", "d"]


def test_owners_modes_and_times(fs: PhoneFileSystem, clock: StandingClock) -> None:
    fs.write(f"{TMP}/f", b"1", uid=2000)
    clock.time += 60
    fs.utime(f"{TMP}/f", 1000.5, uid=2000)
    fs.chmod(f"{TMP}/f", 0o4711, uid=2000)
    fs.chown(f"{TMP}/f", -1, 1015, uid=2000)

    found = fs.stat(f"{TMP}/f")
    assert (found.mtime, found.ctime) == (1000.5, clock.time)
    assert (found.mode, found.uid, found.gid) == (stat.S_IFREG | 0o4711, 2000, 1015)
    with pytest.raises(PermissionError):
        fs.chmod(f"{TMP}/f", 0o777, uid=10142)
    with pytest.raises(PermissionError):
        fs.chown(f"{TMP}/f", 0, 0, uid=2000)
    with pytest.raises(OSError, match="Read-only"):
        fs.chmod("/etc/hosts", 0o777)
    fs.write(f"{TMP}/f", b"2", uid=2000, mode=0o600, mtime=7)
    assert (fs.stat(f"{TMP}/f").mode & 0o777, fs.stat(f"{TMP}/f").mtime) == (0o600, 7)


def test_the_image_is_built_before_it_is_read_only(fs: PhoneFileSystem) -> None:
    with fs.writable_system():
        fs.write("/system/app/x.apk", b"x")

    assert fs.read("/system/app/x.apk") == b"x"
    with pytest.raises(OSError, match="Read-only"):
        fs.remove("/system/app/x.apk")
