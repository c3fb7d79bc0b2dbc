"""Writes a small APK that the phone installs and the real `aapt2` can read."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from harness.simphone.android.apk.archive import BEHAVIOUR, MANIFEST
from harness.simphone.android.apk.axml import Element
from harness.simphone.android.apk.axml_writer import string_pool, write
from harness.simphone.android.apk.manifest import LAUNCHER, MAIN, Component, IntentFilter
from harness.simphone.android.apk.signing import STAND_IN
from harness.simphone.android.apk.signing_block_writer import with_block

LAUNCH = (IntentFilter((MAIN,), (LAUNCHER,)),)
DEX = b"dex\n035\0" + b"\0" * 104  # an empty code file: nothing on the phone executes it


@dataclass(frozen=True, slots=True)
class ApkSpec:
    """What to write. Activities with `LAUNCH` as filters appear in the launcher."""

    package: str
    version_code: int = 1
    version_name: str = "1.0"
    min_sdk: int = 24
    target_sdk: int = 34
    label: str = ""
    debuggable: bool = False
    allow_backup: bool = True
    permissions: tuple[str, ...] = ("android.permission.INTERNET",)
    activities: tuple[Component, ...] = ()
    services: tuple[Component, ...] = ()
    instrumentation: tuple[str, str] | None = None  # runner, target package
    signer: str = "simulated-signer"
    behaviour: Mapping[str, object] = field(default_factory=dict[str, object])
    split: str = ""  # name of a split; "" = base
    native_abis: tuple[str, ...] = ()  # has native code for these
    padding: int = 0  # bytes that do not compress, for a size like a real app's


def build_apk(path: Path, spec: ApkSpec) -> Path:
    """Writes the APK to `path` (same input, same bytes) and returns it."""
    arsc = struct.pack("<HHII", 2, 12, 12 + 28, 0) + string_pool([])
    files: dict[str, bytes] = {
        MANIFEST: write(manifest_tree(spec)),
        "classes.dex": DEX,
        "resources.arsc": arsc,
        STAND_IN: spec.signer.encode(),
    }
    files |= {f"lib/{abi}/libapp.so": b"\x7fELF" + bytes(60) for abi in spec.native_abis}
    if spec.behaviour:
        files[BEHAVIOUR] = json.dumps(dict(spec.behaviour), sort_keys=True).encode()
    with ZipFile(path, "w") as archive:
        for name, data in files.items():
            _add(archive, name, data, ZIP_DEFLATED)
        if spec.padding:
            _add(archive, "assets/padding.bin", bytes(spec.padding), ZIP_STORED)
    path.write_bytes(with_block(path.read_bytes(), spec.signer.encode()))
    return path


def _add(archive: ZipFile, name: str, data: bytes, compression: int) -> None:
    entry = ZipInfo(name, (1981, 1, 1, 1, 1, 2))  # the fixed date that Android's own tools write
    entry.compress_type = compression
    archive.writestr(entry, data)


def manifest_tree(spec: ApkSpec) -> Element:
    """The manifest of `spec` as elements."""
    application = Element(
        "application",
        {
            "label": spec.label or spec.package,
            "debuggable": spec.debuggable,
            "allowBackup": spec.allow_backup,
        },
        [
            *(_component("activity", activity) for activity in spec.activities),
            *(_component("service", service) for service in spec.services),
        ],
    )
    root = Element(
        "manifest",
        {
            "versionCode": spec.version_code,
            "versionName": spec.version_name,
            "package": spec.package,
            **({"split": spec.split} if spec.split else {}),
        },
        [
            Element(
                "uses-sdk",
                {"minSdkVersion": spec.min_sdk, "targetSdkVersion": spec.target_sdk},
            ),
            *(Element("uses-permission", {"name": name}) for name in spec.permissions),
            application,
        ],
    )
    if spec.instrumentation:
        runner, target = spec.instrumentation
        root.children.append(Element("instrumentation", {"name": runner, "targetPackage": target}))
    return root


def _component(tag: str, component: Component) -> Element:
    element = Element(tag, {"name": component.name, "exported": component.exported})
    for found in component.filters:
        child = Element("intent-filter")
        child.children += [Element("action", {"name": name}) for name in found.actions]
        child.children += [Element("category", {"name": name}) for name in found.categories]
        child.children += [Element("data", {"scheme": name}) for name in found.schemes]
        child.children += [Element("data", {"host": name}) for name in found.hosts]
        element.children.append(child)
    return element
