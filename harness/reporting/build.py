"""Builds everything people and machines read, from a closed run folder alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from harness.ports import InstrumentError
from harness.reporting.allure_pictures import add_pictures
from harness.reporting.allure_report import build_allure, write_context
from harness.reporting.manifest import read_manifest, seal_run
from harness.reporting.page import build_page, draw_cards, write_timelines
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

    Allure is a program of its own: the page's cards are drawn while it works.
    Raises InstrumentError("report", …) when `run` is no run folder.
    """
    problems: list[str] = []
    report: Path | None = None
    results = run / "allure-results"
    record = read_run(run)
    wanted = allure and results.is_dir()
    if wanted:
        write_timelines(record)
        add_pictures(record)
        write_context(results, read_manifest(run))
    with ThreadPoolExecutor(1, "allure") as beside:
        building = beside.submit(build_allure, run) if wanted else None
        write_summary(record)
        cards = draw_cards(record)
        try:
            report = building.result() if building else None
        except InstrumentError as error:
            problems.append(str(error))
    page = build_page(record, cards)
    seal_run(run)
    return Built(page, report, tuple(problems))
