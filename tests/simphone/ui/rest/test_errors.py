import pytest

from harness.simphone.ui.rest.errors import (
    WebDriverError,
    invalid_argument,
    no_such_element,
    stale_element,
)


@pytest.mark.parametrize(
    ("error", "name", "status"),
    [
        (no_such_element(), "no such element", 404),
        (stale_element("1"), "stale element reference", 404),
        (invalid_argument("x"), "invalid argument", 400),
        (WebDriverError("unknown error", "x"), "unknown error", 500),
        (WebDriverError("something new", "x"), "something new", 500),
    ],
)
def test_name_status_and_trace(error: WebDriverError, name: str, status: int) -> None:
    value = error.value()
    assert (value["error"], error.status) == (name, status)
    assert value["message"] in value["stacktrace"]
