"""Halves of characters."""

from __future__ import annotations

import pytest

from harness.adapters.whole_text import whole_text


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("plain", "plain"),
        ("café 😀", "café 😀"),
        ("caf\udce9", "caf\ufffd"),
        ("\ud83d-\ude00", "\ufffd-\ufffd"),
    ],
)
def test_only_halves_are_marked(value: str, whole: str) -> None:
    assert whole_text(value) == whole
    assert whole.encode()
