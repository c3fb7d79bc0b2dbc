"""Faults of single answers: each function breaks one thing about one answer."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from harness.simphone.service.aweme import feed_item
from harness.simphone.service.clips import CLIPS
from harness.simphone.service.exchange import Exchange, Reply

H2_INTERNAL_ERROR = 2
H2_ENHANCE_YOUR_CALM = 11
SLOW_SECONDS = 2.5
COUNTERS = (
    "follower_count",
    "following_count",
    "total_favorited",
    "followers_count",
    "followings_count",
)


async def empty_body(exchange: Exchange) -> None:
    """200 with nothing where JSON is due."""
    await exchange.answer((await exchange.ordinary()).with_body(b""))


async def html_body(exchange: Exchange) -> None:
    """200 with a maintenance page instead of JSON."""
    page = b"<html><body><h1>Scheduled maintenance</h1></body></html>"
    reply = await exchange.ordinary()
    await exchange.answer(reply.with_body(page, content_type="text/html"))


async def wrong_json(exchange: Exchange) -> None:
    """JSON that stops in the middle, with a matching length."""
    reply = await exchange.ordinary()
    await exchange.answer(reply.with_body(reply.body[: max(1, len(reply.body) // 2)]))


async def zero_counters(exchange: Exchange) -> None:
    """Everything well but the counters, which are 0."""
    reply = await exchange.ordinary()
    await exchange.answer(_with_json(reply, _counting(_none)))


async def stale_counters(exchange: Exchange) -> None:
    """Counters of some days ago, though the lists already know better."""
    reply = await exchange.ordinary()
    await exchange.answer(_with_json(reply, _counting(_some_days_ago)))


async def empty_list(exchange: Exchange) -> None:
    """A follower list without rows that says it is complete."""
    reply = await exchange.ordinary()

    def emptied(body: dict[str, Any]) -> dict[str, Any]:
        lists = {key: [] for key in ("followers", "followings") if key in body}
        return {**body, **lists, "total": 0, "has_more": False}

    await exchange.answer(_with_json(reply, emptied))


async def feed_reset(exchange: Exchange) -> None:
    """The feed starts over: the same two clips for everyone, with no likes."""
    reply = await exchange.ordinary()

    def reset(body: dict[str, Any]) -> dict[str, Any]:
        clips = [feed_item(clip) for clip in CLIPS[:2]]
        zero = {"digg_count": 0, "comment_count": 0, "share_count": 0, "play_count": 0}
        return {**body, "aweme_list": [{**clip, "statistics": zero} for clip in clips]}

    await exchange.answer(_with_json(reply, reset))


async def names_lost(exchange: Exchange) -> None:
    """User names and pictures missing, as in the Singapore incident of 2020."""
    reply = await exchange.ordinary()

    def nameless(body: dict[str, Any]) -> dict[str, Any]:
        user = cast("dict[str, Any]", body.get("user", {}))
        return {**body, "user": {**user, "unique_id": "", "nickname": "", "avatar_thumb": {}}}

    await exchange.answer(_with_json(reply, nameless))


async def hang(exchange: Exchange) -> None:
    """Reads the request and never answers."""
    await exchange.gone()


async def slow(exchange: Exchange) -> None:
    """Answers rightly, after 2.5 seconds."""
    await asyncio.sleep(SLOW_SECONDS)
    await exchange.inner(exchange.scope, exchange.receive, exchange.send)


async def drip_body(exchange: Exchange) -> None:
    """Sends the head, then one byte a second."""
    reply = await exchange.ordinary()
    await exchange.start(reply, len(reply.body))
    for byte in reply.body:
        await exchange.send(
            {"type": "http.response.body", "body": bytes([byte]), "more_body": True}
        )
        await asyncio.sleep(1.0)


async def reset_after_request(exchange: Exchange) -> None:
    """TCP RST once the request has arrived."""
    exchange.connection.reset()
    await exchange.gone()


async def close_after_request(exchange: Exchange) -> None:
    """Closes the connection properly, without an answer."""
    exchange.connection.close()
    await exchange.gone()


async def truncated_body(exchange: Exchange) -> None:
    """Announces the whole body, sends part of it, closes."""
    reply = await exchange.ordinary()
    part = reply.body[: max(1, len(reply.body) // 3)]
    await exchange.start(reply, len(reply.body))
    await exchange.send({"type": "http.response.body", "body": part, "more_body": True})
    await asyncio.sleep(0.05)  # the engine sends data from a task of its own
    exchange.connection.close()
    await exchange.gone()


async def h2_reset(exchange: Exchange) -> None:
    """RST_STREAM INTERNAL_ERROR instead of an answer; on HTTP/1.1 a TCP RST."""
    wire = exchange.connection.h2()
    if wire is None:
        exchange.connection.reset()
    else:
        await wire.reset_stream(exchange.scope, H2_INTERNAL_ERROR)
    await asyncio.sleep(3600)


async def h2_goaway(exchange: Exchange) -> None:
    """GOAWAY ENHANCE_YOUR_CALM instead of an answer; on HTTP/1.1 a close."""
    wire = exchange.connection.h2()
    if wire is not None:
        await wire.goaway(H2_ENHANCE_YOUR_CALM)
    exchange.connection.close()
    await exchange.gone()


async def bad_gzip(exchange: Exchange) -> None:
    """Says gzip, sends half a gzip stream with a matching length."""
    reply = await exchange.ordinary()
    packed = gzip.compress(reply.body)
    half = packed[: max(12, len(packed) // 2)]
    await exchange.answer(reply.with_body(half, content_encoding="gzip"))


def _counting(change: Callable[[int], int]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def changed(body: dict[str, Any]) -> dict[str, Any]:
        return _counted(body, change)

    return changed


def _none(_count: int) -> int:
    return 0


def _some_days_ago(count: int) -> int:
    return count - max(1, count // 40) if count else 0


def _counted(value: dict[str, Any], change: Callable[[int], int]) -> dict[str, Any]:
    """The same with every counter changed, wherever it stands."""
    return {
        key: change(inner)
        if key in COUNTERS and isinstance(inner, int)
        else _counted(cast("dict[str, Any]", inner), change)
        if isinstance(inner, dict)
        else inner
        for key, inner in value.items()
    }


def _with_json(reply: Reply, change: Any) -> Reply:  # noqa: ANN401 - a function on JSON
    body: object = json.loads(reply.body)
    if not isinstance(body, Mapping):
        return reply
    changed = json.dumps(change(dict(cast("Mapping[str, Any]", body))), separators=(",", ":"))
    return reply.with_body(changed.encode())
