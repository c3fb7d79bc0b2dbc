"""What an app gets of the rarer ways of HTTP/1.1."""

from __future__ import annotations

import time

import pytest

from tests.faultlab.client import Session, call, get
from tests.faultlab.conftest import Meet
from tests.faultlab.origin_http1 import Reply, answer
from tests.faultlab.origin_http1_odd import (
    alternating,
    broken_record,
    by_method,
    longer_than_said,
    ranged,
    said_408_when_idle,
    stalls,
)
from tests.faultlab.rows.making import API, site


def test_an_idle_connection_ends_with_408_after_its_answer(meet: Meet) -> None:
    with meet(site(API, said_408_when_idle(answer(), 0.1))) as route:
        session = Session(route, API)
        first = session.ask("GET", "/v1/items")
        time.sleep(0.4)
        second = session.ask("GET", "/v1/items")
        session.close()

    assert (first.status, second.status) == (200, 408)


def test_only_the_promised_bytes_are_the_body(meet: Meet) -> None:
    with meet(site(API, longer_than_said(b'{"a": 12345}', 6))) as route:
        assert get(route, API).body == b'{"a": '


@pytest.mark.parametrize("reply", [stalls(b"{", 900), broken_record])
def test_no_whole_answer(meet: Meet, reply: Reply) -> None:
    with meet(site(API, reply)) as route:
        assert get(route, API, timeout=0.7).error is not None


def test_the_method_chooses(meet: Meet) -> None:
    with meet(site(API, by_method({"PUT": answer(507, "")}))) as route:
        assert get(route, API).status == 200
        assert call(route, API, "PUT", "/v1/items", b"x").status == 507


def test_nodes_take_turns(meet: Meet) -> None:
    with meet(site(API, alternating(answer(), answer(404, "")))) as route:
        assert [get(route, API).status for _ in range(4)] == [200, 404, 200, 404]


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [("bytes=0-99", 206, 100), ("bytes=950-", 206, 50), ("bytes=1000-", 416, 0)],
)
def test_ranges_of_a_file(meet: Meet, asked: str, status: int, length: int) -> None:
    with meet(site(API, ranged(1000))) as route:
        got = call(route, API, "GET", "/v.mp4", Range=asked)
        whole = get(route, API, "/v.mp4")

    assert (got.status, len(got.body)) == (status, length)
    assert (whole.status, len(whole.body)) == (200, 1000)
