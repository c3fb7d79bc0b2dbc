import pytest

from harness.simphone.adbd import reverse_request
from harness.simphone.adbd.reverse_request import (
    ReverseAction,
    ReverseError,
    ReverseRequest,
    parse_reverse,
    phone_port,
)

FORWARD, REMOVE = ReverseAction.FORWARD, ReverseAction.REMOVE


@pytest.mark.parametrize(
    ("text", "request_read"),
    [
        ("list-forward", ReverseRequest(ReverseAction.LIST)),
        ("killforward-all", ReverseRequest(ReverseAction.REMOVE_ALL)),
        ("killforward:tcp:8080", ReverseRequest(REMOVE, "tcp:8080")),
        ("forward:tcp:8080;tcp:9", ReverseRequest(FORWARD, "tcp:8080", "tcp:9")),
        ("forward:norebind:tcp:1;tcp:2", ReverseRequest(FORWARD, "tcp:1", "tcp:2", rebind=False)),
        ("forward:tcp:0;tcp:127.0.0.2:9", ReverseRequest(FORWARD, "tcp:0", "tcp:127.0.0.2:9")),
    ],
)
def test_requests(text: str, request_read: ReverseRequest) -> None:
    assert parse_reverse("reverse:" + text) == request_read


@pytest.mark.parametrize("text", ["", "forward:", "forward:tcp:1", "forward:;tcp:1", "other"])
def test_bad_requests(text: str) -> None:
    with pytest.raises(ReverseError, match="bad forward"):
        parse_reverse("reverse:" + text)


@pytest.mark.parametrize(
    ("local", "port"), [("tcp:0", 0), ("tcp:8080", 8080), ("tcp:65535", 65535)]
)
def test_ports(local: str, port: int) -> None:
    assert phone_port(local) == port


@pytest.mark.parametrize("local", ["tcp:x", "tcp:", "tcp:65536", "tcp:-1", "localabstract:x"])
def test_what_cannot_be_listened_on(local: str) -> None:
    with pytest.raises(ReverseError, match="cannot bind listener"):
        phone_port(local)


def test_answers() -> None:
    assert reverse_request.okay() == b"OKAY"
    assert reverse_request.okay_with_port(33645) == b"OKAY000533645"
    assert reverse_request.counted("") == b"0000"
    assert (
        reverse_request.fail("cannot rebind existing socket")
        == b"FAIL001dcannot rebind existing socket"
    )
