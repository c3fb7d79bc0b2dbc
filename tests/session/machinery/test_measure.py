"""Endings are kept; what ended well is not played again."""

from __future__ import annotations

from pathlib import Path

from harness.session.machinery.ending import Ending
from harness.session.machinery.measure import RESULTS, known_endings, measure_machinery
from harness.session.machinery.play import folder_name
from harness.session.machinery.trial import MachineTrial

TRIALS = [MachineTrial("appium-killed", "login", seed) for seed in (0, 1)]


def test_bad_endings_are_played_again_and_their_files_kept(tmp_path: Path) -> None:
    played: list[str] = []

    def call(trial: MachineTrial, folder: Path) -> Ending:
        played.append(trial.key)
        (folder / folder_name(trial.key)).mkdir(exist_ok=True)
        code = 1 if trial.seed and len(played) < 3 else 0
        return Ending(trial.key, trial.fault, code, facts=9, facts_before=2)

    told: list[str] = []
    measure_machinery(TRIALS, tmp_path, tell=lambda ending: told.append(ending.key), call=call)
    assert (tmp_path / folder_name(TRIALS[1].key)).exists()
    with (tmp_path / RESULTS).open("ab") as file:
        file.write(b'{"torn')

    endings = measure_machinery(TRIALS, tmp_path, call=call)

    assert played == [TRIALS[0].key, TRIALS[1].key, TRIALS[1].key]
    assert told == [trial.key for trial in TRIALS]
    assert [ending.exit for ending in endings] == [0, 0]
    assert not (tmp_path / folder_name(TRIALS[0].key)).exists()


def test_no_trial_is_begun_after_the_time_and_the_next_call_goes_on(tmp_path: Path) -> None:
    times = iter([0.0, 10.0, 70.0, 100.0, 101.0])
    played: list[str] = []

    def call(trial: MachineTrial, _folder: Path) -> Ending:
        played.append(trial.key)
        return Ending(trial.key, trial.fault, 0, facts=9, facts_before=2)

    for ended in (1, 2):
        endings = measure_machinery(
            TRIALS, tmp_path, call=call, seconds=60.0, clock=lambda: next(times)
        )
        assert len(endings) == ended
    assert played == [trial.key for trial in TRIALS]


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    assert known_endings(tmp_path) == {}
