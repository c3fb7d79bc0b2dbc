"""Paths into JSON."""

import pytest

from harness.recorder.json_path import MISSING, as_int, as_value, first, look_up

DOCUMENT = {"data": {"users": [{"id": 7}, {"id": None}]}, "n": 1, "0": "zero"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("n", 1),
        ("data.users.0.id", 7),
        ("data.users.1.id", None),
        ("0", "zero"),
        ("data.users.2.id", MISSING),
        ("data.users.x", MISSING),
        ("n.deeper", MISSING),
        ("absent", MISSING),
    ],
)
def test_look_up(path: str, value: object) -> None:
    assert look_up(DOCUMENT, path) == value


def test_the_first_path_that_exists_wins_even_if_null() -> None:
    assert first(DOCUMENT, ("absent", "data.users.1.id", "n")) is None
    assert first(DOCUMENT, ()) is MISSING


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), ("12", 12), ("-3", -3), (2.0, 2), (2.5, None), ("x", None), (None, None), (True, 1)],
)
def test_as_int(value: object, number: int | None) -> None:
    assert as_int(value) == number


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None), (MISSING, None), ([1, 2], 2), ({"a": 1}, 1), ("text", "text"),
        ("x" * 300, "x" * 200), (7, 7), (2.5, "2.5"), (False, 0),
    ],
)  # fmt: skip
def test_as_value(value: object, kept: object) -> None:
    assert as_value(value) == kept
