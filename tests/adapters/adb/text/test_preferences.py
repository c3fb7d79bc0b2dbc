"""Android's preference files."""

import pytest

from harness.adapters.adb.text.preferences import read_preferences

WHOLE = b"""<?xml version='1.0' encoding='utf-8' standalone='yes' ?>
<map>
    <string name="a">1 &amp; 2</string>
    <long name="b" value="17" />
    <boolean name="c" value="false" />
    <string name="empty"></string>
    <string>nameless</string>
</map>
"""


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (WHOLE, {"a": "1 & 2", "b": "17", "c": "false", "empty": ""}),
        (b"", {}),
        (b"<map><string name='a'>cut", {}),
        (b"<!DOCTYPE x [<!ENTITY y 'z'>]><map><string name='a'>&y;</string></map>", {}),
    ],
)
def test_preferences(data: bytes, found: dict[str, str]) -> None:
    assert read_preferences(data) == found
