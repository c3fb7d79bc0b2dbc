"""More faults of single answers: shapes, codings and framings that real servers get wrong."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

from harness.simphone.service.exchange import Exchange
from harness.simphone.service.refusals import Answer, status

H2_NO_ERROR, H2_INTERNAL_ERROR, H2_REFUSED_STREAM = 0, 2, 7
GATEWAY_SECONDS = 1.0
"""A gateway's own patience with its backend, shorter than the app's with the gateway."""

TRACE = (
    b'Traceback (most recent call last):\n  File "/srv/app/handler.py", line 88, in get\n'
    b"KeyError: 'shard'\n"
)
_ENVELOPE = frozenset({"status_code", "status_msg", "extra", "log_pb", "message"})


async def shapeless(exchange: Exchange) -> None:
    """A success whose data is missing altogether."""
    reply = await exchange.ordinary()
    body = cast("dict[str, Any]", json.loads(reply.body))
    kept: dict[str, Any] = {key: value for key, value in body.items() if key in _ENVELOPE}
    if "data" in body:
        kept["data"] = {}
    await exchange.answer(reply.with_body(json.dumps(kept).encode()))


async def null_data(exchange: Exchange) -> None:
    """A success whose data is null."""
    reply = await exchange.ordinary()
    body = cast("dict[str, Any]", json.loads(reply.body))
    nulls = {key: value if key in _ENVELOPE else None for key, value in body.items()}
    await exchange.answer(reply.with_body(json.dumps(nulls).encode()))


async def stack_trace(exchange: Exchange) -> None:
    """200 with a stack trace under the JSON type."""
    await exchange.answer((await exchange.ordinary()).with_body(TRACE))


async def zero_bytes(exchange: Exchange) -> None:
    """200 with as many zero bytes as the answer has."""
    reply = await exchange.ordinary()
    await exchange.answer(reply.with_body(bytes(len(reply.body))))


async def bad_brotli(exchange: Exchange) -> None:
    """Says br, sends what is no brotli stream."""
    reply = await exchange.ordinary()
    damaged = b"\x8b\x03\x80" + b"\xff" * 64
    await exchange.answer(reply.with_body(damaged, content_encoding="br"))


async def not_gzip(exchange: Exchange) -> None:
    """Says gzip, sends plain JSON."""
    reply = await exchange.ordinary()
    await exchange.answer(reply.with_body(reply.body, content_encoding="gzip"))


async def reset_in_body(exchange: Exchange) -> None:
    """Half the body, then TCP RST."""
    await _half(exchange)
    exchange.connection.reset()
    await exchange.gone()


async def hang_in_body(exchange: Exchange) -> None:
    """Half the body, then nothing more."""
    await _half(exchange)
    await exchange.gone()


async def _half(exchange: Exchange) -> None:
    reply = await exchange.ordinary()
    await exchange.start(reply, len(reply.body))
    part = reply.body[: max(1, len(reply.body) // 2)]
    await exchange.send({"type": "http.response.body", "body": part, "more_body": True})
    await asyncio.sleep(0.05)  # the engine sends data from a task of its own


def late(seconds: float, answer: Answer) -> Answer:
    """The same answer, later."""

    async def answer_late(exchange: Exchange) -> None:
        await asyncio.sleep(seconds)
        await answer(exchange)

    return answer_late


def gateway_page(code: int, title: str, server: str) -> Answer:
    """A gateway's own HTML page."""
    page = f"<html><head><title>{code} {title}</title></head><body><h1>{title}</h1></body></html>"
    return status(code, page.encode(), "text/html", server=server)


async def h2_refused(exchange: Exchange) -> None:
    """RST_STREAM REFUSED_STREAM for every call; on HTTP/1.1 a TCP RST."""
    wire = exchange.connection.h2()
    if wire is None:
        exchange.connection.reset()
    else:
        await wire.reset_stream(exchange.scope, H2_REFUSED_STREAM)
    await asyncio.sleep(3600)


async def h2_goaway_internal(exchange: Exchange) -> None:
    """GOAWAY INTERNAL_ERROR instead of an answer; on HTTP/1.1 a close."""
    wire = exchange.connection.h2()
    if wire is not None:
        await wire.goaway(H2_INTERNAL_ERROR)
    exchange.connection.close()
    await exchange.gone()
