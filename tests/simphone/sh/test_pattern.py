from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.simphone.sh.pattern import (
    expand_files,
    has_pattern,
    matches,
    replace,
    strip,
    to_regex,
)
from harness.simphone.storage.view import FsView
from tests.simphone.sh.bench import Bench


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a*c", "abbc", True),
        ("a?c", "ac", False),
        ("[a-c]x", "bx", True),
        ("[!a-c]x", "bx", False),
        ("[]a]", "]", True),
        ("[[:digit:]]*", "7up", True),
        ("a[", "a[", True),
        ("*", "", True),
        ("a.c", "abc", False),
    ],
)
def test_matches(pattern: str, text: str, expected: bool) -> None:
    assert matches([(pattern, False)], text) is expected


def test_quoted_text_matches_only_itself() -> None:
    assert not has_pattern([("*", True)])
    assert matches([("*", True), ("?", False)], "*x")
    assert not matches([("*", True)], "x")


@given(st.text(max_size=20))
def test_any_text_matches_itself_quoted(text: str) -> None:
    assert re.fullmatch(to_regex([(text, True)]), text, re.DOTALL)


@pytest.mark.parametrize(
    ("operator", "rest"), [("#", "b.a.b"), ("##", "b"), ("%", "a.b.a"), ("%%", "a")]
)
def test_strip(operator: str, rest: str) -> None:
    pattern = "*." if operator[0] == "#" else ".*"

    assert strip("a.b.a.b", [(pattern, False)], operator) == rest


def test_replace() -> None:
    assert replace("aXbX", [("X", False)], "-", every=False) == "a-bX"
    assert replace("aXbX", [("X", False)], "-", every=True) == "a-b-"


def test_file_names(bench: Bench) -> None:
    view = FsView(bench.fs, 2000, cwd="/sdcard")

    assert expand_files([("DC*/C", False), ("amera", True)], view) == ["DCIM/Camera"]
    assert expand_files([("/data/d*", False)], view) == []
