"""HOST:PORT:ADDR[:PORT] as curl's --resolve has it."""

from __future__ import annotations

import pytest

from harness.domain.resolve import ResolveMap, ResolveRule, parse_resolve


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a.example:443:127.0.0.1:8443", ResolveRule("a.example", 443, "127.0.0.1", 8443)),
        ("A.example:443:127.0.0.1", ResolveRule("a.example", 443, "127.0.0.1", 443)),
        ("a.example:443:[::1]:8443", ResolveRule("a.example", 443, "::1", 8443)),
        ("a.example:443:[::1]", ResolveRule("a.example", 443, "::1", 443)),
    ],
)
def test_a_rule_is_read(text: str, rule: ResolveRule) -> None:
    assert parse_resolve(text) == rule
    assert str(rule).startswith(rule.host)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a.example", "write HOST"),
        ("a.example:443", "write HOST"),
        (":443:127.0.0.1", "write HOST"),
        ("a.example:x:127.0.0.1", "no port"),
        ("a.example:443:127.0.0.1:0", "no port"),
        ("a.example:443:127.0.0.1:70000", "no port"),
        ("a.example:443:[::1", "bracket"),
    ],
)
def test_a_wrong_rule_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_resolve(text)


def test_the_first_rule_that_matches_wins() -> None:
    known = ResolveMap((parse_resolve("a.example:443:127.0.0.1:1"),))
    assert known.lookup("A.EXAMPLE.", 443) == ("127.0.0.1", 1)
    assert known.lookup("a.example", 80) is None
    assert ResolveMap().lookup("a.example", 443) is None
