"""`harness export`: runs as Parquet files, for DuckDB and the like."""

from pathlib import Path
from typing import Annotated

import typer

from harness.adapters.places import clone_root
from harness.cli.failure import UserError


def export(
    runs: Annotated[
        list[Path] | None, typer.Argument(help="Run folders; default: all of reports/.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the tables; grows with each call.")] = Path(
        "parquet"
    ),
) -> int:
    """Writes verdicts, steps and exchanges of runs as Parquet, one file a run and table."""
    from harness.ports import InstrumentError
    from harness.reporting.parquet import export_run

    chosen = runs or _all_runs(clone_root() / "reports")
    for run in chosen:
        if not run.is_dir():
            raise UserError(f"{run}: there is no such run folder")
    unread = 0
    for run in chosen:
        try:
            rows = export_run(run, out)
        except InstrumentError as error:
            print(f"{run.name}: not exported: {error}")
            unread += 1
            continue
        print(f"{run.name}: " + ", ".join(f"{count} {table}" for table, count in rows.items()))
    print(f"tables lie in {out.absolute()}")
    return 2 if unread == len(chosen) else 0


def _all_runs(reports: Path) -> list[Path]:
    found = sorted(
        path for path in (reports.iterdir() if reports.is_dir() else ())
        if (path / "verdicts.json").is_file() and not path.is_symlink()
    )  # fmt: skip
    if not found:
        raise UserError(f"{reports}: no run lies there; give run folders")
    return found
