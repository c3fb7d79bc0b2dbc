"""The list of followers, on the simulated phone's real screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.domain.facts.screen import ScreenValue
from tests.pages.simulated import simulated


def test_the_count_and_what_fits_on_the_screen(tmp_path: Path) -> None:
    with simulated(tmp_path) as phone:
        app = phone.app()
        app.open()
        people = app.profile().open_followers().wait()

        total, rows = people.counts()

    assert people.loaded
    assert people.problem == ""
    assert total == ScreenValue("total", "Followers 1284", 1284)
    assert rows.partial
    assert isinstance(rows.value, int)
    assert 5 <= rows.value <= 10


@pytest.mark.parametrize(
    ("fault", "scope", "problem"),
    [
        ("list-hidden", "followers", "private"),
        ("http-503", "followers", "went wrong"),
        ("session-expired", "followers", "expired"),
    ],
)
def test_what_stands_in_its_place(tmp_path: Path, fault: str, scope: str, problem: str) -> None:
    with simulated(tmp_path) as phone:
        app = phone.app()
        app.open()
        profile = app.profile()
        phone.faults((fault, scope))

        people = profile.open_followers().wait(timeout=5)

    assert not people.loaded
    assert problem in people.problem


def test_a_list_that_goes_on_loading(tmp_path: Path) -> None:
    with simulated(tmp_path) as phone:
        app = phone.app()
        app.open()
        profile = app.profile()
        phone.faults(("hang", "followers"))

        people = profile.open_followers().wait(timeout=1)

    assert (people.loaded, people.problem) == (False, "it is still loading")


def test_a_tap_that_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.pages.people._OPENING", 0.5)
    with simulated(tmp_path) as phone:
        app = phone.app()
        app.open()
        profile = app.profile()
        phone.faults(("never-asks", "followers"))

        with pytest.raises(AssertionError, match="opens no list"):
            profile.open_followers()
