"""What an app gets of malformed messages over HTTP/2."""

from __future__ import annotations

import pytest

from tests.faultlab.certificates import TlsPlan
from tests.faultlab.client_http2 import get2
from tests.faultlab.conftest import Meet
from tests.faultlab.origin_http2 import Reply2
from tests.faultlab.origin_http2_malformed import (
    headed_by,
    idle_data2,
    no_status2,
    no_streams2,
)
from tests.faultlab.rows.making import API, site2
from tests.faultlab.world import Host


@pytest.mark.parametrize("reply", [no_status2, idle_data2])
def test_a_malformed_message_is_no_answer(meet: Meet, reply: Reply2) -> None:
    with meet(site2(API, reply)) as route:
        (stream,) = get2(route, API, timeout=1.0)

    assert stream.status is None


def test_fields_arrive_as_they_are(meet: Meet) -> None:
    with meet(site2(API, headed_by((":status", "204"), ("x-node", "7")))) as route:
        (stream,) = get2(route, API, timeout=1.0)

    assert (stream.status, stream.ended) == (204, True)


def test_where_no_stream_is_allowed_nothing_is_answered(meet: Meet) -> None:
    with meet(Host(API, no_streams2, TlsPlan(alpn=("h2",)))) as route:
        (stream,) = get2(route, API, timeout=0.5)

    assert (stream.status, stream.ended) == (None, False)
