"""Secrets are in no report that pytest writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from harness.plugin.clean_reports import clean_report, cleaner
from tests.plugin.fake_run import run

pytest_plugins = ["pytester"]
FAILS = """
import logging
def test_log_in(app, tmp_path):
    secret = "hunter" + "2"
    print("typed", secret)
    logging.getLogger().warning("typed %s", secret)
    try:
        raise KeyError(secret)
    except KeyError as error:
        assert not secret, f"the app says {secret}"
"""


class Cleaning:
    def clean(self, text: str) -> str:
        return text.replace("hunter2", "<secret>")


@pytest.mark.parametrize("words", [(), ("--showlocals", "--tb=long"), ("--tb=native",)], ids=str)
def test_nothing_of_it_is_in_any_report(scenarios: pytest.Pytester, words: tuple[str, ...]) -> None:
    scenarios.makepyfile(FAILS)

    result = run(scenarios, *words)

    result.assert_outcomes(failed=1)
    assert "hunter2" not in result.stdout.str()
    written = [path for path in Path("run").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".xml", ".json", ".txt"}
    for path in written:
        assert b"hunter2" not in path.read_bytes(), path


def test_a_skip_and_a_plain_text_are_cleaned_too() -> None:
    clean = cleaner([cast("Any", Cleaning()), cast("Any", Cleaning())])
    report = pytest.TestReport(
        "id", ("f", 1, "t"), {}, "skipped", ("f", 1, "hunter2"), "call", [("log", "hunter2")]
    )
    clean_report(report, clean)
    assert report.longrepr == ("f", 1, "<secret>")
    assert report.sections == [("log", "<secret>")]
    report.longrepr = "hunter2"
    clean_report(report, clean)
    assert report.longrepr == "<secret>"
