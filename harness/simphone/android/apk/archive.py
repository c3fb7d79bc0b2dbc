"""Opens an APK file: manifest, signer, hash, and our own behaviour asset."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from zipfile import BadZipFile, ZipFile

from harness.simphone.android.apk.axml import AxmlError
from harness.simphone.android.apk.manifest import Manifest, read_manifest
from harness.simphone.android.apk.signing import signer
from harness.simphone.contracts import InstallError

MANIFEST = "AndroidManifest.xml"
BEHAVIOUR = "assets/behaviour.json"


@dataclass(frozen=True, slots=True)
class Apk:
    """What the package manager learns from one APK file."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest
    signer_sha256: str
    behaviour: dict[str, object] = field(default_factory=dict[str, object])


def read_apk(path: Path) -> Apk:
    """Raises InstallError with Android's parse code when it is no APK."""
    manifest, behaviour = peek(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Apk(path, path.stat().st_size, digest, manifest, signer(path), behaviour)


def peek(path: Path) -> tuple[Manifest, dict[str, object]]:
    """Manifest and behaviour alone, without hashing the file; raises InstallError."""
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            if MANIFEST not in names:
                raise InstallError(
                    "INSTALL_PARSE_FAILED_BAD_MANIFEST", f"{path.name} has no {MANIFEST}"
                )
            manifest = read_manifest(archive.read(MANIFEST))
            return manifest, _behaviour(archive.read(BEHAVIOUR)) if BEHAVIOUR in names else {}
    except (BadZipFile, OSError, zlib.error) as error:
        raise InstallError(
            "INSTALL_PARSE_FAILED_NOT_APK", f"Failed to parse {path.name}: {error}"
        ) from error
    except AxmlError as error:
        raise InstallError("INSTALL_PARSE_FAILED_BAD_MANIFEST", str(error)) from error


def _behaviour(data: bytes) -> dict[str, object]:
    try:
        found = json.loads(data)
    except ValueError as error:
        raise InstallError("INSTALL_PARSE_FAILED_NOT_APK", f"{BEHAVIOUR}: {error}") from error
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}
