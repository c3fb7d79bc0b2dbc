"""Which rung comes next: by trouble, by what was tried, by what is allowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.domain.recovery import (
    KEEPERS_PATIENCE,
    LADDERS,
    MOST_RUNGS,
    UNDER_THE_APP,
    UNDER_THE_CLAIM,
    USUAL_PATIENCE,
    Means,
    Rung,
    Trouble,
    next_rung,
    patience,
    trouble_of_state,
)

ALL = Means(own_server=True, own_appium=True, may_reboot=True)
LENT = Means(own_server=False, own_appium=False)
"""A USB phone at a server of others, with a remote Appium."""


def climbed(trouble: Trouble, means: Means) -> list[Rung]:
    """All rungs against a trouble that never ends."""
    tried: list[tuple[Trouble, Rung]] = []
    while (rung := next_rung(trouble, tried, means)) is not Rung.GIVE_UP:
        tried.append((trouble, rung))
    return [rung for _, rung in tried]


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("means", [ALL, LENT], ids=["all", "lent"])
def test_every_ladder_ends(trouble: Trouble, means: Means) -> None:
    assert len(climbed(trouble, means)) <= len(LADDERS[trouble])


@pytest.mark.parametrize("trouble", Trouble)
def test_with_all_means_every_rung_of_a_ladder_is_climbed_in_order(trouble: Trouble) -> None:
    assert climbed(trouble, ALL) == list(LADDERS[trouble])


@pytest.mark.parametrize("trouble", Trouble)
def test_what_is_not_ours_is_never_ended(trouble: Trouble) -> None:
    """A server that is gone is nobody's: one may be started in its place."""
    ended = {Rung.RESTART_SERVER, Rung.RESTART_APPIUM} & set(climbed(trouble, LENT))

    assert ended == ({Rung.RESTART_SERVER} if trouble is Trouble.SERVER_GONE else set())


def test_a_server_of_another_machine_is_only_waited_for() -> None:
    far = replace(LENT, local_server=False)

    assert climbed(Trouble.SERVER_GONE, far) == [Rung.WAIT]


@pytest.mark.parametrize("trouble", Trouble)
def test_nothing_reboots_a_phone_without_permission(trouble: Trouble) -> None:
    assert Rung.REBOOT not in climbed(trouble, replace(ALL, may_reboot=False))


@pytest.mark.parametrize(
    ("trouble", "rung"),
    [
        (Trouble.PHONE_ABSENT, Rung.RESTART_SERVER),
        (Trouble.SESSION_LOST, Rung.RESTART_APPIUM),
        (Trouble.SESSION_HUNG, Rung.RESTART_APPIUM),
    ],
)
def test_one_phones_trouble_restarts_no_server_that_others_use(
    trouble: Trouble, rung: Rung
) -> None:
    assert rung in climbed(trouble, ALL)
    assert rung not in climbed(trouble, replace(ALL, alone=False))


@pytest.mark.parametrize(
    ("trouble", "rung"),
    [(Trouble.SERVER_HUNG, Rung.RESTART_SERVER), (Trouble.APPIUM_GONE, Rung.RESTART_APPIUM)],
)
def test_a_server_that_is_broken_for_all_is_restarted_for_all(trouble: Trouble, rung: Rung) -> None:
    assert rung in climbed(trouble, replace(ALL, alone=False))


def test_each_trouble_has_its_own_place_on_its_ladder() -> None:
    tried = [(Trouble.SERVER_GONE, Rung.RESTART_SERVER)]

    assert next_rung(Trouble.PHONE_ABSENT, tried, ALL) is LADDERS[Trouble.PHONE_ABSENT][0]


def test_troubles_that_take_turns_end_as_well() -> None:
    tried = [(Trouble.SERVER_GONE, Rung.WAIT)] * MOST_RUNGS

    assert next_rung(Trouble.PHONE_OFFLINE, tried, ALL) is Rung.GIVE_UP


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("device", None),
        ("offline", Trouble.PHONE_OFFLINE),
        ("unauthorized", Trouble.PHONE_UNAUTHORIZED),
        ("recovery", Trouble.PHONE_NOT_IN_ANDROID),
        ("sideload", Trouble.PHONE_NOT_IN_ANDROID),
        ("no permissions", Trouble.PHONE_UNAUTHORIZED),
        ("absent", Trouble.PHONE_ABSENT),
    ],
)
def test_states_of_adb(state: str, trouble: Trouble | None) -> None:
    assert trouble_of_state(state) is trouble


def test_a_phone_that_starts_is_waited_for_longer() -> None:
    assert patience(Trouble.PHONE_STARTING, ALL) > 60
    assert patience(Trouble.PHONE_OFFLINE, ALL) == USUAL_PATIENCE


@pytest.mark.parametrize("trouble", Trouble)
def test_servers_that_the_run_keeps_are_waited_for_and_never_touched(trouble: Trouble) -> None:
    kept = replace(LENT, local_server=False, kept=True)
    servers = {
        Trouble.SERVER_GONE,
        Trouble.SERVER_HUNG,
        Trouble.SERVER_FOREIGN,
        Trouble.APPIUM_GONE,
        Trouble.APPIUM_HUNG,
    }

    assert not {Rung.RESTART_SERVER, Rung.RESTART_APPIUM} & set(climbed(trouble, kept))
    assert (patience(trouble, kept) == KEEPERS_PATIENCE) is (trouble in servers)
    if trouble in servers:
        assert Rung.WAIT in climbed(trouble, kept)


def test_a_dark_screen_spoils_claims_and_leaves_traffic_alone() -> None:
    assert {Trouble.PHONE_LOCKED} == UNDER_THE_CLAIM - UNDER_THE_APP
    assert Trouble.SESSION_LOST not in UNDER_THE_CLAIM
