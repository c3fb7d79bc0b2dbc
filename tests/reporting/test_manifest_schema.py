"""The shipped schema is made from the records; a manifest has its fields and no others."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.places import package_file
from harness.reporting import manifest_schema
from harness.reporting.manifest import read_manifest, seal_run
from harness.reporting.manifest_schema import SCHEMA_FILE, Manifest, schema, write_schema
from harness.reporting.merge import merge_runs
from harness.session.run import RunRequest
from harness.session.run_manifest import manifest_content
from tests.reporting.test_merge import run_folder


def shipped() -> dict[str, Any]:
    return json.loads(package_file(*SCHEMA_FILE).read_text(encoding="utf-8"))


def unknown(value: Any, rule: dict[str, Any], place: str = "manifest") -> list[str]:
    """Fields that the schema does not name, and named ones that must be there and are not."""
    rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
    if isinstance(value, list) and "items" in rule:
        return [bad for one in value for bad in unknown(one, rule["items"], place)]
    if not isinstance(value, dict) or "properties" not in rule:
        return []
    named = rule["properties"]
    found = [f"{place}.{name} is not described" for name in value if name not in named]
    found += [f"{place}.{name} is missing" for name in rule["required"] if name not in value]
    for name, one in value.items():
        found += unknown(one, named.get(name, {}), f"{place}.{name}")
    return found


def test_the_shipped_schema_is_up_to_date(tmp_path: Path) -> None:
    again = write_schema(tmp_path / "again.json").read_bytes()

    assert again == package_file(*SCHEMA_FILE).read_bytes(), (
        "run: python -m harness.reporting.manifest_schema"
    )


@dataclass
class FinishedRun:
    """As much of a run as its manifest needs."""

    started: float = 0.0
    unsuitable: tuple[str, ...] = ()
    problems: tuple[str, ...] = ("no HAR",)
    verdicts: tuple[Any, ...] = ()
    request: RunRequest = field(default_factory=RunRequest)


def test_what_a_run_writes_is_described_and_complete(tmp_path: Path) -> None:
    content = manifest_content(FinishedRun(), "r1", "login-outage", [])  # type: ignore[arg-type]  # stand-in
    seal_run(tmp_path, **content)
    (tmp_path / "a.txt").write_text("x")
    seal_run(tmp_path, linked_runs=[{"run_id": "r2", "label": "In health"}])

    written = read_manifest(tmp_path)

    assert unknown(written, shipped()) == []
    msgspec.convert(written, Manifest)


def test_what_a_merge_writes_is_described_and_complete(tmp_path: Path) -> None:
    merged = merge_runs([run_folder(tmp_path / "one")], tmp_path / "out")
    seal_run(merged)

    assert unknown(read_manifest(merged) | {"devices": []}, shipped()) == []


def test_every_record_is_said_in_words() -> None:
    for part in schema()["$defs"].values():
        assert part["description"]
    assert manifest_schema.Manifest.__struct_fields__ == tuple(
        schema()["$defs"]["Manifest"]["properties"]
    )
