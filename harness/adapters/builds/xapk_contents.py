"""manifest.json of an XAPK file: its APKs and its data files (OBB).

As the files of APKPure and its tools have it; nobody publishes a specification.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

FILE_NAME = "manifest.json"
_OBB = "Android/obb/"


class XapkError(ValueError):
    """No manifest of an XAPK; one sentence."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A data file that the app wants on the shared storage."""

    file: str  # in the archive
    target: str  # below the shared storage: Android/obb/<package>/<name>


@dataclass(frozen=True, slots=True)
class XapkContents:
    """`apks`: names in the archive; () = not listed, all APKs of the archive then."""

    package: str
    apks: tuple[str, ...]
    expansions: tuple[Expansion, ...] = ()


def is_xapk(data: bytes) -> bool:
    """Other packages have a manifest.json as well."""
    try:
        return "package_name" in cast("dict[str, Any]", json.loads(data))
    except (ValueError, TypeError):
        return False


def read_xapk(data: bytes) -> XapkContents:
    """Raises XapkError."""
    try:
        content: Any = json.loads(data)
        package = str(content["package_name"])
        apks = tuple(str(one["file"]) for one in content.get("split_apks") or ())
        listed = content.get("expansions") or ()
        files = [(str(one["file"]), str(one["install_path"])) for one in listed]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise XapkError(f"its {FILE_NAME} is damaged: {error!r}") from error
    return XapkContents(package, apks, tuple(_expansion(*one, package) for one in files))


def _expansion(file: str, target: str, package: str) -> Expansion:
    """Only the app's own OBB folder: an archive must not write elsewhere on the phone."""
    folder = f"{_OBB}{package}/"
    name = target.removeprefix(folder)
    if not target.startswith(folder) or "/" in name or name in ("", ".", ".."):
        raise XapkError(f"its data file {file!r} wants to be at {target!r}, outside of {folder}")
    return Expansion(file, target)
