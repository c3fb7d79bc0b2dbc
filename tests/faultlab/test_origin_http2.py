"""What an app gets of each reply over HTTP/2."""

from __future__ import annotations

import h2.errors
import pytest

from tests.faultlab.client_http2 import Session2, get2, grpc_call
from tests.faultlab.conftest import Meet
from tests.faultlab.origin_http2 import (
    Reply2,
    after2,
    answer2,
    by_path2,
    close2_in_body,
    fine_then_goaway2,
    goaway2,
    grpc,
    hang2,
    reset2,
    reset2_in_body,
    tcp_reset2,
)
from tests.faultlab.rows.making import API, site, site2

INTERNAL = h2.errors.ErrorCodes.INTERNAL_ERROR


def test_parallel_streams_are_all_answered(meet: Meet) -> None:
    with meet(site2(API, by_path2({"/b": answer2(404, b"no")}, answer2(200, b"yes")))) as route:
        streams = get2(route, API, "/a", "/b", "/c")

    assert [(stream.status, bytes(stream.body)) for stream in streams] == [
        (200, b"yes"),
        (404, b"no"),
        (200, b"yes"),
    ]


@pytest.mark.parametrize(
    ("reply", "code"), [(reset2(INTERNAL), 2), (reset2_in_body, 2)], ids=["reset", "in body"]
)
def test_a_reset_stream_has_its_code(meet: Meet, reply: Reply2, code: int) -> None:
    with meet(site2(API, reply)) as route:
        (stream,) = get2(route, API)

    assert stream.reset_code == code


@pytest.mark.parametrize(
    "reply", [goaway2(INTERNAL), tcp_reset2, close2_in_body], ids=["goaway", "rst", "fin"]
)
def test_an_ended_connection_leaves_the_stream_unfinished(meet: Meet, reply: Reply2) -> None:
    with meet(site2(API, reply)) as route:
        session = Session2(route, API)
        number = session.begin()
        session.wait(number)
        session.close()

    assert session.gone
    assert not session.streams[number].ended


def test_a_graceful_goaway_comes_after_the_answer(meet: Meet) -> None:
    with meet(site2(API, fine_then_goaway2)) as route:
        (stream,) = get2(route, API)

    assert (stream.status, stream.ended) == (200, True)


@pytest.mark.parametrize(("status", "body"), [(14, None), (13, b"x"), (0, b"ok")])
def test_a_grpc_status_comes_with_or_without_a_body(
    meet: Meet, status: int, body: bytes | None
) -> None:
    with meet(site2(API, grpc(status, "said", body=body))) as route:
        stream = grpc_call(route, API)

    assert stream is not None
    assert stream.status == 200
    assert stream.ended
    assert stream.trailers.get("grpc-status") == (None if body is None else str(status))


def test_an_app_falls_back_to_http1_where_that_is_chosen(meet: Meet) -> None:
    with meet(site(API)) as route:
        streams = get2(route, API, "/a", "/b")

    assert [(stream.status, stream.ended) for stream in streams] == [(200, True)] * 2


def test_a_hanging_stream_does_not_hold_up_others(meet: Meet) -> None:
    with meet(site2(API, by_path2({"/slow": hang2}, after2(0.01, answer2())))) as route:
        session = Session2(route, API)
        slow, quick = session.begin("/slow"), session.begin("/quick")
        session.wait(slow, quick, seconds=0.5)
        session.close()

    assert (session.streams[slow].ended, session.streams[quick].ended) == (False, True)
