"""What an app gets of the corners of HTTP/2, and of framing that is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.faultlab.certificates import TlsPlan
from tests.faultlab.client import get
from tests.faultlab.client_http2 import Session2, get2, grpc_call
from tests.faultlab.conftest import Meet
from tests.faultlab.origin_http1 import answer, serve
from tests.faultlab.origin_http2 import Reply2, answer2, serve2
from tests.faultlab.origin_http2_odd import (
    answered_then_reset2,
    bad_headers2,
    by_choice,
    closed_window2,
    each_in_turn2,
    frame2,
    goaway_in_body2,
    hinted2,
    mute2,
    pinged2,
    short2,
    stops_after_40k2,
    streamed,
    trailed2,
)
from tests.faultlab.rows.making import API, site2
from tests.faultlab.world import Host


def test_a_frame_has_the_head_of_rfc_9113() -> None:
    assert frame2(6, 1, 5, b"12345678") == b"\x00\x00\x08\x06\x01\x00\x00\x00\x0512345678"


@pytest.mark.parametrize("reply", [hinted2, trailed2, pinged2, answered_then_reset2])
def test_sound_corners_bring_an_answer(meet: Meet, reply: Reply2) -> None:
    with meet(site2(API, reply)) as route:
        (stream,) = get2(route, API)

    assert stream.status == 200
    assert stream.body
    assert stream.ended


@pytest.mark.parametrize("reply", [bad_headers2, short2, goaway_in_body2, stops_after_40k2])
def test_broken_framing_brings_no_whole_answer(meet: Meet, reply: Reply2) -> None:
    with meet(site2(API, reply)) as route:
        (stream,) = get2(route, API, timeout=1.0)

    assert not stream.ended


def test_a_mute_origin_answers_nothing(meet: Meet) -> None:
    with meet(Host(API, mute2, TlsPlan(alpn=("h2",)))) as route:
        (stream,) = get2(route, API, timeout=0.5)

    assert (stream.status, stream.ended) == (None, False)


def test_a_shut_window_holds_an_upload_back(meet: Meet) -> None:
    with meet(Host(API, closed_window2, TlsPlan(alpn=("h2",)))) as route:
        session = Session2(route, API)
        number = session.begin_upload("/up", 200_000, seconds=0.6)
        stream = session.streams[number]
        session.close()

    assert stream.status is None


def test_an_upload_ends_where_the_window_is_opened(meet: Meet) -> None:
    with meet(site2(API, answer2(200, b"thanks"))) as route:
        session = Session2(route, API)
        number = session.begin_upload("/up", 200_000, seconds=5.0)
        session.wait(number)
        session.close()

    assert bytes(session.streams[number].body) == b"thanks"


@pytest.mark.parametrize(
    ("reply", "status", "reset"),
    [
        (streamed(b"a", b"b"), "0", None),
        (streamed(b"a", status=13, text="lost"), "13", None),
        (streamed(b"a", status=None), None, None),
        (streamed(b"a", dies=True), None, 2),
    ],
    ids=["sound", "failed", "without status", "reset"],
)
def test_a_grpc_stream_ends_as_ordered(
    meet: Meet, reply: Reply2, status: str | None, reset: int | None
) -> None:
    with meet(site2(API, reply)) as route:
        stream = grpc_call(route, API)

    assert stream is not None
    assert stream.trailers.get("grpc-status") == status
    assert stream.reset_code == reset
    assert stream.body.startswith(b"\x00\x00\x00\x00\x01a")


def test_replies_come_in_turn_and_the_last_one_stays(meet: Meet) -> None:
    with meet(site2(API, each_in_turn2(answer2(500), answer2(200)))) as route:
        statuses = [get2(route, API)[0].status for _ in range(3)]

    assert statuses == [500, 200, 200]


@pytest.mark.parametrize(("asked", "said"), [(get, b"one"), (get2, b"two")], ids=["h1", "h2"])
def test_an_origin_of_both_versions(meet: Meet, asked: Callable[..., Any], said: bytes) -> None:
    both = by_choice(serve2(answer2(200, b"two")), serve(answer(200, "one")))
    with meet(Host(API, both, TlsPlan(alpn=("h2", "http/1.1")))) as route:
        got = asked(route, API, "/v1/items")

    assert bytes((got[0] if isinstance(got, list) else got).body) == said
