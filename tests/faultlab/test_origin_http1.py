"""What an app gets of each reply over HTTP/1.1."""

from __future__ import annotations

import gzip

import pytest

from tests.faultlab import client
from tests.faultlab.conftest import Meet
from tests.faultlab.origin_http1 import (
    Reply,
    after,
    answer,
    bare,
    by_path,
    chunked,
    close_unanswered,
    compressed,
    cut_body,
    drip,
    events,
    hang,
    in_turn,
    raw_bytes,
    redirect,
    reset_unanswered,
    then_close,
)
from tests.faultlab.rows.making import API, site


@pytest.mark.parametrize(
    ("reply", "status", "body"),
    [
        (answer(200, "hello"), 200, b"hello"),
        (answer(503, b"busy", retry_after="3"), 503, b"busy"),
        (bare(204), 204, b""),
        (chunked(b"ab", b"cd"), 200, b"abcd"),
        (after(0.05, answer(200, "late")), 200, b"late"),
        (by_path({"/v1/items": answer(201, "mine")}), 201, b"mine"),
        (then_close(answer(200, "bye"), 0.0), 200, b"bye"),
        (redirect("https://elsewhere.example/"), 302, b""),
        (events(0.0, 2), 200, b"data: 0\n\ndata: 1\n\n"),
    ],
    ids=lambda value: getattr(value, "__qualname__", None),
)
def test_complete_answers_arrive(meet: Meet, reply: Reply, status: int, body: bytes) -> None:
    with meet(site(API, reply)) as route:
        got = client.get(route, API)

    assert (got.error, got.status, got.body) == (None, status, body)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (close_unanswered, "RemoteDisconnected"),
        (reset_unanswered, "ConnectionResetError"),
        (cut_body(b"x" * 10, 100), "HTTPException: the body is cut"),
        (chunked(b"ab", ends=False), "IncompleteRead"),
        (raw_bytes(b"\x00\x01 no http\r\n\r\n"), "BadStatusLine"),
    ],
    ids=["close", "reset", "cut", "cut chunks", "garbage"],
)
def test_broken_answers_reach_the_app_as_errors(meet: Meet, reply: Reply, error: str) -> None:
    with meet(site(API, reply)) as route:
        got = client.get(route, API)

    assert got.status is None
    assert got.error is not None
    # An RST may overtake the last bytes on their way through the relay.
    assert error in got.error or "Reset" in got.error or "Remote" in got.error


@pytest.mark.parametrize("reply", [hang, drip(1000, 10.0)], ids=["hang", "drip"])
def test_the_app_gives_up_on_silence_and_on_dripping(meet: Meet, reply: Reply) -> None:
    with meet(site(API, reply)) as route:
        got = client.get(route, API, timeout=0.4)

    assert got.error is not None
    assert "TimeoutError" in got.error


def test_replies_in_turn_begin_anew_for_each_origin(meet: Meet) -> None:
    host = site(API, in_turn(answer(503, ""), answer(200, "")))
    seen: list[int | None] = []
    for _ in range(2):
        with meet(host) as route:
            seen += [client.get(route, API).status for _ in range(3)]

    assert seen == [503, 200, 200] * 2


def test_a_passer_by_gets_the_front_door(meet: Meet) -> None:
    with meet(site(API, answer(500), front=answer(418, ""))) as route:
        door = client.call(route, API, "HEAD", "/")
        inside = client.get(route, API)

    assert (door.status, inside.status) == (418, 500)


def test_a_compressed_body_is_what_its_header_says(meet: Meet) -> None:
    with meet(site(API, compressed("gzip"))) as route:
        got = client.get(route, API)

    assert got.headers["content-encoding"] == "gzip"
    assert b'"status": "ok"' in gzip.decompress(got.body)


def test_one_connection_carries_many_calls(meet: Meet) -> None:
    with meet(site(API)) as route:
        session = client.Session(route, API)
        statuses = [session.ask("POST", "/v1/x", b"u" * 70_000).status for _ in range(3)]
        session.close()

    assert statuses == [200, 200, 200]
