"""Bad days: every fault of our own machinery ends as it may, and the phone is as found.

Two of them in each run of the tests; all, with three seeds each, among the slow ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.session.machinery.table import MACHINERY
from tests.e2e.lab import Lab

pytestmark = [pytest.mark.e2e]


def endings(lab: Lab, out: Path, *words: str, timeout: float) -> list[dict[str, Any]]:
    """What `harness accuracy --machinery` says of each run."""
    done = lab.harness(
        "accuracy", "--machinery", "--json", "--out", str(out), *words, timeout=timeout
    )
    rows: list[dict[str, Any]] = json.loads(done.stdout)["endings"]
    assert done.returncode == (10 if any(row["wrong"] for row in rows) else 0), done.stderr
    return rows


@pytest.mark.timeout(600)
def test_a_lost_session_and_a_loose_cable_are_got_over(lab: Lab, tmp_path: Path) -> None:
    words = ["--only", "uiautomator2-crash", "--only", "phone-away", "--sample", "2"]
    rows = endings(lab, tmp_path / "machinery", *words, timeout=590)

    assert {row["fault"] for row in rows} == {"uiautomator2-crash", "phone-away"}
    for row in rows:
        assert row["wrong"] == [], row
        assert row["recovered"], row
        assert row["phone"] == "as found"


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("fault", list(MACHINERY))
def test_every_fault_with_three_seeds(lab: Lab, tmp_path: Path, fault: str) -> None:
    rows = endings(lab, tmp_path / "machinery", "--only", fault, timeout=1790)

    assert len(rows) == 3
    assert [row["wrong"] for row in rows if row["wrong"]] == []
