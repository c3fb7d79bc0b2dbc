import stat

import pytest

from harness.simphone.storage import PhoneFileSystem
from tests.simphone.storage.conftest import NOW


def test_stat(fs: PhoneFileSystem) -> None:
    fs.write("/data/local/tmp/f", b"abc", uid=2000, mode=0o640, mtime=5.25)
    fs.symlink("f", "/data/local/tmp/l", uid=2000)

    found = fs.stat("/data/local/tmp/l")
    assert (found.size, found.mtime, found.uid, found.gid) == (3, 5.25, 2000, 2000)
    assert found.mode == stat.S_IFREG | 0o640
    assert stat.S_ISLNK(fs.stat("/data/local/tmp/l", follow=False).mode)
    assert stat.S_ISCHR(fs.stat("/dev/null").mode)
    assert fs.stat("/data/local/tmp").mtime == NOW


@pytest.mark.parametrize(
    ("call", "path", "text"),
    [
        ("listdir", "/data/data", "Permission denied"),
        ("listdir", "/data/media/0", "Permission denied"),
        ("listdir", "/etc/hosts", "Not a directory"),
        ("listdir", "/nope", "No such file"),
        ("read", "/sdcard", "Is a directory"),
        ("read", "/system/build.prop", "Permission denied"),
        ("read", "/nope", "No such file"),
    ],
)
def test_what_the_shell_cannot_read(fs: PhoneFileSystem, call: str, path: str, text: str) -> None:
    with pytest.raises(OSError, match=text) as caught:
        getattr(fs, call)(path, uid=2000)
    assert caught.value.filename == path


def test_folders_merge_generated_names(fs: PhoneFileSystem) -> None:
    fs.register_generated("/system/etc/made", lambda _path, _ns: b"x")

    assert {"made", "hosts"} <= set(fs.listdir("/etc"))
    assert fs.read("/etc/made", uid=2000) == b"x"
    assert "null" in fs.listdir("/dev")
    with pytest.raises(OSError, match="Invalid argument"):
        fs.readlink("/etc/hosts")


def test_usage(fs: PhoneFileSystem) -> None:
    fs.free_bytes = 500

    assert fs.usage("/sdcard") == fs.usage("/data") == (1_000_000, 500)
    assert fs.usage("/system")[1] == 0
    assert fs.usage("/mnt")[1] > 0


def test_whether_the_shell_sees_the_folders_of_apps_is_a_fact_of_the_phone(
    fs: PhoneFileSystem,
) -> None:
    fs.mkdir("/sdcard/Android/data/a.b", uid=10142)

    assert fs.listdir("/sdcard/Android/data", uid=2000) == ["a.b"]
    fs.shell_sees_app_folders = False
    with pytest.raises(PermissionError):
        fs.listdir("/sdcard/Android/data/a.b", uid=2000)
    assert not fs.shell_sees_app_folders
