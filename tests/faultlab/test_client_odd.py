"""What an origin sees of apps with habits."""

from __future__ import annotations

import pytest

from tests.faultlab import client_odd
from tests.faultlab.conftest import Meet
from tests.faultlab.origin import Request, Wire
from tests.faultlab.origin_http1 import answer, serve
from tests.faultlab.origin_http2 import Talk, answer2
from tests.faultlab.origin_websocket import HELLO, TEXT, frame, socket_saying
from tests.faultlab.rows.making import API, site, site2
from tests.faultlab.world import Host


def test_pipelined_calls_are_all_answered(meet: Meet) -> None:
    with meet(site(API, answer(200, "yes"))) as route:
        got = client_odd.pipelined(route, API, "/a", "/b", "/c")

    assert got.count(b"200 OK") == 3


def test_spare_connections_ask_for_nothing(meet: Meet) -> None:
    asked: list[Request | None] = []

    def look(wire: Wire) -> None:
        asked.append(wire.read_request())

    with meet(Host(API, look)) as route:
        client_odd.spare_connections(route, API, 2)

    assert asked == [None, None]


@pytest.mark.parametrize("upload", ["unended", "short"])
def test_an_upload_that_is_not_whole(meet: Meet, upload: str) -> None:
    answered: list[int] = []

    def reply(talk: Talk, stream: int) -> None:
        answered.append(stream)
        answer2()(talk, stream)

    with meet(site2(API, reply)) as route:
        if upload == "unended":
            client_odd.unended_upload(route, API, "/up", 0.2)
        else:
            client_odd.short_upload(route, API, "/up")

    assert answered == []


def test_frames_of_the_app_reach_the_origin(meet: Meet) -> None:
    heard: list[bytes] = []

    def reply(wire: Wire, request: Request) -> bool:
        heard.append(wire.receive())
        return False

    said = frame(TEXT, b"ab", b"\x01\x02\x03\x04")
    with meet(Host(API, serve(reply))) as route:
        client_odd.socket_talk(route, API, said, seconds=0.3)
    with meet(site(API, socket_saying(HELLO))) as route:
        client_odd.socket_talk(route, API, seconds=0.2)

    assert heard == [said]
