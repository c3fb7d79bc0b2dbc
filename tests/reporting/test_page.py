"""The one page: every claim has its lines, hostile content stays text, simulated is said."""

import re
from pathlib import Path

import pytest

from harness.adapters.observation_file import read_observations
from harness.adapters.verdict_file import write_verdicts
from harness.domain.vocabulary import Outcome, Party
from harness.reporting import page as page_module
from harness.reporting.allure_report import outside_addresses
from harness.reporting.page import build_page
from harness.reporting.run_record import read_run
from tests.reporting.large_run import make_run
from tests.reporting.records import HOSTILE, verdict, write_observations


def page_of(folder: Path, **changes: object) -> str:
    ids = tuple(seen.id for seen in write_observations(folder))
    write_verdicts(folder / "verdicts.json", [verdict(ids[1:2], **changes)], [])
    return build_page(read_run(folder)).read_text(encoding="utf-8")


def claims(page: str) -> list[list[str]]:
    return [found.split() for found in re.findall(r'class="claim" data-refs="([^"]*)"', page)]


def test_every_claim_points_to_lines_that_exist(tmp_path: Path) -> None:
    page = page_of(tmp_path)

    known = {seen.id for seen in read_observations(tmp_path)}
    found = claims(page)
    assert len(found) >= 3
    for refs in found:
        assert refs
        assert set(refs) <= known
        assert all(f'id="{ref}"' in page for ref in refs)


def test_the_answer_stands_first_with_advice_and_sureness(tmp_path: Path) -> None:
    page = page_of(tmp_path)

    first = page.index("The log-in service is failing.")
    assert first < page.index("almost certain") < page.index("Do not delete the app.")
    assert page.index("Do not delete the app.") < page.index("Every scenario")


def test_a_simulated_run_says_so_on_top(tmp_path: Path) -> None:
    page = page_of(tmp_path)

    assert page.index("Simulated:") < page.index("<h1")


def test_hostile_content_is_shown_and_never_runs(tmp_path: Path) -> None:
    page = page_of(tmp_path, summary=HOSTILE, advice=(HOSTILE,), notes=(HOSTILE,))

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_asks_no_outside_address(tmp_path: Path) -> None:
    assert outside_addresses(page_of(tmp_path)) == []


def test_in_health_the_page_says_that_it_works(tmp_path: Path) -> None:
    page = page_of(
        tmp_path, outcome=Outcome.PASSED, party=Party.NONE, summary="Log-in works.", confidence=0.95
    )

    assert '<section class="answer good"' in page
    assert "Log-in works." in page


def test_a_scenario_that_was_not_run_is_listed_and_does_not_lead(tmp_path: Path) -> None:
    ids = tuple(seen.id for seen in write_observations(tmp_path))
    skipped = verdict(
        (), id="v-0", scenario="reinstall", outcome=Outcome.NOT_RUN, party=Party.NONE,
        summary="The reinstall was not run.", confidence=1.0,
    )  # fmt: skip
    write_verdicts(tmp_path / "verdicts.json", [skipped, verdict(ids[1:2])], [])

    page = build_page(read_run(tmp_path)).read_text(encoding="utf-8")

    assert page.index("The log-in service is failing.") < page.index("The reinstall was not run.")
    assert "Reinstall" in page


def test_a_run_with_more_than_one_page_can_hold_stays_small_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "ROOM", 300_000)
    make_run(tmp_path, results=60, flows=1200)
    record = read_run(tmp_path)
    page_module.write_timelines(record)

    page = build_page(record).read_text(encoding="utf-8")

    assert len(page) < 500_000
    own = re.findall(r'href="(tests/[^"]+/details.html)"', page)
    assert 0 < len(own) < 60
    assert len(re.findall(r'<article class="card"', page)) == 60
    assert page.index("fails</span>") < page.index("works</span>")
    for href in own:
        details = (tmp_path / href).read_text(encoding="utf-8")
        assert 'src="timeline.svg"' in details
        assert all(f'id="{ref}"' in details for refs in claims(details) for ref in refs)
