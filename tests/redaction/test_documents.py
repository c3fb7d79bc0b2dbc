"""JSON values."""

import json

import pytest

from harness.redaction.documents import redact_json
from harness.redaction.names import Names
from harness.redaction.pseudonym import Pseudonyms

TAGS = Pseudonyms(b"k" * 32)
NAMES = Names()


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ({"status_code": 0, "total": 120}, {"status_code": 0, "total": 120}),
        ({"session_key": "abc"}, {"session_key": "<dropped>"}),
        ({"token": {"a": [1, "x"]}}, {"token": {"a": ["<dropped>", "<dropped>"]}}),
        ({"user": {"total": 2}}, {"user": {"total": 2}}),
        ({"tokens": ["x", 5]}, {"tokens": ["<dropped>", "<dropped>"]}),
        ({"user_id": 7001}, {"user_id": TAGS.tag("7001")}),
        ({"x": 7123456789012345678}, {"x": TAGS.tag("7123456789012345678")}),
        ({"x": "7123456789012345678"}, {"x": TAGS.tag("7123456789012345678")}),
        ({"now": 1763887000}, {"now": 1763887000}),
        ({"now": 1763887000123}, {"now": 1763887000123}),
        ({"now": "1763887000"}, {"now": "1763887000"}),
        ({"a": None, "b": True, "c": "", "d": 1.5}, {"a": None, "b": True, "c": "", "d": 1.5}),
        ({"password": None}, {"password": None}),
    ],
)
def test_values(given: object, clean: object) -> None:
    assert redact_json(given, NAMES, TAGS) == clean


def test_json_within_json_is_followed() -> None:
    clean = redact_json({"log_pb": json.dumps({"impr_id": "2025", "token": "abc"})}, NAMES, TAGS)
    assert clean == {"log_pb": '{"impr_id":"2025","token":"<dropped>"}'}


def test_what_only_looks_like_json_is_text() -> None:
    assert redact_json(["{not json}"], NAMES, TAGS) == ["{not json}"]


def test_endless_depth_is_cut() -> None:
    value: object = "x"
    for _ in range(100):
        value = [value]
    assert "<dropped>" in json.dumps(redact_json(value, NAMES, TAGS))
