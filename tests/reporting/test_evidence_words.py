"""No name of ours reaches a person: every kind of failure has words."""

import pytest

from harness.attribution.failure_kind import FailureKind
from harness.reporting.evidence_words import KINDS, plain


@pytest.mark.parametrize("kind", list(FailureKind), ids=str)
def test_every_kind_is_said_in_words(kind: FailureKind) -> None:
    said = plain(f"2 calls in question failed here: {kind}.")

    assert said == f"2 calls failed: {KINDS[kind]}."
    assert str(kind) not in said
    assert "_" not in said


def test_several_kinds_and_other_text() -> None:
    assert plain("It took 2.0 s: tcp.reset, dns.temporary.") == (
        f"It took 2.0 s: {KINDS[FailureKind.TCP_RESET]}, {KINDS[FailureKind.DNS_TEMPORARY]}."
    )
    assert plain("app.tcp.resetting") == "app.tcp.resetting"


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("it says 0 or nothing for follower_count, against", "for the follower count, against"),
        ("history_max_follower_count is lower", "the history max follower count is lower"),
        ("GET api.test/x/follower_count/list", "GET api.test/x/follower_count/list"),
        ("?follower_count=3", "?follower_count=3"),
        ("It shows trouble: follower_count.", "trouble: the follower count."),
    ],
)
def test_counters_have_no_names_of_ours(said: str, plainly: str) -> None:
    assert plainly in plain(said)


@pytest.mark.parametrize(
    ("said", "plainly"),
    [
        ("a.test gave HTTP 503 (POST a.test/x/y/).", "a.test gave HTTP 503 (POST …/x/y/)."),
        ("It gave HTTP 503 (POST a.test/x/y/).", "It gave HTTP 503 (POST a.test/x/y/)."),
        ("The one log-in is used (no_log_in_left).", "The one log-in is used."),
        ("Its own folder (no_backup, ce).", "Its own folder (no_backup, ce)."),
    ],
)
def test_nothing_is_said_twice(said: str, plainly: str) -> None:
    assert plain(said) == plainly
