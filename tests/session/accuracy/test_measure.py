"""A measurement goes on where it was broken off."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from harness.domain.device import DeviceEntry
from harness.ports import InstrumentError
from harness.session.accuracy import measure as measuring
from harness.session.accuracy.measure import RESULTS, known_results, measure, table_of
from harness.session.accuracy.score import Result
from harness.session.accuracy.trial import Trial
from harness.session.launch import Launched

TRIALS = [Trial("sim", "login", name, "login", "server", "failed") for name in ("a", "b", "c")]


class Player:
    """Plays at most so many trials, then is interrupted."""

    def __init__(self, most: int = 99, trouble: str | None = None) -> None:
        self.played: list[str] = []
        self._most, self._trouble = most, trouble

    def __call__(self, trial: Trial, folder: Path, devices: Path | None) -> Result:
        if len(self.played) == self._most:
            raise KeyboardInterrupt
        self.played.append(trial.fault)
        return Result(trial.key, "server", "failed", "server", "failed", trouble=self._trouble)


def test_a_second_call_plays_the_rest(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        measure(TRIALS, tmp_path, devices=None, call=Player(most=2))
    with (tmp_path / RESULTS).open("ab") as target:
        target.write(b'{"key": "torn')
    told: list[str] = []
    again = Player()
    results = measure(
        TRIALS, tmp_path, devices=None, call=again, tell=lambda result: told.append(result.key)
    )
    assert again.played == ["c"]
    assert [result.key for result in results] == [trial.key for trial in TRIALS]
    assert told == [TRIALS[2].key]
    assert set(known_results(tmp_path)) == {trial.key for trial in TRIALS}


def test_no_trial_is_begun_once_the_time_is_over(tmp_path: Path) -> None:
    measure(TRIALS[1:2], tmp_path, devices=None, call=Player())
    late = Player()
    results = measure(TRIALS, tmp_path, devices=None, call=late, seconds=0.0)
    assert late.played == []
    assert [result.key for result in results] == [TRIALS[1].key]


def test_what_did_not_work_is_played_again(tmp_path: Path) -> None:
    measure(TRIALS[:1], tmp_path, devices=None, call=Player(trouble="no phone"))
    again = Player()
    (result,) = measure(TRIALS[:1], tmp_path, devices=None, call=again)
    assert again.played == ["a"]
    assert result.trouble is None


class Tools:
    def __init__(self, _: Path) -> None:
        self.port = 5037

    def adb(self, _: DeviceEntry) -> Tools:
        return self

    def close(self) -> None: ...


class Phone:
    stopped = 0

    def __init__(self, control: str | None) -> None:
        self.control = control

    def stop(self) -> None:
        Phone.stopped += 1


@pytest.mark.parametrize(
    ("words", "control", "problem"),
    [
        (("harness", "phone"), "http://c", None),
        (("harness", "phone"), None, "no control address"),
        ((), None, "no launch command"),
    ],
)
def test_the_faults_that_a_phone_offers(
    words: tuple[str, ...], control: str | None, problem: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    Phone.stopped = 0
    monkeypatch.setattr(measuring, "RunTools", Tools)

    def launched(*_: object, **__: object) -> Launched:
        return cast("Launched", Phone(control))

    def table(url: str) -> list[dict[str, str]]:
        return [{"name": "x", "url": url}]

    monkeypatch.setattr(measuring, "launch", launched)
    monkeypatch.setattr(measuring, "fault_table", table)
    entry = DeviceEntry("sim", serial=None if words else "S", launch=words)
    if problem is None:
        assert table_of(entry) == [{"name": "x", "url": "http://c"}]
    else:
        with pytest.raises(InstrumentError, match=problem):
            table_of(entry)
    assert Phone.stopped == bool(words)
