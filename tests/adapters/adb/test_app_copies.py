"""Who else has the app, on a simulated phone with all kinds of users."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.adb.app_copies import copies_of, read_copies
from harness.domain.app_copies import AppCopy
from tests.pages.simulated import PACKAGE, simulated


def test_every_kind_of_user_is_named(tmp_path: Path) -> None:
    with simulated(tmp_path, users=("work", "second", "clone")) as phone:
        found = read_copies(phone.device, PACKAGE)
        assert {copy.kind for copy in found} == {"work", "other", "clone"}
        assert len({copy.user for copy in found}) == 3
        first = found[0].user
        phone.device.shell(f"pm uninstall --user {first} {PACKAGE}")
        assert first not in {copy.user for copy in read_copies(phone.device, PACKAGE)}
        assert {copy.user for copy in read_copies(phone.device, PACKAGE, user=first)} >= {0}


def test_a_user_that_the_phone_does_not_list_is_some_person() -> None:
    assert copies_of([12], "Users:\n") == (AppCopy(12, "other"),)
