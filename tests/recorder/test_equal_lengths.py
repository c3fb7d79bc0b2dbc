"""A length that is given twice."""

from __future__ import annotations

import pytest
from mitmproxy import version
from mitmproxy.net.http import validate

from harness.recorder.equal_lengths import install, one_of_equals


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("5, 5", "5"),
        (b"5,5", b"5"),
        ("5,  5 ,5", "5"),
        ("5", "5"),
        ("5, 6", "5, 6"),
        ("", ""),
        ("a, a", "a"),
    ],
)
def test_only_repetitions_become_one(given: str | bytes, taken: str | bytes) -> None:
    assert one_of_equals(given) == taken


def test_mitmproxy_takes_it_until_it_is_undone() -> None:
    undo = install()
    assert undo is not None
    try:
        assert validate.parse_content_length("12, 12") == 12
        for wrong in ("12, 13", "a, a", "-1, -1"):
            with pytest.raises(ValueError, match="invalid content-length"):
                validate.parse_content_length(wrong)
    finally:
        undo()
    with pytest.raises(ValueError, match="invalid content-length"):
        validate.parse_content_length("12, 12")


def test_a_mitmproxy_that_nobody_looked_at_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "VERSION", "13.0.0")

    assert install() is None
