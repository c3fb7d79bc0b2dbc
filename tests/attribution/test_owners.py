"""Whose a host is, by its name and the profile."""

from __future__ import annotations

import pytest

from harness.attribution.case import Case, Witnesses
from harness.attribution.matching import Matcher
from harness.attribution.owners import owner_of
from harness.attribution.tally import Tally
from harness.domain.profile import AppProfile
from tests.attribution.build import GENERIC, TIKTOK


@pytest.mark.parametrize(
    ("profile", "one", "other", "same"),
    [
        (GENERIC, "a.shop.example", "b.shop.example", True),
        (GENERIC, "a.shop.example", "a.bank.example", False),
        (TIKTOK, "api16-core.tiktokv.com", "v16.tiktokcdn.com", True),
        (TIKTOK, "api16-core.tiktokv.com", "www.gstatic.com", False),
        (TIKTOK, "api16-core.tiktokv.com", "a.bank.example", False),
    ],
)
def test_a_described_app_is_one_owner(
    profile: AppProfile, one: str, other: str, same: bool
) -> None:
    case = Case(Matcher(profile), Tally(), Witnesses())
    assert (owner_of(case, one) == owner_of(case, other)) is same
