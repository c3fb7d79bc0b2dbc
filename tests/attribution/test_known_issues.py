"""Known issues are gated by the version of the tool."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from harness.attribution.judge_capture import judge_capture
from harness.attribution.known_issues import KNOWN_ISSUES, parse_version
from tests.attribution.build import (
    GENERIC,
    STARTED,
    STOPPED,
    connection,
    exchange,
    observe,
    verdict_of,
)

EARLY = connection(origin_closed_early=True, client_tls_done=None, closed=2.0)


@pytest.mark.parametrize(
    ("version", "issue"),
    [
        ("12.2.3", "eager-stall"),
        ("9.0.1", "eager-stall"),
        ("8.1.1", None),
        ("13.0.0", None),
        ("dev", "eager-stall"),
    ],
)
def test_an_entry_covers_the_versions_on_which_it_was_seen(version: str, issue: str | None) -> None:
    started = dataclasses.replace(STARTED, mitmproxy=version)
    lines = observe((0.0, started), EARLY, (9.0, STOPPED))
    assert judge_capture(lines, GENERIC).whole.known_issue == issue


def test_a_coding_that_we_cannot_read_is_a_note_and_blames_nobody() -> None:
    odd = exchange(body="undecodable", content_encoding="ttzip", head=5.0, ended=5.0)
    verdict = verdict_of(odd)
    assert verdict.outcome.value == "passed"
    assert any("ttzip" in note for note in verdict.notes)


def test_versions_are_read() -> None:
    assert parse_version(" 12.2.3.dev1") == (12, 2, 3)
    assert parse_version("none") is None


def test_entries_are_complete() -> None:
    ids = [issue.id for issue in KNOWN_ISSUES]
    assert len(ids) == len(set(ids))
    for issue in KNOWN_ISSUES:
        assert issue.about.endswith(".")
        assert issue.workaround.endswith(".")
        assert date.fromisoformat(issue.review_by) > date(2026, 1, 1)
