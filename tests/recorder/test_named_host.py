"""What a host is called."""

from __future__ import annotations

import pytest

from harness.recorder.named_host import is_address, named_host
from tests.recorder.flows import flow


@pytest.mark.parametrize(
    ("asked", "header", "named"),
    [
        ("api.test", "other.test", "api.test"),
        ("198.18.0.1", "api.test", "api.test"),
        ("198.18.0.1", "api.test:8443", "api.test"),
        ("198.18.0.1", "198.18.0.1", "198.18.0.1"),
        ("198.18.0.1", "", "198.18.0.1"),
        ("2001:db8::1", "api.test", "api.test"),
    ],
)
def test_an_address_is_known_by_the_name_in_the_request(
    asked: str, header: str, named: str
) -> None:
    request = flow().request
    request.data.host = asked
    request.data.authority = b""
    request.headers["host"] = header

    assert named_host(request) == named


def test_what_an_address_is() -> None:
    assert [is_address(host) for host in ("10.0.0.1", "[::1]", "a.test")] == [True, True, False]
