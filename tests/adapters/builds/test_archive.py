"""Archives that nobody should trust."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness.adapters.builds import archive as subject
from harness.adapters.builds.archive import BuildArchive, DamagedBuildError


def made(path: Path, *names: str, data: bytes = b"content") -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name in names:
            target.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name",
    ["../out.apk", "a/../../out.apk", "/etc/out.apk", "C:/out.apk", "..\\out.apk", "a/..\\b"],
)
def test_names_that_lead_out_are_refused_whole(tmp_path: Path, name: str) -> None:
    with pytest.raises(DamagedBuildError, match="leads out of the archive"):
        BuildArchive(made(tmp_path / "a.xapk", "fine.apk", name))
    assert [path.name for path in tmp_path.iterdir()] == ["a.xapk"]


def test_links_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xapk", "w") as target:
        link = zipfile.ZipInfo("base.apk")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    with pytest.raises(DamagedBuildError, match="symbolic link"):
        BuildArchive(tmp_path / "a.xapk")


def test_encrypted_entries_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xapk", "base.apk")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02") + 8
    data[at] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(DamagedBuildError, match="encrypted"):
        BuildArchive(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedBuildError, match="stands twice"):
        BuildArchive(made(tmp_path / "a.xapk", "base.apk", "base.apk"))


def test_what_would_fill_the_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "a.xapk", "one.apk", "two.apk", data=b"0" * 1000)
    monkeypatch.setattr(subject, "MOST_BYTES", 1500)
    with pytest.raises(DamagedBuildError, match="would unpack to 2000 bytes"):
        BuildArchive(path)
    monkeypatch.setattr(subject, "MOST_ENTRIES", 1)
    with pytest.raises(DamagedBuildError, match="2 entries"):
        BuildArchive(path)


def test_a_full_disk_is_told_before_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path / "a.xapk", "one.apk")

    def nearly_full(_: Path) -> SimpleNamespace:
        return SimpleNamespace(free=3)

    monkeypatch.setattr(subject.shutil, "disk_usage", nearly_full)
    with BuildArchive(path) as opened, pytest.raises(DamagedBuildError, match="3 are free"):
        opened.extract("one.apk", tmp_path / "out")


@pytest.mark.parametrize(
    ("content", "due"),
    [
        (None, "there is no such file"),
        (b"", "no whole ZIP archive"),
        (b"no archive at all", "no whole ZIP archive"),
        ("cut", "no whole ZIP archive"),
    ],
    ids=["missing", "empty", "text", "cut off"],
)
def test_what_is_no_archive(tmp_path: Path, content: bytes | str | None, due: str) -> None:
    path = tmp_path / "a.xapk"
    if content == "cut":
        whole = made(path, "base.apk").read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(DamagedBuildError, match=due) as caught:
        BuildArchive(path)
    assert str(path) in str(caught.value)


def test_one_cut_off_behind_an_apk_is_not_taken_for_that_apk(tmp_path: Path) -> None:
    inner = made(tmp_path / "base.apk", "AndroidManifest.xml").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xapk", "w") as target:
        target.writestr("manifest.json", b"{}")
        target.writestr("base.apk", inner)
    whole = (tmp_path / "a.xapk").read_bytes()
    (tmp_path / "a.xapk").write_bytes(whole[: whole.index(inner) + len(inner) + 20])
    with pytest.raises(DamagedBuildError, match="its end is missing"):
        BuildArchive(tmp_path / "a.xapk")


def test_a_flipped_bit_is_seen(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xapk", "base.apk")
    path.write_bytes(path.read_bytes().replace(b"content", b"contEnt"))
    with BuildArchive(path) as opened:
        with pytest.raises(DamagedBuildError, match=r"base\.apk is damaged"):
            opened.extract("base.apk", tmp_path / "out")
        with pytest.raises(DamagedBuildError, match=r"base\.apk is damaged"):
            opened.read("base.apk", 100)
    assert not (tmp_path / "out").exists()


def test_small_entries_are_read_and_large_ones_are_not(tmp_path: Path) -> None:
    with BuildArchive(made(tmp_path / "a.xapk", "manifest.json", "dir/")) as opened:
        assert opened.names == ("manifest.json",)
        assert opened.read("manifest.json", 100) == b"content"
        with pytest.raises(DamagedBuildError, match="at most 3 are read"):
            opened.read("manifest.json", 3)
        with pytest.raises(DamagedBuildError, match=r"no\.apk is missing"):
            opened.read("no.apk", 3)
