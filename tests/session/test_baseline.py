"""What earlier runs say of a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.ports import InstrumentError
from harness.session.baseline import DAYS, FILE, Baseline, calls_of
from tests.attribution.build import TIKTOK, exchange, observe

DAY = 86_400.0
HOST, LOGIN = "api16-normal-c-useast1a.tiktokv.com", "/passport/user/login/"
CALL = ("POST", HOST, LOGIN)


def login(**changes: Any) -> Any:
    return exchange(method="POST", host=HOST, path=LOGIN, **changes)


def at(folder: Path, day: int) -> Baseline:
    return Baseline(folder, "pixel", TIKTOK, wall=lambda: 1_800_000_000.0 + day * DAY)


def test_a_call_that_nobody_has_seen(tmp_path: Path) -> None:
    made = at(tmp_path, 0).control(CALL)
    assert (made.name, made.result, made.usual) == ("baseline", "not_made", None)


@pytest.mark.parametrize(
    ("facts", "result", "usual"),
    [
        ([login(), login(head=3.5, ended=3.6)], "ok", 2.5),
        ([login(status=503), login(status=503), login()], "failed", None),
        ([login(status=None, error="server closed connection")], "failed", None),
    ],
)
def test_yesterday(tmp_path: Path, facts: list[Any], result: str, usual: float | None) -> None:
    at(tmp_path, 0).learn(observe(*facts))
    made = at(tmp_path, 1).control(CALL)
    assert made.result == result
    assert made.usual == (None if usual is None else pytest.approx(usual, abs=0.01))
    assert made.target == f"POST {HOST}{LOGIN}"
    assert "2027-01-15" in made.statement


def test_the_latest_day_counts_and_old_days_go(tmp_path: Path) -> None:
    for day in range(DAYS + 5):
        at(tmp_path, day).learn(observe(login(status=503 if day else 200)))
    assert at(tmp_path, 40).control(CALL).result == "failed"
    assert (tmp_path / FILE).read_text().count("2027-") == DAYS


def test_other_phones_and_calls_that_no_step_needs_are_not_mixed_in(tmp_path: Path) -> None:
    at(tmp_path, 0).learn(observe(exchange(host="ads.example"), exchange(ended=None)))
    assert not (tmp_path / FILE).exists()
    at(tmp_path, 0).learn(observe(login()))
    other = Baseline(tmp_path, "other", TIKTOK)
    assert other.control(CALL).result == "not_made"


@pytest.mark.parametrize("text", ["", "[]", '{"pixel tiktok": {"x": 1}}', "\x00"])
def test_a_damaged_history_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert at(tmp_path, 0).control(CALL).result == "not_made"
    at(tmp_path, 0).learn(observe(login()))
    assert at(tmp_path, 1).control(CALL).result == "ok"


def test_a_history_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(InstrumentError):
        at(tmp_path, 0).learn(observe(login()))


def test_calls_worth_a_look() -> None:
    seen = observe(login(), login(status=503), exchange(path="/b", status=404), login(status=500))
    assert calls_of(seen) == [CALL, ("GET", "origin.example", "/b")]
