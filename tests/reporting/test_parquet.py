"""Parquet tables of runs: DuckDB reads them, a second export changes nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from harness.adapters.places import clone_root
from harness.ports import InstrumentError
from harness.reporting import parquet
from harness.reporting.merge import merge_runs
from harness.reporting.parquet import COLUMNS, export_run
from tests.reporting.test_merge import run_folder


def ask(folder: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as database:
        return database.execute(query.replace("TABLES", str(folder))).fetchall()


def test_a_run_is_rows_that_one_query_finds(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "it's one")
    rows = export_run(run, tmp_path / "tables")
    assert export_run(run, tmp_path / "tables") == rows

    found = ask(
        tmp_path / "tables",
        "SELECT run, phone, scenario, party, year(started) FROM 'TABLES/verdicts/*.parquet'",
    )
    assert found == [("it-s-one", "sim", "login", "server", 2026)]
    calls = ask(tmp_path / "tables", "SELECT host, seconds FROM 'TABLES/exchanges/*.parquet'")
    assert len(calls) == rows["exchanges"] >= 1
    for table, columns in COLUMNS.items():
        described = ask(tmp_path / "tables", f"DESCRIBE FROM 'TABLES/{table}/*.parquet'")
        assert [row[0] for row in described] == list(columns)


def test_runs_lie_side_by_side_and_a_merged_one_is_their_sum(tmp_path: Path) -> None:
    one, two = run_folder(tmp_path / "one"), run_folder(tmp_path / "two")
    merged = merge_runs([one, two], tmp_path / "out")

    alone = [export_run(run, tmp_path / "a")["verdicts"] for run in (one, two)]
    assert export_run(merged, tmp_path / "b")["verdicts"] == sum(alone) == 2
    assert ask(tmp_path / "a", "SELECT count(*) FROM 'TABLES/verdicts/*.parquet'") == [(2,)]


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(parquet, "find_spec", find_nothing)
    with pytest.raises(InstrumentError, match=r"harness\[export\]"):
        export_run(tmp_path, tmp_path)


def test_the_query_of_the_readme_is_one_that_runs(tmp_path: Path) -> None:
    export_run(run_folder(tmp_path / "one"), tmp_path / "tables")
    text = (clone_root() / "README.md").read_text(encoding="utf-8")
    query = text.partition("```sql\n")[2].partition("```")[0]

    found = ask(tmp_path / "tables", query.replace("'parquet/", "'TABLES/"))

    assert [row[1:] for row in found] == [(None, "server", 1, 0.95)]
