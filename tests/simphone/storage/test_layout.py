import pytest

from harness.simphone.storage import PhoneFileSystem


@pytest.mark.parametrize(
    ("path", "uid", "gid", "mode"),
    [
        ("/data/local/tmp", 2000, 2000, 0o771),
        ("/data/data", 1000, 1000, 0o771),
        ("/data/anr", 1000, 1000, 0o775),
        ("/data/tombstones", 1000, 1000, 0o771),
        ("/data/media", 1023, 1023, 0o770),
        ("/sdcard/DCIM/Camera", 10160, 1023, 0o2770),
        ("/sdcard/Android/data", 1023, 1078, 0o2770),
        ("/system/etc/security/cacerts", 0, 0, 0o755),
    ],
)
def test_folders(fs: PhoneFileSystem, path: str, uid: int, gid: int, mode: int) -> None:
    found = fs.stat(path)

    assert (found.uid, found.gid, found.mode & 0o7777) == (uid, gid, mode)


def test_links(fs: PhoneFileSystem) -> None:
    assert fs.readlink("/sdcard") == "/storage/self/primary"
    assert fs.realpath("/bin") == "/system/bin"
    assert fs.realpath("/etc/security") == "/system/etc/security"
    assert {"DCIM", "Movies", "Pictures", "Download"} <= set(fs.listdir("/sdcard", uid=2000))


def test_mounts(fs: PhoneFileSystem) -> None:
    lines = [mount.line() for mount in fs.mounts()]

    assert "/dev/fuse on /storage/emulated type fuse (rw,seclabel,relatime)" in lines
    assert any(line.startswith("/dev/block/dm-9 on /data type f2fs (rw") for line in lines)
    assert fs.mounts(ns="zygote") == fs.mounts(ns="init")
