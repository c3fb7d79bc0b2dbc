"""The history survives the process, keeps the newest looks and says what is no such file."""

from pathlib import Path

import pytest

from harness.adapters.look_history import LookHistory
from harness.domain.outage import Look, follow
from harness.domain.vocabulary import Outcome, Party
from harness.ports import InstrumentError


def look(at: float, outcome: Outcome = Outcome.FAILED) -> Look:
    party = Party.NONE if outcome is Outcome.PASSED else Party.SERVER
    return Look(at, "sim", "login", outcome, party, "It's failing'); drop table look;--", "r1")


def test_looks_and_outages_are_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "watch.sqlite"
    first = LookHistory(file)
    looks = [look(1.0, Outcome.PASSED), look(2.0)]
    outages, _ = follow([], looks, {})
    first.add(looks, outages)
    first.close()

    again = LookHistory(file)

    assert again.looks() == {("sim", "login"): looks}
    assert again.open_outages() == outages
    assert again.last_good() == {("sim", "login"): 1.0}
    ended, _ = follow(outages, [look(3.0, Outcome.PASSED)], {})
    again.add([], ended)
    assert again.open_outages() == []
    assert again.outages() == ended
    again.close()


def test_only_the_newest_looks_are_shown_the_oldest_first(tmp_path: Path) -> None:
    history = LookHistory(tmp_path / "w.sqlite")
    history.add([look(float(i)) for i in range(50)], [])

    (shown,) = history.looks(3).values()

    assert [one.at for one in shown] == [47.0, 48.0, 49.0]
    history.close()


def test_what_is_no_history_is_said_with_advice(tmp_path: Path) -> None:
    (tmp_path / "w.sqlite").write_text("this is no database, and long enough to be read as one" * 9)

    with pytest.raises(InstrumentError, match="--history"):
        LookHistory(tmp_path / "w.sqlite")
