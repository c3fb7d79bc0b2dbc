"""Kinds of users, and what follows from a probe."""

import pytest

from harness.domain.capabilities import Capabilities, PhoneUser, kind_of_user


@pytest.mark.parametrize(
    ("number", "flags", "kind"),
    [
        (0, 0xC13, "main"),
        (10, 0x30, "work"),
        (10, 0x400, "other"),
        (999, 0x801010, "clone"),
        (95, 0x0, "clone"),
        (11, 0x1000, "clone"),
    ],
)
def test_kinds_of_users(number: int, flags: int, kind: str) -> None:
    assert kind_of_user(number, flags) == kind


def test_copies_of_the_app_are_those_of_clones_that_have_it() -> None:
    users = (
        PhoneUser(0, "Owner", "main", True, True),
        PhoneUser(10, "Work", "work", True, True),
        PhoneUser(999, "Clone", "clone", True, True),
        PhoneUser(95, "Dual", "clone", True, False),
    )

    assert Capabilities("b", users=users).cloned_app == (999,)


@pytest.mark.parametrize(
    ("root", "rootable"),
    [("adb", True), ("adb possible", True), ("su found", False), ("none", False), ("", False)],
)
def test_only_adb_root_counts(root: str, rootable: bool) -> None:
    assert Capabilities("b", root=root).rootable is rootable
