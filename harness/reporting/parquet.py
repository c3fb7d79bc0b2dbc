"""Runs as Parquet files, so that questions over a year of them are one DuckDB query.

One file a run and table: TABLE/<run id>.parquet. Exporting a run again replaces its files.
Needs the extra: pip install 'harness[export]'.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from harness.domain.facts import Exchange, StepEnded
from harness.domain.verdict import Verdict
from harness.ports import InstrumentError
from harness.reporting.run_record import RunRecord, Try, read_run

_OF_TRY = {
    "run": "VARCHAR",
    "phone": "VARCHAR",
    "scenario": "VARCHAR",
    "try": "INTEGER",
}
COLUMNS: dict[str, dict[str, str]] = {
    "verdicts": {
        **_OF_TRY,
        "started": "TIMESTAMPTZ",
        "ended": "TIMESTAMPTZ",
        "outcome": "VARCHAR",
        "party": "VARCHAR",
        "confidence": "DOUBLE",
        "layer": "VARCHAR",
        "rule": "VARCHAR",
        "rules_version": "VARCHAR",
        "visibility": "VARCHAR",
        "summary": "VARCHAR",
        "model": "VARCHAR",
        "api": "INTEGER",
        "simulated": "BOOLEAN",
        "app_version": "VARCHAR",
        "incident_id": "VARCHAR",
        "region": "VARCHAR",
        "odd_phone": "BOOLEAN",
    },
    "steps": {
        **_OF_TRY,
        "title": "VARCHAR",
        "ok": "BOOLEAN",
        "seconds": "DOUBLE",
        "error_kind": "VARCHAR",
        "ended": "TIMESTAMPTZ",
    },
    "exchanges": {
        **_OF_TRY,
        "at": "TIMESTAMPTZ",
        "method": "VARCHAR",
        "host": "VARCHAR",
        "path": "VARCHAR",
        "http_version": "VARCHAR",
        "status": "INTEGER",
        "error": "VARCHAR",
        "seconds": "DOUBLE",
        "response_bytes": "BIGINT",
        "code": "BIGINT",
    },
}
"""Table → column → DuckDB type. Columns are only ever added."""


def export_run(run: Path, target: Path) -> dict[str, int]:
    """Rows written, by table. Raises InstrumentError("report", …)."""
    if find_spec("duckdb") is None:
        raise InstrumentError(
            "report", "import duckdb", "it is not installed",
            advice="Run: pip install 'harness[export]'",
        )  # fmt: skip
    record = read_run(run)
    name = _stem(str(record.manifest.get("run_id") or run.resolve().name))
    rows = {"verdicts": _verdicts, "steps": _steps, "exchanges": _exchanges}
    return {
        table: _write(target / table / f"{name}.parquet", COLUMNS[table], rows_of(record, name))
        for table, rows_of in rows.items()
    }


def _stem(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name) or "run"


def _try(item: Try, run: str) -> dict[str, Any]:
    verdict = item.verdict
    phone = verdict.device.name if verdict.device else None
    return {"run": run, "phone": phone, "scenario": verdict.scenario, "try": verdict.try_number}


def _verdicts(record: RunRecord, run: str) -> Iterator[Mapping[str, Any]]:
    incident_of = {ref: incident for incident in record.incidents for ref in incident.verdicts}
    for item in record.tries:
        verdict: Verdict = item.verdict
        incident = incident_of.get(verdict.id)
        device, app = verdict.device, verdict.app
        yield _try(item, run) | {
            "started": verdict.started,
            "ended": verdict.ended,
            "outcome": str(verdict.outcome),
            "party": str(verdict.party),
            "confidence": verdict.confidence,
            "layer": str(verdict.layer),
            "rule": verdict.rule,
            "rules_version": verdict.rules_version,
            "visibility": str(verdict.visibility),
            "summary": verdict.summary,
            "model": device.model if device else None,
            "api": device.api if device else None,
            "simulated": device.simulated if device else None,
            "app_version": app.version_name if app else None,
            "incident_id": incident.id if incident else None,
            "region": incident.region if incident else None,
            "odd_phone": incident is not None and incident.odd_phone is not None,
        }


def _steps(record: RunRecord, run: str) -> Iterator[Mapping[str, Any]]:
    for item in record.tries:
        for seen in item.steps:
            fact = seen.facts
            if isinstance(fact, StepEnded):
                yield _try(item, run) | {
                    "title": fact.title,
                    "ok": fact.ok,
                    "seconds": seen.mono - fact.begun,
                    "error_kind": fact.error_kind,
                    "ended": _iso(seen.t),
                }


def _exchanges(record: RunRecord, run: str) -> Iterator[Mapping[str, Any]]:
    for item in record.tries:
        for seen in item.exchanges:
            fact = seen.facts
            if isinstance(fact, Exchange):
                yield _try(item, run) | {
                    "at": _iso(seen.t - (seen.mono - fact.begun)),
                    "method": fact.method,
                    "host": fact.host,
                    "path": fact.path,
                    "http_version": fact.http_version,
                    "status": fact.status,
                    "error": fact.error,
                    "seconds": fact.ended - fact.begun if fact.ended is not None else None,
                    "response_bytes": fact.response_bytes,
                    "code": fact.envelope.code if fact.envelope else None,
                }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()


def _write(path: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> int:
    """By way of JSON lines, which DuckDB reads 100 times as fast as rows one by one."""
    import duckdb

    path.parent.mkdir(parents=True, exist_ok=True)
    partial, count = path.with_suffix(".partial"), 0
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl", dir=path.parent) as lines:
        for row in rows:
            lines.write(msgspec.json.encode(row) + b"\n")
            count += 1
        lines.flush()
        types = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        source = (
            f"read_json({_quoted(lines.name)}, format='newline_delimited', columns={{{types}}})"
        )
        # Nothing is fetched from outside.
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as database:
            database.execute(
                f"COPY (SELECT * FROM {source}) TO {_quoted(str(partial))}"  # noqa: S608 - quoted
                " (FORMAT parquet, COMPRESSION zstd)"
            )
    partial.replace(path)
    return count


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
