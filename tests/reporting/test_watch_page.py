"""The page of a watch before, during and after an outage."""

from pathlib import Path

import pytest

from harness.domain.outage import Look, Outage, Place
from harness.domain.vocabulary import Outcome, Party
from harness.reporting.allure_report import outside_addresses
from harness.reporting.watch_page import write_watch_page

FAILS = Look(1.0, "sim", "offline_content", Outcome.FAILED, Party.SERVER, "It fails.", "file:///r")
OPEN = Outage("o", Party.SERVER, "It fails.", 0.0, None, None, (FAILS.place,), (FAILS.place,))


@pytest.mark.parametrize(
    ("looks", "outages", "said"),
    [
        ({}, [], ["Nothing was looked at yet"]),
        ({FAILS.place: [FAILS]}, [OPEN], ["<h1>It fails.</h1>", "1 hour so far", "✗",
                                          "fails, at fault: the service", "file:///r/index.html"]),
    ],
)  # fmt: skip
def test_the_page(
    tmp_path: Path, looks: dict[Place, list[Look]], outages: list[Outage], said: list[str]
) -> None:
    path = write_watch_page(
        tmp_path / "a" / "w.html", looks=looks, outages=outages, every=600.0, now=3600.0
    )

    text = path.read_text(encoding="utf-8")

    assert [part for part in said if part not in text] == []
    assert outside_addresses(text) == []
