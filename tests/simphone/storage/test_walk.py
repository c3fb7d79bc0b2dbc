import pytest

from harness.simphone.storage import PhoneFileSystem


@pytest.mark.parametrize(
    ("path", "real"),
    [
        ("/sdcard/DCIM", "/storage/emulated/0/DCIM"),
        ("/sdcard/../self", "/storage/emulated/self"),
        ("//data/./local//tmp/", "/data/local/tmp"),
        ("/data/user/0/a.b", "/data/data/a.b"),
        ("/../..", "/"),
    ],
)
def test_canonical_paths(fs: PhoneFileSystem, path: str, real: str) -> None:
    assert fs.realpath(path) == real


@pytest.mark.parametrize(
    ("path", "uid", "text"),
    [
        ("/nope/x", 0, "No such file"),
        ("relative", 0, "No such file"),
        ("", 0, "No such file"),
        ("/etc/hosts/x", 0, "Not a directory"),
        ("/etc/hosts/", 0, "Not a directory"),
        ("/data/adb/x", 2000, "Permission denied"),
        ("/data/local/tmp/loop", 0, "Too many levels"),
    ],
)
def test_what_stops_a_walk(fs: PhoneFileSystem, path: str, uid: int, text: str) -> None:
    fs.symlink("loop", "/data/local/tmp/loop", uid=2000)

    with pytest.raises(OSError, match=text):
        fs.realpath(path, uid=uid)


def test_root_may_run_only_what_anybody_may(fs: PhoneFileSystem) -> None:
    fs.write("/data/f", b"", mode=0o600)

    assert not fs.access("/data/f", 1)
    fs.chmod("/data/f", 0o610)
    assert fs.access("/data/f", 1)
