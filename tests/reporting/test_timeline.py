"""The picture of what happened: one row a step, request and control, escaped, folded."""

from dataclasses import replace
from pathlib import Path

from harness.domain.facts import ControlMade, Exchange, StepEnded
from harness.reporting.run_record import Try
from harness.reporting.timeline import MOST_ROWS, bars, draw
from tests.reporting.records import HOSTILE, verdict, write_observations


def record_of(folder: Path, title: str = "submit log-in") -> Try:
    seen = write_observations(folder, title=title)
    return Try(
        verdict(),
        steps=tuple(s for s in seen if isinstance(s.facts, StepEnded)),
        exchanges=tuple(s for s in seen if isinstance(s.facts, Exchange)),
        events=tuple(s for s in seen if isinstance(s.facts, ControlMade)),
    )


def test_failed_requests_and_steps_are_marked(tmp_path: Path) -> None:
    kinds = {bar.label: bar.kind for bar in bars(record_of(tmp_path))}

    assert kinds["submit log-in"] == "step-bad"
    assert kinds["POST /login → 503 (code 5)"] == "request-bad"
    assert kinds["control: host_probe a.test:443"] == "control"


def test_hostile_titles_are_text(tmp_path: Path) -> None:
    drawn = draw(record_of(tmp_path, HOSTILE))

    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_thousands_of_requests_fold_and_the_failed_one_stays(tmp_path: Path) -> None:
    record = record_of(tmp_path)
    failed = record.exchanges[0]
    assert isinstance(failed.facts, Exchange)
    fine = replace(failed, facts=replace(failed.facts, status=200, envelope=None, path="/ok"))

    rows = bars(replace(record, exchanges=(*([fine] * 3000), failed)))

    assert len(rows) == MOST_ROWS
    assert [bar.kind for bar in rows].count("request-bad") == 1


def test_a_try_without_times_draws_nothing() -> None:
    assert draw(Try(verdict())) == ""
