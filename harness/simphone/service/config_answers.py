"""Faults that the app meets through the settings it fetches at start."""

from __future__ import annotations

import json
from typing import Any, cast

from harness.simphone.service.exchange import Exchange
from harness.simphone.service.hosts import RETIRED_LOGIN_HOST
from harness.simphone.service.refusals import Answer


def _with_settings(**changes: object) -> Answer:
    async def answer(exchange: Exchange) -> None:
        reply = await exchange.ordinary()
        body = cast("dict[str, Any]", json.loads(reply.body))
        data = cast("dict[str, Any]", body.get("data", {}))
        body["data"] = {**data, **changes}
        await exchange.answer(reply.with_body(json.dumps(body).encode()))

    return answer


dead_dns_name = _with_settings(login_host=RETIRED_LOGIN_HOST)
"""The service sends the app to a log-in host whose name has no record any more."""

region_ban = _with_settings(
    region_ban={
        "title": "Sorry, TikTok isn't available right now",
        "text": "A law banning TikTok has been enacted in the U.S. Unfortunately, that means "
        "you can't use TikTok for now.",
    }
)
"""The full-screen notice of 18 and 19 January 2025."""

welcome_back = _with_settings(
    popup={
        "title": "Welcome back!",
        "text": "Thanks for your patience and support.",
        "answers": ["Continue"],
    }
)
"""The card of 19 January 2025, after the ban; only its heading is reported word for word."""

username_change = _with_settings(
    popup={
        "title": "We're changing our username requirements",
        "text": "Please choose a new username.",
        "answers": ["New username", "Not now"],
    }
)
"""The request of September 2020, which came again whatever was answered."""

forced_update = _with_settings(force_update={"min_version_code": 9999999999})
"""The service wants a newer version than any store has."""
