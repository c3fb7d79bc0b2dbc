"""The JSON Schema of verdicts.json, made from the records that write it."""

from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.places import package_file
from harness.adapters.verdict_file import document_schema

SCHEMA_FILE = ("schemas", "verdicts.schema.json")


def schema() -> dict[str, Any]:
    """The schema as plain JSON values."""
    found = document_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "verdicts.json",
        **found,
    }


def write_schema(path: Path | None = None) -> Path:
    """Writes the shipped file again; a test says when that is due."""
    target = path or package_file(*SCHEMA_FILE)
    target.write_bytes(msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n")
    return target


if __name__ == "__main__":
    write_schema()
