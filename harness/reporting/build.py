"""Builds everything people and machines read, from a closed run folder alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from harness.ports import InstrumentError
from harness.reporting.allure_pictures import add_pictures
from harness.reporting.allure_report import build_allure, write_context
from harness.reporting.manifest import read_manifest, seal_run
from harness.reporting.page import build_page, write_timelines
from harness.reporting.run_record import read_run
from harness.reporting.summary import write_summary


@dataclass(frozen=True, slots=True)
class Built:
    """Where the reports lie, and what could not be built (one sentence each)."""

    page: Path
    allure: Path | None = None
    problems: tuple[str, ...] = field(default=())


def build_reports(run: Path, *, allure: bool = True) -> Built:
    """Page, Allure and manifest. A failing Allure is a problem said aloud, never the run's end.

    Raises InstrumentError("report", …) when `run` is no run folder.
    """
    problems: list[str] = []
    report: Path | None = None
    results = run / "allure-results"
    record = read_run(run)
    if allure and results.is_dir():
        write_timelines(record)
        add_pictures(record)
        write_context(results, read_manifest(run))
        try:
            report = build_allure(run)
        except InstrumentError as error:
            problems.append(str(error))
    write_summary(record)
    page = build_page(record)
    seal_run(run)
    return Built(page, report, tuple(problems))
