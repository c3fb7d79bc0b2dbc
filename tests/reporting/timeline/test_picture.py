"""The picture: valid, escaped, spoken, with thumbnails, folded background and the failure."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.domain.facts import Exchange, StepEnded
from harness.reporting.run_record import Try
from harness.reporting.timeline.picture import alone, draw
from tests.reporting.records import HOSTILE, try_of, verdict


def test_a_picture_that_stands_alone_is_valid_and_tells_the_failure(tmp_path: Path) -> None:
    root = etree.fromstring(alone(draw(try_of(tmp_path))).encode())

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "1 steps, 1 requests of which 1 failed" in root.get("aria-label", "")
    assert "submit log-in" in root.get("aria-label", "")
    assert "it failed here" in "".join(root.itertext())


def test_hostile_titles_are_text(tmp_path: Path) -> None:
    drawn = draw(try_of(tmp_path, HOSTILE))

    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "\u202e" not in drawn


def test_thousands_of_requests_stay_one_small_picture(tmp_path: Path) -> None:
    record = try_of(tmp_path)
    failed = record.exchanges[0]
    assert isinstance(failed.facts, Exchange)
    fine = replace(failed, id="p-8", facts=replace(failed.facts, status=200, envelope=None))

    drawn = draw(replace(record, exchanges=(*([fine] * 5000), failed)))

    assert len(drawn) < 30_000
    assert "4,987 more in the background" in drawn
    assert "✗ POST /login → 503 (code 5)" in drawn


@pytest.mark.parametrize(("address", "count"), [("data:image/jpeg;base64,AAAA", 3), (None, 0)])
def test_thumbnails_do_not_overlap(tmp_path: Path, address: str | None, count: int) -> None:
    record = try_of(tmp_path)
    step = record.steps[0]
    assert isinstance(step.facts, StepEnded)
    shot = replace(step, facts=replace(step.facts, screenshot="a.png"), mono=step.facts.begun + 0.1)
    record = replace(record, steps=(step, shot, shot, shot))

    root = etree.fromstring(alone(draw(record, thumbnail=lambda _: address)).encode())

    places = [float(i.get("x", "0")) for i in root.iter("{http://www.w3.org/2000/svg}image")]
    assert len(places) == count
    assert all(b - a >= 40 for a, b in pairwise(places))


def test_a_try_without_times_draws_nothing() -> None:
    assert draw(Try(verdict())) == ""
    assert alone("") == ""
