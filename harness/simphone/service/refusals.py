"""Answers with which a healthy server refuses, or its failing code reports itself."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from harness.simphone.service.envelopes import CODES, LogId, app_envelope, passport_error
from harness.simphone.service.exchange import Exchange, Reply

Answer = Callable[[Exchange], Awaitable[None]]
JSON = ("content-type", "application/json; charset=utf-8")


def json_reply(body: object, log_id: LogId, status: int = 200) -> Reply:
    """A JSON answer with the log id in its header too."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status, text, (JSON, ("x-tt-logid", log_id.text)))


def refuse(code_name: str, text: str, **more: object) -> Answer:
    """HTTP 200 with the envelope that fits the path, refusing with `code_name`."""

    async def answer(exchange: Exchange) -> None:
        await _drain(exchange)
        log_id = LogId.make()
        code = CODES[code_name]
        if exchange.need == "login":
            body = passport_error(code, text, **more)
        else:
            body = app_envelope(log_id, dict(more), code=code, message=text)
        await exchange.answer(json_reply(body, log_id))

    return answer


def status(code: int, body: bytes, content_type: str = "text/plain", **headers: str) -> Answer:
    """A plain HTTP error of the origin or of its gateway."""

    async def answer(exchange: Exchange) -> None:
        await _drain(exchange)
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        log_id = ("x-tt-logid", LogId.make().text)
        await exchange.answer(Reply(code, body, (("content-type", content_type), log_id, *named)))

    return answer


async def _drain(exchange: Exchange) -> None:
    """Reads the request to its end, so that the refusal is about the whole of it."""
    while True:
        message = await exchange.receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return
