"""Split APKs of a session: which are refused, and where they lie beside the base.

Texts as of AOSP's PackageInstallerSession (validateApkInstallLocked) and
NativeLibraryHelper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from harness.simphone.android.apk.archive import peek
from harness.simphone.android.apk.manifest import Manifest
from harness.simphone.android.apk.signing import signer
from harness.simphone.contracts import SYSTEM_UID, FileSystem, InstallError, Package

APK_MODE = 0o644


def base_and_splits(parts: Mapping[str, Path]) -> tuple[Path, dict[str, Path]]:
    """(the base, splits by their own name). Raises InstallError when they do not belong
    together."""
    base: tuple[Path, Manifest] | None = None
    splits: dict[str, tuple[Path, Manifest]] = {}
    for path in parts.values():
        manifest, _ = peek(path)
        twice = manifest.split in splits if manifest.split else base is not None
        if twice:
            raise _invalid(f"Split {manifest.split or 'null'} was defined multiple times")
        if manifest.split:
            splits[manifest.split] = (path, manifest)
        else:
            base = (path, manifest)
    if base is None:
        raise _invalid("Full install must include a base package")
    for name, (path, manifest) in splits.items():
        _consistent(f"split_{name}.apk", (path, manifest), base)
    return base[0], {name: path for name, (path, _) in splits.items()}


def _consistent(tag: str, split: tuple[Path, Manifest], base: tuple[Path, Manifest]) -> None:
    one, other = split[1], base[1]
    if one.package != other.package:
        raise _invalid(f"{tag} package {one.package} inconsistent with {other.package}")
    if one.version_code != other.version_code:
        text = f"{tag} version code {one.version_code} inconsistent with {other.version_code}"
        raise _invalid(text)
    if signer(split[0]) != signer(base[0]):
        raise _invalid(f"{tag} signatures are inconsistent")


def check_native_code(apks: Sequence[Path], abis: Sequence[str]) -> None:
    """Native code for other processors alone does not install."""
    found: set[str] = set()
    for apk in apks:
        try:
            with ZipFile(apk) as archive:
                names = [name.split("/") for name in archive.namelist()]
        except (BadZipFile, OSError):
            continue  # told elsewhere
        found |= {words[1] for words in names if len(words) == 3 and words[0] == "lib"}
    if found and not found & set(abis):
        text = "Failed to extract native libraries, res=-113"
        raise InstallError("INSTALL_FAILED_NO_MATCHING_ABIS", text)


def place(fs: FileSystem, package: Package, splits: Mapping[str, Path]) -> None:
    """Puts the splits beside base.apk and notes their names."""
    for name, path in splits.items():
        target = split_path(package, name)
        fs.write(target, path.read_bytes(), uid=0, gid=SYSTEM_UID, mode=APK_MODE)
    package.splits = tuple(sorted(splits))


def split_path(package: Package, name: str) -> str:
    """As `pm path` prints it."""
    return f"{package.code_path}/split_{name}.apk"


def _invalid(text: str) -> InstallError:
    return InstallError("INSTALL_FAILED_INVALID_APK", text)
