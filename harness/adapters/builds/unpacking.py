"""A build's file → the APKs that fit one phone, taken out and checked to belong together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from harness.adapters.builds import apks_contents, xapk_contents
from harness.adapters.builds.apk_manifest import ApkManifest, read_apk_manifest
from harness.adapters.builds.apk_signer import signer_of
from harness.adapters.builds.archive import BuildArchive, DamagedBuildError
from harness.adapters.builds.protobuf_wire import WireError
from harness.adapters.builds.xapk_contents import XapkContents, XapkError
from harness.domain.apk_choice import (
    ApkPart,
    NoFittingPartsError,
    PhoneShape,
    choose_parts,
    choose_variant,
)
from harness.domain.removal import CodePart
from harness.domain.split_name import read_split_name

_MOST_LISTING = 16 << 20  # bytes of toc.pb or manifest.json


@dataclass(frozen=True, slots=True)
class UnpackedBuild:
    """`parts` lie in the folder that was given, base first."""

    kind: str  # apk, xapk, apks, zip, folder
    manifest: ApkManifest  # of the base
    signer: str | None  # SHA-256 of the certificate; None = no scheme that we read
    parts: tuple[CodePart, ...]
    left_out: tuple[str, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    """(file in the folder, path below the shared storage)."""


@dataclass(frozen=True, slots=True)
class _Found:
    """APKs that were taken out, with their place in the folder and their manifest."""

    part: ApkPart
    file: Path
    manifest: ApkManifest


def unpack(build: Path, phone: PhoneShape, folder: Path) -> UnpackedBuild:
    """`folder` exists and is empty. Told by content, not by the file's ending. Raises
    DamagedBuildError also when nothing fits the phone, InstrumentError without aapt2."""
    try:
        if build.is_dir():
            files = sorted(build.glob("*.apk"))
            found = [_found(file, file.name) for file in files]
            return _chosen(build, "folder", found, phone)
        with BuildArchive(build) as archive:
            return _from_archive(archive, phone, folder)
    except (NoFittingPartsError, WireError, XapkError) as error:
        raise DamagedBuildError(build, str(error)) from error


def _from_archive(archive: BuildArchive, phone: PhoneShape, folder: Path) -> UnpackedBuild:
    names = archive.names
    if "AndroidManifest.xml" in names:
        return _chosen(archive.path, "apk", [_found(archive.path, archive.path.name)], phone)
    if apks_contents.FILE_NAME in names:
        return _from_bundletool(archive, phone, folder)
    listing = xapk_contents.FILE_NAME
    if listing in names:
        data = archive.read(listing, _MOST_LISTING)
        if xapk_contents.is_xapk(data):
            return _from_xapk(archive, xapk_contents.read_xapk(data), phone, folder)
    apks = [name for name in names if name.endswith(".apk")]
    if not apks:
        told = "is neither an APK nor an archive with APKs"
        raise DamagedBuildError(archive.path, told)
    return _chosen(archive.path, "zip", _extract_all(archive, apks, folder), phone)


def _from_xapk(
    archive: BuildArchive, contents: XapkContents, phone: PhoneShape, folder: Path
) -> UnpackedBuild:
    apks = contents.apks or tuple(name for name in archive.names if name.endswith(".apk"))
    build = _chosen(archive.path, "xapk", _extract_all(archive, apks, folder), phone)
    if build.manifest.package != contents.package:
        told = f"says it is {contents.package}, its base is {build.manifest.package}"
        raise DamagedBuildError(archive.path, told)
    expansions: list[tuple[str, str]] = []
    for number, one in enumerate(contents.expansions):
        file = f"data-{number}.obb"
        archive.extract(one.file, folder / file)
        expansions.append((file, one.target))
    return replace(build, expansions=tuple(expansions))


def _from_bundletool(archive: BuildArchive, phone: PhoneShape, folder: Path) -> UnpackedBuild:
    """Only what fits is taken out: an APKS file holds hundreds of APKs."""
    _, variants = apks_contents.read_contents(archive.read(apks_contents.FILE_NAME, _MOST_LISTING))
    choice = choose_parts(choose_variant(variants, phone).parts, phone)
    found: list[_Found] = []
    for number, part in enumerate(choice.parts):
        file = folder / f"part-{number}.apk"
        archive.extract(part.file, file)
        found.append(_Found(part, file, read_apk_manifest(file, _shown(archive.path, part.file))))
    return _checked(archive.path, "apks", found, choice.left_out)


def _extract_all(archive: BuildArchive, names: Sequence[str], folder: Path) -> list[_Found]:
    found: list[_Found] = []
    for number, name in enumerate(names):
        file = folder / f"part-{number}.apk"
        archive.extract(name, file)
        found.append(_found(file, name, _shown(archive.path, name)))
    return found


def _found(file: Path, name: str, shown: str | None = None) -> _Found:
    manifest = read_apk_manifest(file, shown or str(file))
    told = read_split_name(manifest.split)
    part = ApkPart(
        file=name,
        split=manifest.split,
        module=told.module,
        abis=(told.abi,) if told.abi else (),
        densities=(told.density,) if told.density else (),
        languages=(told.language,) if told.language else (),
        min_api=manifest.min_api,
    )
    return _Found(part, file, manifest)


def _chosen(path: Path, kind: str, found: list[_Found], phone: PhoneShape) -> UnpackedBuild:
    choice = choose_parts([one.part for one in found], phone)
    wanted = {part.file: index for index, part in enumerate(choice.parts)}
    kept = sorted(
        (one for one in found if one.part.file in wanted), key=lambda one: wanted[one.part.file]
    )
    return _checked(path, kind, kept, choice.left_out)


def _checked(
    path: Path, kind: str, found: list[_Found], left_out: tuple[str, ...]
) -> UnpackedBuild:
    """Android would refuse parts that do not belong together, but only after all are sent."""
    base = found[0]
    signer = signer_of(base.file)
    for one in found[1:]:
        name = one.part.file
        if one.manifest.package != base.manifest.package:
            raise DamagedBuildError(path, f"{name} is of another app ({one.manifest.package})")
        if one.manifest.version_code != base.manifest.version_code:
            told = f"{name} has version code {one.manifest.version_code}, the base has"
            raise DamagedBuildError(path, f"{told} {base.manifest.version_code}")
        if signer_of(one.file) != signer:
            raise DamagedBuildError(path, f"{name} has another signer than the base")
    return UnpackedBuild(
        kind, base.manifest, signer, tuple(_code_part(one) for one in found), left_out
    )


def _code_part(one: _Found) -> CodePart:
    """Named as Android names installed parts, whatever the archive calls them."""
    name = f"split_{one.manifest.split}.apk" if one.manifest.split else "base.apk"
    with one.file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    return CodePart(name, str(one.file), str(one.file), one.file.stat().st_size, digest)


def _shown(archive: Path, name: str) -> str:
    return f"{archive}: {name}"
