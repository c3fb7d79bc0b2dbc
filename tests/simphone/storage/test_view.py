import pytest

from harness.simphone.storage import PhoneFileSystem
from harness.simphone.storage.view import FsView


def test_paths_are_relative_to_the_working_folder(fs: PhoneFileSystem) -> None:
    view = FsView(fs, 2000, cwd="/data/local/tmp")
    view.write("f", b"a", new_mode=0o600)
    view.write("f", b"b", new_mode=0o777)
    view.mkdir("d/e", mode=0o700, parents=True)
    view.rename("f", "d/f")

    assert view.read("d/f") == b"b"
    assert view.stat("d/f").mode & 0o777 == 0o600
    assert view.listdir("d") == ["e", "f"]
    view.remove("d", recursive=True)
    assert not view.exists("d")
    assert view.absolute("") == ""


def test_rights(fs: PhoneFileSystem) -> None:
    view = FsView(fs, 2000)

    assert view.may("/data/local/tmp", 2)
    assert not view.may("/system", 2)
    assert not view.may("/data/data", 4)
    assert not view.may("/nope", 4)
    with pytest.raises(PermissionError):
        view.listdir("/data/data")
