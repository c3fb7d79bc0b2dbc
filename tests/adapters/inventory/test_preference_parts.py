"""Preferences as keyed hashes."""

import pytest

from harness.adapters.inventory.preference_parts import read_preferences
from harness.redaction.pseudonym import Pseudonyms

TAGS = Pseudonyms(b"0123456789abcdef")
TEXT = """<?xml version='1.0' encoding='utf-8' standalone='yes' ?>
<map>
    <string name="6812_aweme_user_info">{"follower_count": 1204}</string>
    <string name="current_foreground_uid">6812</string>
    <int name="opened" value="3" />
    <!-- a comment -->
    <set name="logged_in_uid_list"><string>6812</string></set>
</map>
"""
KNOWN = ("current_foreground_uid", "logged_in_uid_list")


def test_names_that_are_known_stay_and_no_value_does() -> None:
    found = read_preferences(TEXT.encode(), KNOWN, TAGS)

    keys = [part.key for part in found.preferences]
    assert keys[:2] == ["current_foreground_uid", "logged_in_uid_list"]
    assert len(keys) == 4
    assert "6812" not in repr(found)
    assert "1204" not in repr(found)


def test_a_changed_value_changes_one_tag_alone() -> None:
    one = read_preferences(TEXT.encode(), KNOWN, TAGS).preferences
    two = read_preferences(TEXT.replace('value="3"', 'value="4"').encode(), KNOWN, TAGS).preferences

    assert len(set(one) ^ set(two)) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"no xml", b"<map><int", b"<other/>", b"\xff\xfe", b"ABX\0\0"],
    ids=range(6),
)
def test_what_is_no_preferences_file_says_so(content: bytes) -> None:
    found = read_preferences(content, KNOWN, TAGS)

    assert "no preferences file" in (found.problem or "")
    assert found.preferences == ()


def test_entities_are_not_followed() -> None:
    text = (
        '<!DOCTYPE map [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<map><string name="a">&x;</string></map>'
    )
    assert read_preferences(text.encode(), ("a",), TAGS).problem
