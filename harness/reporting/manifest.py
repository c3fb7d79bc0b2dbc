"""manifest.json: what was run, on what, with which versions, and every artefact sealed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec

MANIFEST_SCHEMA = 1
OWN_FILES = {"manifest.json"}
MEDIA_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".har": "application/json",
    ".html": "text/html",
    ".xml": "application/xml",
    ".md": "text/markdown",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".log": "text/plain",
    ".mp4": "video/mp4",
    ".mitm": "application/octet-stream",
    ".properties": "text/plain",
}


def sha256_of(path: Path) -> str:
    """Hex digest, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def artefacts(folder: Path) -> list[dict[str, Any]]:
    """Every file of the run by relative path; links that leave the folder are left out."""
    root = folder.resolve()
    found: list[dict[str, Any]] = []
    for place, _, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        for one in names:
            path, name = Path(place) / one, (inside / one).as_posix()
            linked_out = path.is_symlink() and not path.resolve().is_relative_to(root)
            if name in OWN_FILES or linked_out or not path.is_file():
                continue
            found.append(
                {
                    "path": name,
                    "size": path.stat().st_size,
                    "sha256": sha256_of(path),
                    "media_type": MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
                }
            )
    return sorted(found, key=lambda entry: entry["path"])


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest as a dictionary, empty when there is none yet."""
    path = folder / "manifest.json"
    return msgspec.json.decode(path.read_bytes()) if path.is_file() else {}


def write_manifest(folder: Path, content: dict[str, Any]) -> Path:
    """Writes the manifest at once (no half file is ever seen); sorted by meaning, not by key."""
    path = folder / "manifest.json"
    partial = path.with_suffix(".partial")
    text = msgspec.json.format(msgspec.json.encode({"schema": MANIFEST_SCHEMA, **content}))
    partial.write_bytes(text + b"\n")
    partial.replace(path)
    return path


def seal_run(folder: Path, **changes: object) -> Path:
    """Brings the manifest up to date and lists every artefact with size and SHA-256."""
    content = read_manifest(folder)
    content.pop("schema", None)
    content.update(changes)
    content["artefacts"] = artefacts(folder)
    return write_manifest(folder, content)
