"""The contract's ladder of exit codes."""

from __future__ import annotations

import dataclasses

import pytest

from harness.domain.exit_code import exit_code
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility


def verdict(outcome: str, party: str) -> Verdict:
    return Verdict(
        "v",
        "s",
        None,
        Outcome(outcome),
        Party(party),
        (),
        1.0,
        Layer.HTTP,
        "r",
        "1",
        "",
        (),
        (),
        (),
        (),
        Visibility.OPEN,
    )


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], 3),
        (["not_run none"], 3),
        (["passed none"], 0),
        (["passed none", "not_run none"], 0),
        (["failed server"], 1),
        (["failed client", "failed network"], 1),
        (["passed none", "inconclusive harness"], 15),
        (["failed unknown"], 15),
        (["failed harness"], 15),
        (["blocked account"], 16),
        (["blocked server"], 16),
        (["blocked account", "inconclusive harness"], 16),
        (["failed network"], 17),
        (["failed device", "blocked account"], 17),
        (["failed account", "failed unknown"], 17),
        (["failed server", "blocked account", "inconclusive harness"], 1),
    ],
)
def test_the_first_that_applies(rows: list[str], code: int) -> None:
    verdicts = [verdict(*row.split()) for row in rows]
    assert exit_code(verdicts) == code
    assert exit_code(reversed(verdicts)) == code


ORDER = (1, 17, 16, 15, 0)
"""Of the codes that verdicts alone lead to, the first that applies."""
TABLE = {
    **{("failed", party): 1 for party in ("server", "client")},
    **{("failed", party): 17 for party in ("network", "device", "account")},
    **{("failed", party): 15 for party in ("harness", "unknown", "none")},
    **{("blocked", party): 16 for party in Party},
    **{("inconclusive", party): 15 for party in Party},
    **{("passed", party): 0 for party in Party},
}
"""Every outcome with every party, also those that no rule gives."""


@pytest.mark.parametrize(("first", "code"), TABLE.items(), ids=str)
def test_the_whole_table_alone_in_pairs_and_beside_what_was_not_run(
    first: tuple[str, str], code: int
) -> None:
    one, skipped = verdict(*first), verdict("not_run", "none")
    assert exit_code([one]) == exit_code([skipped, one, skipped]) == code
    for second, other in TABLE.items():
        wanted = min(code, other, key=ORDER.index)
        assert exit_code([one, verdict(*second)]) == wanted, (first, second)
        for third, last in TABLE.items():
            all_three = [one, verdict(*second), verdict(*third)]
            assert exit_code(all_three) == min(wanted, last, key=ORDER.index)


def test_some_codes_stand_alone() -> None:
    failed = [verdict("failed", "server")]
    assert exit_code(failed, usage_error=True) == 2
    assert exit_code(failed, not_attached=True) == 18
    assert exit_code(failed, interrupted=True) == 19


def test_our_own_errors_come_after_product_failures_only() -> None:
    assert exit_code([verdict("failed", "server")], harness_error=True) == 1
    assert exit_code([verdict("failed", "network")], harness_error=True) == 10
    assert exit_code([verdict("passed", "none")], infrastructure=True) == 20
    assert exit_code([], infrastructure=True) == 20
    assert exit_code([], harness_error=True, infrastructure=True) == 10


def test_a_frozen_record_is_not_changed() -> None:
    made = verdict("passed", "none")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.id = "other"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
