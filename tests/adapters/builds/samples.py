"""Builds as tools make them: APK, XAPK, APKS and plain archives of APKs, all of one app."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

from harness.simphone.android.apk.build import LAUNCH, ApkSpec, build_apk
from harness.simphone.android.apk.manifest import Component
from harness.simphone.app.build import BEHAVIOUR, DEEP_LINK, MAIN, PACKAGE, SPLASH, version_code

SPLITS = {
    "config.arm64_v8a": ("arm64-v8a",),
    "config.armeabi_v7a": ("armeabi-v7a",),
    "config.x86_64": ("x86_64",),
    "config.xhdpi": (),
    "config.xxhdpi": (),
    "config.de": (),
    "config.en": (),
    "config.fr": (),
}
"""Split → the ABIs of its native code."""


ACTIVITIES = (
    Component(SPLASH, exported=True, filters=LAUNCH),
    Component(MAIN, exported=True),
    Component(DEEP_LINK),
)


def apk(path: Path, version: str = "47.0.3", split: str = "", **changes: object) -> Path:
    """One APK of the simulated TikTok app."""
    spec: dict[str, object] = {
        "package": PACKAGE,
        "version_name": version,
        "version_code": version_code(version),
        "split": split,
        "native_abis": SPLITS.get(split, ()),
        "signer": "simulated-signer",
        "activities": () if split else ACTIVITIES,
        "behaviour": {} if split else {"name": BEHAVIOUR, "version": version},
    }
    return build_apk(path, ApkSpec(**{**spec, **changes}))  # pyright: ignore[reportArgumentType] - a table of fields


def apks_of(folder: Path, version: str = "47.0.3", **changes: object) -> dict[str, Path]:
    """Base and all splits by split name; `changes` are for the splits alone."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"": apk(folder / "base.apk", version)}
    for split in SPLITS:
        made[split] = apk(folder / f"split_{split}.apk", version, split, **changes)
    return made


def archive(path: Path, files: Mapping[str, Path | bytes]) -> Path:
    """A ZIP with these entries."""
    with ZipFile(path, "w") as target:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.read_bytes()
            target.writestr(name, data)
    return path


def xapk(path: Path, version: str = "47.0.3", **more: object) -> Path:
    """As APKPure's tools write it; `more` goes into its manifest.json."""
    apks = apks_of(path.parent / "apks", version)
    names = {split: f"{split or PACKAGE}.apk" for split in apks}
    manifest = {
        "xapk_version": 2,
        "package_name": PACKAGE,
        "version_code": str(version_code(version)),
        "split_apks": [{"file": name, "id": split or "base"} for split, name in names.items()],
        **more,
    }
    files: dict[str, Path | bytes] = {names[split]: file for split, file in apks.items()}
    files["manifest.json"] = json.dumps(manifest).encode()
    files["Android/obb/main.obb"] = b"expansion"
    files["icon.png"] = b"no picture"
    return archive(path, files)


ABI_NUMBERS = {"armeabi-v7a": 2, "arm64-v8a": 3, "x86_64": 5}
DENSITY_NUMBERS = {"config.xhdpi": 6, "config.xxhdpi": 7}


def bundletool_apks(path: Path, version: str = "47.0.3") -> Path:
    """As `bundletool build-apks`: two variants (API 21 and 35), an on-demand module."""
    apks = apks_of(path.parent / "apks", version)
    files: dict[str, Path | bytes] = {"toc.pb": table_of_contents()}
    for split, file in apks.items():
        files[f"splits/{split_file(split)}"] = file
        files[f"splits/2-{split_file(split)}"] = file
    return archive(path, files)


def split_file(split: str) -> str:
    """base-master.apk, base-arm64_v8a.apk."""
    return f"base-{split.removeprefix('config.') or 'master'}.apk"


def table_of_contents(splits: Mapping[str, tuple[str, ...]] = SPLITS) -> bytes:
    """toc.pb of `bundletool_apks`."""
    variants = [_variant(0, 21, "", splits), _variant(1, 35, "2-", splits)]
    tool = field(3, field(2, b"1.18.0"))
    return b"".join(field(1, one) for one in variants) + tool + field(4, PACKAGE.encode())


def _variant(number: int, api: int, prefix: str, splits: Mapping[str, tuple[str, ...]]) -> bytes:
    apks = b"".join(field(2, _apk(split, prefix)) for split in ("", *splits))
    base = field(1, field(1, b"base") + field(6, 1)) + apks
    later = field(1, field(1, b"later") + field(6, 2)) + field(2, _later())
    sdk = field(1, field(1, field(1, field(1, api))))
    return field(1, sdk) + field(2, base) + field(2, later) + field(3, number)


def _apk(split: str, prefix: str) -> bytes:
    targeting = b""
    for abi in SPLITS.get(split, ()):
        targeting += field(1, field(1, field(1, ABI_NUMBERS[abi])))
    if split in DENSITY_NUMBERS:
        targeting += field(4, field(1, field(1, DENSITY_NUMBERS[split])))
    elif split and not SPLITS[split]:
        targeting += field(3, field(1, split.removeprefix("config.").encode()))
    metadata = field(3, field(1, split.encode()) + (b"" if split else field(2, 1)))
    path = f"splits/{prefix}{split_file(split)}".encode()
    return field(1, targeting) + field(2, path) + metadata


def _later() -> bytes:
    return field(2, b"splits/later-master.apk") + field(3, field(1, b"later") + field(2, 1))


def field(number: int, value: int | bytes) -> bytes:
    """One field of a protocol buffer."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])
