"""Keyed tags."""

import pytest

from harness.redaction.pseudonym import TAG, Pseudonyms

KEY = b"k" * 32


def test_the_same_value_gets_the_same_tag_within_a_run_only() -> None:
    one, other = Pseudonyms(KEY), Pseudonyms(b"o" * 32)
    assert one.tag("7001") == one.tag("7001") == one.tag(b"7001")
    assert one.tag("7001") != one.tag("7002")
    assert one.tag("7001") != other.tag("7001")
    assert TAG.fullmatch(one.tag("7001"))


def test_tags_and_nothing_stay_as_they_are() -> None:
    tags = Pseudonyms(KEY)
    assert tags.tag(tags.tag("x")) == tags.tag("x")
    assert tags.tag("") == ""


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        Pseudonyms(b"short")
