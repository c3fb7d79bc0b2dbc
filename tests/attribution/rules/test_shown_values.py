"""Values that the phone shows or keeps, beside those that were answered."""

from __future__ import annotations

from harness.domain.facts.screen import ScreenValue
from tests.attribution.build import exchange, judged
from tests.attribution.log_in_facts import CORE, PROFILE, profile_answer, screen


def test_values_that_differ_by_rounding_or_writing_are_the_same() -> None:
    rounded = ScreenValue("follower_count", "1.2K", 1200, approximate=True)
    same = judged(profile_answer(follower_count=1204, handle="a"), (4.0, rounded), **PROFILE)
    assert same.rule == "client_does_not_show"
    handle = ScreenValue("handle", "@Ann", "@Ann")
    said = judged(profile_answer(follower_count=3, handle="ann"), (4.0, handle), **PROFILE)
    assert said.rule == "client_does_not_show"
    unread = ScreenValue("follower_count", "?", None)
    blind = judged(profile_answer(follower_count=3, handle="ann"), (4.0, unread), **PROFILE)
    assert blind.rule == "client_does_not_show"


def test_a_shown_number_needs_a_list_to_be_called_empty() -> None:
    answer = exchange(
        2.0, host=CORE, path="/aweme/v1/user/follower/list/", values={"total": 0, "followers": 0}
    )
    verdict = judged(answer, screen(4.0, "empty_list"), needs=("followers",))
    assert verdict.rule == "client_does_not_show"


def test_other_values_of_the_phone_are_passed_over() -> None:
    verdict = judged(
        profile_answer(follower_count=0, handle="a"),
        (3.0, ScreenValue("cached_handle", "x", "x")),
        (3.1, ScreenValue("cached_follower_count", "9", 9)),
        **PROFILE,
    )
    assert verdict.rule == "envelope_value_zero"
