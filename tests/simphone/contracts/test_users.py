"""Users beside the owner, as `pm list users` numbers and marks them."""

from __future__ import annotations

import pytest

from harness.simphone.contracts.users import make_users
from harness.simphone.makers import MAKERS


@pytest.mark.parametrize(
    ("kind", "old", "new", "running"),
    [("work", 0x30, 0x1030, True), ("second", 0x10, 0x410, False), ("clone", 0x10, 0x1010, True)],
)
def test_flags_by_release(kind: str, old: int, new: int, running: bool) -> None:
    (user,) = make_users((kind,))
    assert (user.id, user.running) == (10, running)
    assert (user.flags(29), user.flags(30)) == (old, new)


@pytest.mark.parametrize(
    ("maker", "number"),
    [("samsung", 95), ("xiaomi", 999), ("oppo", 999), ("google", 11), ("emulator", 11)],
)
def test_makers_keep_their_clones_under_a_number_of_their_own(maker: str, number: int) -> None:
    users = make_users(("work", "clone"), MAKERS[maker].clone_user)
    assert [user.id for user in users] == [10, number]
