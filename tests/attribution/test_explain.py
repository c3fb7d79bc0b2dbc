"""What `harness explain` prints."""

from __future__ import annotations

from harness.attribution.explain import EXPLANATIONS, explain_rule
from harness.attribution.table import TABLE


def test_every_rule_can_be_explained() -> None:
    assert set(EXPLANATIONS) == {rule.id for rule in TABLE}
    for rule in TABLE:
        text = explain_rule(rule.id)
        assert text is not None
        assert rule.because in text
        assert rule.overturned_by in text


def test_an_unknown_rule_is_none() -> None:
    assert explain_rule("no_such_rule") is None
