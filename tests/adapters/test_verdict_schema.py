"""The shipped schema is the one that the records give, and names every field."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from harness.adapters.places import package_file
from harness.adapters.verdict_file import document
from harness.adapters.verdict_schema import SCHEMA_FILE, schema, write_schema
from harness.domain.verdict import Verdict
from tests.attribution.build import judged, probe
from tests.attribution.log_in_facts import API, FEED, login


def test_the_shipped_schema_is_up_to_date(tmp_path: Path) -> None:
    shipped = package_file(*SCHEMA_FILE).read_bytes()
    assert write_schema(tmp_path / "again.json").read_bytes() == shipped, (
        "run: python -m harness.adapters.verdict_schema"
    )


def test_every_field_of_a_verdict_is_described() -> None:
    described = schema()["$defs"]["VerdictRow"]["properties"]
    names = {field.name for field in dataclasses.fields(Verdict)}
    assert set(described) == names - {"try_number"} | {"try"}


def _check(value: Any, rule: dict[str, Any], parts: dict[str, Any], place: str) -> None:
    """As much of JSON Schema as the shipped file uses."""
    if "$ref" in rule:
        rule = parts[rule["$ref"].rpartition("/")[2]]
    if "anyOf" in rule:
        kinds = [entry for entry in rule["anyOf"] if entry.get("type") != "null"]
        return None if value is None else _check(value, kinds[0], parts, place)
    if "enum" in rule:
        assert value in rule["enum"], place
        return None
    names = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float)}
    kind = rule.get("type")
    if kind in names:
        assert isinstance(value, names[kind]), place
    if isinstance(value, dict):
        assert set(rule.get("required", [])) <= set(value), place
        for name, below in value.items():
            _check(below, rule["properties"][name], parts, f"{place}.{name}")
    if isinstance(value, list):
        for number, below in enumerate(value):
            _check(below, rule.get("items", {}), parts, f"{place}[{number}]")
    return None


def test_a_real_document_fits_the_schema() -> None:
    whole = document([judged(login(status=503), FEED, probe(host=API))], [])
    shipped = json.loads(package_file(*SCHEMA_FILE).read_text(encoding="utf-8"))
    parts = shipped["$defs"]
    _check(json.loads(json.dumps(whole)), shipped, parts, "document")
