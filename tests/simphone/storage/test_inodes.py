from pathlib import Path

from harness.simphone.storage.inodes import Inodes


def test_unknown_files_belong_to_their_folders_owner(tmp_path: Path) -> None:
    inodes = Inodes()
    inodes.create(tmp_path, uid=10142, gid=10142, mode=0o700, now=0)
    (tmp_path / "app.db").write_bytes(b"x")
    (tmp_path / "dir").mkdir()

    found = inodes.of(tmp_path / "app.db")
    assert (found.uid, found.gid, found.mode) == (10142, 10142, 0o660)
    assert inodes.of(tmp_path / "dir").mode == 0o771
    assert inodes.of(tmp_path / "app.db") is found


def test_numbers_are_never_used_twice_and_follow_a_rename(tmp_path: Path) -> None:
    inodes = Inodes()
    old, new = tmp_path / "a", tmp_path / "b"
    old.mkdir()
    (old / "f").touch()
    first = inodes.create(old, uid=0, gid=0, mode=0o755, now=0)
    inner = inodes.of(old / "f")
    inodes.move(old, new)
    old.rename(new)

    assert inodes.of(new) is first
    assert inodes.of(new / "f") is inner
    inodes.forget(new)
    assert inodes.of(new).ino > inner.ino
