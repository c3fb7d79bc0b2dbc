"""Our own request."""

from __future__ import annotations

import pytest
from mitmproxy.connection import ConnectionState

from harness.adapters.proxy.canary_host import CANARY_ADDRESS, CANARY_HOST
from harness.recorder.canary import Canary, CanaryHandshake, is_canary
from tests.recorder.flows import flow, hello


@pytest.mark.parametrize(
    ("scheme", "path", "status", "token", "told"),
    [
        ("http", "/abc123", 204, "abc123", []),
        ("http", "/system/abc", 204, "abc", []),  # in the clear nothing is shown of the trust
        ("https", "/system/abc", 204, "abc", ["system"]),
        ("https", "/user", 200, "user", ["user"]),
        ("https", "/user/abc", 204, "abc", ["user"]),
        ("https", "/elsewhere", 204, "elsewhere", []),
    ],
)
def test_it_is_answered_with_its_token(
    scheme: str, path: str, status: int, token: str, told: list[str]
) -> None:
    trusted: list[str] = []
    made = flow(status=None, path=path)
    made.request.host, made.request.scheme = CANARY_HOST, scheme
    assert is_canary(made)

    Canary(trusted.append).request(made)

    assert made.response is not None
    assert made.response.status_code == status
    assert made.response.headers["x-harness-canary"] == token
    assert trusted == told


def test_its_connect_needs_no_origin() -> None:
    made, other = flow(status=None), flow(status=None)
    made.request.host = CANARY_HOST
    for each in (made, other):
        Canary(lambda store: None).http_connect(each)

    assert made.response is not None
    assert made.response.status_code == 200
    assert other.response is None


@pytest.mark.parametrize(
    ("host", "first"), [(CANARY_HOST, False), (CANARY_ADDRESS, False), ("a.test", True)]
)
def test_no_origins_handshake_is_waited_for(host: str, *, first: bool) -> None:
    made = flow()
    made.server_conn.state = ConnectionState.CLOSED
    made.server_conn.address = (host, 443)
    data = hello(made, host)
    data.establish_server_tls_first = True

    CanaryHandshake().tls_clienthello(data)

    assert data.establish_server_tls_first is first


def test_others_are_left_alone() -> None:
    made = flow(status=None)
    Canary(lambda store: None).request(made)
    assert made.response is None
    assert not is_canary(made)
