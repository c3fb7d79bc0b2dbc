"""Which hosts are asked about after a failure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.domain.resolve import ResolveMap
from harness.session import controls
from harness.session.journal import Journal
from tests.session.stage import answer_probes
from tests.session.traffic import exchange, seen


@pytest.fixture(autouse=True)
def probed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    return answer_probes(monkeypatch)


def test_suspects_are_few_and_the_latest_first() -> None:
    rows = [seen("exchange", replace(exchange(None, status=503), host=f"h{n}")) for n in range(9)]

    assert controls.suspects(rows)[:2] == [("h8", 443), ("h7", 443)]
    assert len(controls.suspects(rows)) == controls.MOST_HOSTS


def test_the_control_site_is_asked_too(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "pixel", "h")
    log = journal.log("control")

    assert controls.make_controls(log, controls.Reach(ResolveMap()), []) == []
    reach = controls.Reach(ResolveMap(), site="https://site.example")
    made = controls.make_controls(log, reach, [("a", 443)])

    assert [control.name for control in made] == ["host_probe", "control_site"]
    assert log.written["control"] == 2
