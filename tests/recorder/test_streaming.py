"""Bodies that pass as they come."""

from __future__ import annotations

import pytest

from harness.recorder.streaming import LARGEST_COPY, BodyCopy, Streaming, copy_of, limit_for
from tests.recorder.flows import flow


def test_a_copy_hands_on_what_it_gets() -> None:
    copy = BodyCopy()
    assert [copy(b"ab"), copy(b"c"), copy(b"")] == [b"ab", b"c", b""]
    assert (copy.size, copy.data) == (3, b"abc")


def test_a_large_body_is_counted_and_not_kept() -> None:
    copy = BodyCopy(limit=3)
    copy(b"abc")
    assert copy.data == b"abc"
    copy(b"d")
    assert (copy.size, copy.data) == (4, None)


@pytest.mark.parametrize(
    ("kind", "limit"),
    [
        ("application/json", LARGEST_COPY), ("", LARGEST_COPY), ("text/html", LARGEST_COPY),
        ("video/mp4", 0), ("Image/PNG", 0), ("text/event-stream", 0), ("application/grpc+x", 0),
    ],
)  # fmt: skip
def test_limit(kind: str, limit: int) -> None:
    assert limit_for(kind) == limit


def test_every_answer_is_streamed_but_an_upgrade() -> None:
    made, upgrade = flow(), flow(status=101)
    for each in (made, upgrade):
        Streaming().responseheaders(each)
    assert made.response is not None
    assert made.response.stream is copy_of(made)
    assert copy_of(upgrade) is None


@pytest.mark.parametrize(
    ("headers", "streamed"),
    [
        ({"content-length": "100"}, False),
        ({"content-length": str(50 * 1024 * 1024)}, True),
        ({"content-type": "application/grpc"}, True),
        ({"content-length": "nonsense"}, False),
    ],
)
def test_large_uploads_are_streamed(headers: dict[str, str], *, streamed: bool) -> None:
    made = flow()
    made.request.headers.clear()
    made.request.headers.update(headers)
    Streaming().requestheaders(made)
    assert bool(made.request.stream) is streamed
