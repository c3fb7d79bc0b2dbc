"""Each thing that speaks against destroying anything, alone and together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.domain.interlock import (
    LEAST_BATTERY,
    PERSONAL_CALLS,
    Circumstances,
    consent_refusal,
    personal_signs,
    refusals,
)
from harness.domain.removal import Arm

FINE = Circumstances(
    phone="pixel", arm=Arm.UNINSTALL_INSTALL, entry_allows=True, run_allows=True,
    test_account=True, named=False, unlocked=True, battery=80, free_bytes=1 << 30,
    code_bytes=1 << 20, managed=False, accounts=1, calls=0, media=3,
)  # fmt: skip
UNKNOWN = Circumstances(
    "pixel", Arm.UNINSTALL_INSTALL, entry_allows=True, run_allows=True, test_account=True,
    named=False,
)  # fmt: skip


def reasons(**changes: Any) -> list[str]:
    return [refusal.reason for refusal in refusals(replace(FINE, **changes))]


@pytest.mark.parametrize("seen", [FINE, UNKNOWN], ids=["all well", "the phone tells nothing"])
def test_nothing_against_it(seen: Circumstances) -> None:
    assert refusals(seen) == ()


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"entry_allows": False}, ["no_consent"]),
        ({"run_allows": False}, ["no_consent"]),
        ({"entry_allows": False, "run_allows": False}, ["no_consent"]),
        ({"test_account": False}, ["no_test_account"]),
        ({"installed": False}, ["not_installed"]),
        ({"archived": True}, ["archived"]),
        ({"preinstalled": True}, ["preinstalled"]),
        ({"preinstalled": True, "arm": Arm.CLEAR}, []),  # clearing rolls nothing back
        ({"other_users": (10,)}, []),  # our commands are for one user
        ({"other_users": (10, 999), "clones": (999,)}, ["other_users"]),
        ({"other_users": (10, 999), "clones": (999,), "may_remove_copies": True}, []),
        ({"other_users": (999,), "clones": (999,), "arm": Arm.CLEAR}, []),
        ({"other_users": (10,), "arm": Arm.BY_HAND, "attended": True}, ["other_users"]),
        ({"arm": Arm.BY_HAND, "attended": True, "clones": (999,)}, []),
        ({"managed": True}, ["managed"]),
        ({"unlocked": False}, ["locked"]),
        ({"absent_card": "private:8,1"}, ["absent_card"]),
        ({"absent_card": "private:8,1", "installed": False}, ["absent_card"]),
        (
            {"absent_card": "5f3a", "installed": False, "arm": Arm.STOP_START},
            ["absent_card"],
        ),
        ({"battery": LEAST_BATTERY - 1}, ["battery"]),
        ({"battery": LEAST_BATTERY}, []),
        ({"free_bytes": 2 << 20}, []),
        ({"free_bytes": (2 << 20) - 1}, ["no_space"]),
        ({"calls": PERSONAL_CALLS}, ["looks_personal"]),
        ({"calls": PERSONAL_CALLS, "accounts": 4, "named": True}, []),
        ({"media": 4000, "accounts": 3}, ["looks_personal"]),
        ({"arm": Arm.BY_HAND}, ["unattended"]),
        ({"arm": Arm.BY_HAND, "attended": True}, []),
        ({"arm": Arm.NOTHING, "battery": 1, "calls": 99}, []),  # nothing is at stake
        ({"arm": Arm.NOTHING, "run_allows": False}, ["no_consent"]),
        ({"arm": Arm.UPDATE_IN_PLACE, "battery": 1}, ["battery"]),
        ({"run_allows": False, "battery": 1, "test_account": False},
         ["no_consent", "no_test_account", "battery"]),
    ],
)  # fmt: skip
def test_each_reason_against_it(changes: dict[str, Any], due: list[str]) -> None:
    assert reasons(**changes) == due


def test_each_refusal_is_one_sentence_that_names_the_phone_or_the_way_out() -> None:
    worst = replace(
        FINE, entry_allows=False, test_account=False, archived=True, preinstalled=True,
        other_users=(10,), clones=(10,), managed=True, unlocked=False, absent_card="private:8,1",
        battery=2, free_bytes=0, calls=999,
    )  # fmt: skip
    texts = [refusal.text for refusal in refusals(worst)]
    assert len(texts) == 11
    assert all("pixel" in text or "open it once" in text for text in texts)
    assert not [text for text in texts if text.endswith(".")]


def test_consent_names_what_is_missing() -> None:
    refusal = consent_refusal("pixel", entry_allows=True, run_allows=False)
    assert refusal is not None
    assert "--allow-destructive" in refusal.text
    assert "devices.yaml" not in refusal.text
    assert consent_refusal("pixel", entry_allows=True, run_allows=True) is None


def test_what_makes_a_phone_look_personal() -> None:
    assert personal_signs(replace(FINE, accounts=3, media=800)) == (
        "3 accounts", "800 pictures and videos",
    )  # fmt: skip


def test_the_refusal_names_only_the_users_whose_copy_is_at_stake() -> None:
    seen = replace(FINE, other_users=(10, 999), clones=(999,))
    (refusal,) = refusals(seen)
    assert ": 999;" in refusal.text
    assert "may_remove_copies: true" in refusal.text
