"""verdicts.json: what goes in comes out, with the contract's names."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from harness.adapters.verdict_file import (
    VerdictFileError,
    decode_verdicts,
    document,
    encode_verdicts,
    read_verdicts,
    write_verdicts,
)
from harness.attribution.incidents import group_incidents
from harness.domain.verdict import AppLabel, Verdict
from tests.attribution.build import TIKTOK, judged, probe
from tests.attribution.log_in_facts import API, FEED, login


def verdict() -> Verdict:
    made = judged(login(status=503), FEED, probe(host=API))
    app = AppLabel("com.example", "1.0", 10, "ab", genuine=True)
    return dataclasses.replace(made, app=app, try_number=2, known_issue="x", notes=("a",))


def test_a_round_trip_keeps_everything(tmp_path: Path) -> None:
    verdicts = [verdict()]
    incidents = group_incidents(verdicts, TIKTOK)
    path = tmp_path / "verdicts.json"
    write_verdicts(path, verdicts, incidents)
    assert read_verdicts(path) == (verdicts, incidents)
    assert list(tmp_path.iterdir()) == [path]


def test_the_document_has_the_names_of_the_contract() -> None:
    whole = document([verdict()], [])
    assert list(whole) == ["schema", "rules_version", "verdicts", "incidents"]
    row = whole["verdicts"][0]
    names = {field.name for field in dataclasses.fields(Verdict)}
    assert set(row) == names - {"try_number"} | {"try"}
    assert row["try"] == 2
    assert row["party"] == "server"
    assert {entry["result"] for entry in row["controls"]} <= {"ok", "failed", "not_made"}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"schema": "x"}', b"\x00\xff"])
def test_what_is_no_document_is_refused_with_a_reason(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(VerdictFileError, match="no verdicts document"):
        decode_verdicts(data)
    path = tmp_path / "verdicts.json"
    path.write_bytes(data)
    with pytest.raises(VerdictFileError, match=r"verdicts\.json"):
        read_verdicts(path)


def test_a_newer_schema_is_refused() -> None:
    plain = json.loads(encode_verdicts([], []))
    plain["schema"] = 99
    with pytest.raises(VerdictFileError, match="newer"):
        decode_verdicts(json.dumps(plain).encode())
