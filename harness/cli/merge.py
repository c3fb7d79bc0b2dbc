"""`harness merge RUN…`: one report of several runs."""

import time
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.failure import UserError


def merge(
    runs: Annotated[list[Path], typer.Argument(help="Run folders, of any machine.")],
    out: Annotated[
        Path | None, typer.Option(help="A new folder; default: merged-<time> beside the first run.")
    ] = None,
) -> int:
    """Makes one report of several runs; the runs stay as they are."""
    from harness.reporting.build import build_reports
    from harness.reporting.merge import merge_runs

    for run in runs:
        if not run.is_dir():
            raise UserError(f"{run}: there is no such run folder")
    name = f"merged-{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}"
    target = out if out is not None else runs[0].resolve().parent / name
    built = build_reports(merge_runs(runs, target.absolute()))
    print(f"page    {built.page}")
    if built.allure is not None:
        print(f"Allure  {built.allure}")
    for problem in built.problems:
        print(f"not built: {problem}")
    return 20 if built.problems else 0
