"""The profile's patterns fit what fnmatch says."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.attribution.wildcard import wildcard


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("api.shop.example", "api.shop.example", True),
        ("api.shop.example", "api.shop.example.evil", False),
        ("*.cdn.example", "img.cdn.example", True),
        ("*.cdn.example", "cdn.example", False),
        ("api*.shop.*", "api22.shop.example", True),
        ("/passport/*check*", "/passport/pre/check_name/", True),
        ("/passport/*check*", "/passport/login/", False),
        ("a*ba", "aba", True),
        ("ab*ba", "aba", False),  # the two ends may not overlap
        ("a*b*b", "ab", False),
        ("v[12].example", "v2.example", True),
        ("v?.example", "v.example", False),
        ("*", "", True),
    ],
)
def test_fits(pattern: str, text: str, fits: bool) -> None:
    assert wildcard(pattern)(text) is fits


@given(pattern=st.text(alphabet="ab*?[]", max_size=8), text=st.text(alphabet="ab[]", max_size=8))
def test_as_fnmatch(pattern: str, text: str) -> None:
    assert wildcard(pattern)(text) == fnmatchcase(text, pattern)
