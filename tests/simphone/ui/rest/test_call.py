from typing import Any

import pytest

from harness.simphone.ui.rest.call import Call, Session
from harness.simphone.ui.rest.errors import WebDriverError
from tests.simphone.ui.stand_ins import FakePhone, LogIn, node_of


def call(body: dict[str, Any], params: dict[str, str] | None = None) -> Call:
    phone = FakePhone()
    LogIn(phone.display).open()
    return Call(phone.parts, phone.display, Session("s", {}), body, params or {})


def test_numbers() -> None:
    assert call({"n": 3}).number("n") == 3.0
    assert call({}).number("n", 0.5) == 0.5
    for body in ({}, {"n": "3"}, {"n": None}, {"n": True}):
        with pytest.raises(WebDriverError, match="'n' must be a number"):
            call(body).number("n")


def test_the_node_of_path_or_body() -> None:
    made = call({})
    back = node_of(made.display, desc="Back")
    reference = made.session.elements.reference(back)
    made.params = {"id": reference["ELEMENT"]}
    assert made.node().view_id == back.view_id
    assert made.node(reference).view_id == back.view_id
    with pytest.raises(WebDriverError, match="not an element"):
        made.node({})


def test_settings_become_source_options() -> None:
    made = call({})
    made.session.settings |= {"allowInvisibleElements": True, "snapshotMaxDepth": "deep"}
    options = made.options()
    assert (options.allow_invisible, options.max_depth, options.width) == (True, 70, 1080)
