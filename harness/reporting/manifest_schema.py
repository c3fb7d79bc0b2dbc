"""manifest.json as records, and the JSON Schema made from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from harness.adapters.places import package_file

SCHEMA_FILE = ("schemas", "manifest.schema.json")
Text = Annotated[str, Meta(min_length=1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Phone(msgspec.Struct, frozen=True):
    """A phone of the run; None = was not found out."""

    name: Text
    serial: str | None
    model: str | None
    api: int | None
    simulated: bool | None


class App(msgspec.Struct, frozen=True):
    """A build of the app that results of this run are for; None = was not found out."""

    device: Text
    package: Text
    version_name: str | None
    version_code: int | None
    signer: Annotated[str | None, Meta(description="SHA-256 of the certificate")]
    genuine: Annotated[bool | None, Meta(description="its signer is the maker's")]
    installer: Annotated[str | None, Meta(description="package that installed it")]


class Artefact(msgspec.Struct, frozen=True):
    """A file of the run folder."""

    path: Annotated[str, Meta(description="relative to the run folder, with forward slashes")]
    size: Annotated[int, Meta(ge=0, description="bytes")]
    sha256: Sha256
    media_type: Text


class LinkedRun(msgspec.Struct, frozen=True):
    """A run that lies beside this one and belongs to it."""

    run_id: Text
    label: str


class MergedRun(msgspec.Struct, frozen=True):
    """A run that this report was merged from."""

    run_id: Text
    path: Annotated[str, Meta(description="its folder inside of this one")]


class Manifest(msgspec.Struct, frozen=True):
    """What was run, on what, with which tools. Fields are only ever added."""

    schema: Annotated[int, Meta(ge=1, description="version of this document")]
    run_id: Text
    started: Annotated[str, Meta(description="UTC, ISO 8601")]
    ended: Annotated[str, Meta(description="UTC, ISO 8601")]
    incident: Annotated[str | None, Meta(description="what the service was told to play")]
    simulated: Annotated[bool, Meta(description="at least one phone says that it is simulated")]
    devices: tuple[Phone, ...]
    scenarios: tuple[str, ...]
    tools: Annotated[dict[str, str], Meta(description="Python package: version")]
    problems: Annotated[tuple[str, ...], Meta(description="what the run could not do")]
    artefacts: tuple[Artefact, ...]
    interception: Annotated[bool, Meta(description="false: no proxy was set on any phone")] = True
    apps: tuple[App, ...] = ()
    linked_runs: tuple[LinkedRun, ...] = ()
    merged_runs: tuple[MergedRun, ...] = ()


def schema() -> dict[str, Any]:
    """The schema as plain JSON values."""
    (root,), parts = msgspec.json.schema_components([Manifest], ref_template="#/$defs/{name}")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "manifest.json",
    }
    return {**head, **root, "$defs": parts}


def write_schema(path: Path | None = None) -> Path:
    """Writes the shipped file again; a test says when that is due."""
    target = path or package_file(*SCHEMA_FILE)
    target.write_bytes(msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n")
    return target


if __name__ == "__main__":
    write_schema()
