"""verdicts.json: written for everyone, read back by the reports."""

import os
from pathlib import Path
from typing import Any

import msgspec

from harness.attribution.rules_version import RULES_VERSION
from harness.domain.verdict import (
    VERDICT_SCHEMA,
    AppLabel,
    Candidate,
    Control,
    DeviceLabel,
    Evidence,
    Incident,
    Verdict,
)
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility


class VerdictFileError(ValueError):
    """A verdicts.json that cannot be used; the text says why."""


class VerdictRow(msgspec.Struct, frozen=True):
    """A verdict as the file has it: `try_number` is called "try" there."""

    id: str
    scenario: str | None
    step: str | None
    outcome: Outcome
    party: Party
    candidates: tuple[Candidate, ...]
    confidence: float
    layer: Layer
    rule: str
    rules_version: str
    summary: str
    advice: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Evidence, ...]
    controls: tuple[Control, ...]
    visibility: Visibility
    device: DeviceLabel | None = None
    app: AppLabel | None = None
    try_number: int = msgspec.field(default=1, name="try")
    started: str | None = None
    ended: str | None = None
    incident: str | None = None
    known_issue: str | None = None
    next_control: str | None = None
    notes: tuple[str, ...] = ()


class Document(msgspec.Struct, frozen=True):
    schema: int
    rules_version: str
    verdicts: tuple[VerdictRow, ...]
    incidents: tuple[Incident, ...] = ()


_FIELDS = VerdictRow.__struct_fields__


def document(verdicts: list[Verdict], incidents: list[Incident]) -> dict[str, Any]:
    """The document as plain JSON values, ready for printing."""
    rows = [
        VerdictRow(**{name: getattr(verdict, name) for name in _FIELDS}) for verdict in verdicts
    ]
    version = verdicts[0].rules_version if verdicts else RULES_VERSION
    whole = Document(VERDICT_SCHEMA, version, tuple(rows), tuple(incidents))
    plain: dict[str, Any] = msgspec.to_builtins(whole)
    return plain


def document_schema() -> dict[str, Any]:
    """JSON Schema of the document, from the records themselves."""
    (root,), parts = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    return {**root, "$defs": parts}


def encode_verdicts(verdicts: list[Verdict], incidents: list[Incident]) -> bytes:
    """The document as UTF-8 JSON for people and machines."""
    return msgspec.json.format(msgspec.json.encode(document(verdicts, incidents)), indent=2) + b"\n"


def decode_verdicts(data: bytes) -> tuple[list[Verdict], list[Incident]]:
    """The verdicts and incidents of a document. Raises VerdictFileError."""
    try:
        whole = msgspec.json.decode(data, type=Document)
    except msgspec.MsgspecError as error:
        raise VerdictFileError(f"no verdicts document: {error}") from error
    if whole.schema > VERDICT_SCHEMA:
        raise VerdictFileError(
            f"schema {whole.schema} is newer than ours ({VERDICT_SCHEMA}); update the harness"
        )
    verdicts = [Verdict(**{name: getattr(row, name) for name in _FIELDS}) for row in whole.verdicts]
    return verdicts, list(whole.incidents)


def write_verdicts(path: Path, verdicts: list[Verdict], incidents: list[Incident]) -> None:
    """Replaces the file in one go, so that a reader never sees half of it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(encode_verdicts(verdicts, incidents))
    partial.replace(path)


def read_verdicts(path: Path) -> tuple[list[Verdict], list[Incident]]:
    """What a verdicts.json says. Raises VerdictFileError, FileNotFoundError."""
    try:
        return decode_verdicts(path.read_bytes())
    except VerdictFileError as error:
        raise VerdictFileError(f"{path}: {error}") from error
