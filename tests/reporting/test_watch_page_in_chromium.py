"""The page of a watch in a browser: no errors, nothing asked, no sideways scroll, accessible."""

from pathlib import Path

import pytest

from harness.domain.outage import Look, Outage
from harness.domain.vocabulary import Outcome, Party
from harness.reporting.watch_page import write_watch_page
from tests.reporting.chromium import WHY_NOT, Chromium, chromium_binary
from tests.reporting.records import HOSTILE
from tests.reporting.test_page_in_chromium import AXE, RULES

BINARY = chromium_binary()
NAME = HOSTILE + "W" * 200


@pytest.mark.skipif(BINARY is None, reason=WHY_NOT)
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: run tools/setup.py")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page(tmp_path: Path, width: int) -> None:
    looks = [Look(float(i), NAME, NAME, Outcome.FAILED, Party.SERVER, NAME) for i in range(40)]
    place = looks[0].place
    outage = Outage("o", Party.SERVER, NAME, 0.0, None, None, (place,), (place,))
    page = write_watch_page(
        tmp_path / "w.html", looks={place: looks}, outages=[outage], every=600.0, now=99.0
    )
    assert BINARY is not None

    with Chromium(BINARY) as browser:
        loaded = browser.open(page, width, 800)
        fits = browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
        browser.evaluate(AXE.read_text(encoding="utf-8"))
        violations = browser.evaluate(RULES)

    assert loaded.console == []
    assert loaded.requests == [page.resolve().as_uri()]
    assert fits
    # The page refreshes itself: that is what it is for.
    assert [found for found in violations if not found.startswith("meta-refresh")] == []
