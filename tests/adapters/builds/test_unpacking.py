"""From a build's file to the APKs of one phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.adapters.builds.archive import DamagedBuildError
from harness.adapters.builds.unpacking import UnpackedBuild, unpack
from harness.domain.apk_choice import PhoneShape
from harness.simphone.app.build import PACKAGE
from tests.adapters.builds import samples

PHONE = PhoneShape(("arm64-v8a",), 420, 34, ("de",))
CHOSEN = {
    "base.apk",
    "split_config.arm64_v8a.apk",
    "split_config.de.apk",
    "split_config.xxhdpi.apk",
}


def folder_of_apks(path: Path) -> Path:
    samples.apks_of(path)
    return path


def plain_archive(path: Path) -> Path:
    """As APKM files and SAI's APKS files are: APKs and something else."""
    apks = samples.apks_of(path.parent / "apks")
    files: dict[str, Path | bytes] = {file.name: file for file in apks.values()}
    return samples.archive(path, {**files, "info.json": b"{}", "meta.sai_v2.json": b"{}"})


def unpacked(path: Path, phone: PhoneShape = PHONE) -> UnpackedBuild:
    folder = path.parent / "out"
    folder.mkdir()
    return unpack(path, phone, folder)


@pytest.mark.parametrize(
    ("make", "name", "kind", "due"),
    [
        (samples.apk, "a.apk", "apk", {"base.apk"}),
        (samples.xapk, "a.xapk", "xapk", CHOSEN),
        (samples.bundletool_apks, "a.apks", "apks", CHOSEN),
        (plain_archive, "a.apkm", "zip", CHOSEN),
        (folder_of_apks, "a", "folder", CHOSEN),
    ],
)
def test_each_form_gives_what_fits_the_phone(
    tmp_path: Path, make: Callable[[Path], Path], name: str, kind: str, due: set[str]
) -> None:
    build = unpacked(make(tmp_path / name))

    assert build.kind == kind
    assert {part.name for part in build.parts} == due
    assert build.parts[0].name == "base.apk"
    assert (build.manifest.package, build.manifest.version_name) == (PACKAGE, "47.0.3")
    assert build.manifest.version_code == 2024700030
    assert build.signer is not None
    assert all((tmp_path / part.file).stat().st_size == part.size for part in build.parts)
    assert (len(build.left_out) > 4) is (kind != "apk")


def test_the_form_is_told_by_content_not_by_the_ending(tmp_path: Path) -> None:
    assert unpacked(samples.xapk(tmp_path / "a.zip")).kind == "xapk"


@pytest.mark.parametrize(("api", "prefix"), [(34, "splits/b"), (36, "splits/2-")])
def test_only_apks_of_one_variant_are_taken(tmp_path: Path, api: int, prefix: str) -> None:
    """The other variant's files are damaged; they are never looked at."""
    path = samples.bundletool_apks(tmp_path / "a.apks")
    files: dict[str, Path | bytes] = {"toc.pb": samples.table_of_contents()}
    for split, file in samples.apks_of(tmp_path / "apks").items():
        for start in ("splits/", "splits/2-"):
            name = f"{start}{samples.split_file(split)}"
            files[name] = file if name.startswith(prefix) else b"damaged"
    samples.archive(path, files)

    build = unpacked(path, PhoneShape(PHONE.abis, PHONE.density, api, PHONE.languages))

    assert {part.name for part in build.parts} == CHOSEN


def test_data_files_come_along(tmp_path: Path) -> None:
    target = f"Android/obb/{PACKAGE}/main.1.obb"
    listed = [{"file": "Android/obb/main.obb", "install_path": target}]
    build = unpacked(samples.xapk(tmp_path / "a.xapk", expansions=listed))

    ((file, path),) = build.expansions
    assert path == target
    assert (tmp_path / "out" / file).read_bytes() == b"expansion"


def broken(path: Path, **changes: bytes | Path | None) -> Path:
    """A plain archive with entries put in or taken out (None)."""
    apks = samples.apks_of(path.parent / "apks")
    files: dict[str, bytes | Path] = {file.name: file for file in apks.values()}
    for name, content in changes.items():
        files.pop(name, None)
        if content is not None:
            files[name] = content
    return samples.archive(path, files)


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"base.apk": None}, "no base APK"),
        ({"base.apk": b"cut"}, "base.apk: is no APK: aapt2 ended with 1"),
        ({"other.apk": {"package": "com.other", "split": "extra"}}, "of another app .com.other."),
        ({"other.apk": {"version": "46.0.0", "split": "extra"}}, "has version code 2024600000"),
        ({"other.apk": {"split": "extra", "signer": "someone"}}, "another signer than the base"),
        ({"other.apk": {}}, "2 base APKs"),
    ],
    ids=["no base", "cut base", "foreign", "older split", "other signer", "two bases"],
)
def test_parts_that_do_not_belong_together(
    tmp_path: Path, changes: dict[str, bytes | dict[str, str] | None], due: str
) -> None:
    (tmp_path / "more").mkdir()
    content = {
        name: samples.apk(tmp_path / "more" / name, **value) if isinstance(value, dict) else value
        for name, value in changes.items()
    }
    with pytest.raises(DamagedBuildError, match=due) as caught:
        unpacked(broken(tmp_path / "a.zip", **content))
    assert str(tmp_path / "a.zip") in str(caught.value)


@pytest.mark.parametrize(
    ("content", "due"),
    [
        ({"toc.pb": b"\xff\xff\xff"}, "ends within a number"),
        ({"toc.pb": b""}, "no variant is listed"),
        ({"manifest.json": json.dumps({"package_name": "a", "split_apks": 7}).encode()}, "damaged"),
        ({"readme.txt": b"hello"}, "neither an APK nor an archive with APKs"),
        ({"AndroidManifest.xml": b"junk"}, "is no APK"),
        (
            {"manifest.json": b'{"package_name": "a", "split_apks": [{"file": "b.apk"}]}'},
            "b.apk is missing",
        ),
    ],
    ids=["cut toc", "empty toc", "wrong manifest", "no APK", "junk APK", "missing APK"],
)
def test_damaged_archives_say_what_is_wrong(
    tmp_path: Path, content: dict[str, bytes | Path], due: str
) -> None:
    with pytest.raises(DamagedBuildError, match=due):
        unpacked(samples.archive(tmp_path / "a.xapk", content))


def test_an_xapk_that_says_it_is_another_app(tmp_path: Path) -> None:
    with pytest.raises(DamagedBuildError, match=r"says it is com\.b, its base is"):
        unpacked(samples.xapk(tmp_path / "a.xapk", package_name="com.b"))


def test_a_phone_that_it_is_not_for(tmp_path: Path) -> None:
    with pytest.raises(DamagedBuildError, match="phone runs mips") as caught:
        unpacked(samples.xapk(tmp_path / "a.xapk"), PhoneShape(("mips",), 420, 34))
    assert "a.xapk: the build has native code for arm64-v8a" in str(caught.value)
