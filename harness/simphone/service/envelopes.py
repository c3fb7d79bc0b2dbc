"""The two JSON envelopes of the service and the log id that both carry.

Shapes after public test data of 2019-2021: the app API has `status_code`, the
passport API has `message` and `data.error_code`. Both answer HTTP 200 also when
they refuse.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

CODES = {
    "ok": 0,
    "too-frequent": 7,
    "session-expired": 8,
    "wrong-password": 1009,
    "wrong-password-shop": 1033,
    "unknown-user": 1011,
    "too-many-attempts": 1034,
    "captcha": 1105,
    "two-step": 2135,
    "no-such-user": 2065,
    "list-hidden": 2096,
    # No public source gives a number for these: the simulator's own, told by description.
    "internal": 1,
    "undocumented": 3002290,
    "banned": 9001,
    "age-gate": 9002,
    "new-device": 9003,
}


@dataclass(frozen=True, slots=True)
class LogId:
    """One request's id: 14 digits of server time (UTC), then hexadecimal digits."""

    text: str
    now_ms: int

    @classmethod
    def make(cls, now: dt.datetime | None = None) -> LogId:
        moment = now or dt.datetime.now(dt.UTC)
        text = moment.strftime("%Y%m%d%H%M%S") + secrets.token_hex(10).upper()
        return cls(text, int(moment.timestamp() * 1000))


def app_envelope(
    log_id: LogId, fields: Mapping[str, object] | None = None, *, code: int = 0, message: str = ""
) -> dict[str, object]:
    """App API answer: `fields` beside status, `extra` and `log_pb`."""
    return {
        "status_code": code,
        "status_msg": message,
        **(fields or {}),
        "extra": {"now": log_id.now_ms, "logid": log_id.text, "fatal_item_ids": []},
        "log_pb": {"impr_id": log_id.text},
    }


def passport_success(data: Mapping[str, object]) -> dict[str, object]:
    """Passport answer of a log-in that worked."""
    return {"data": dict(data), "message": "success"}


def passport_error(code: int, description: str, **more: object) -> dict[str, object]:
    """Passport refusal; `description` is what people are shown."""
    data = {"captcha": "", "description": description, "error_code": code, **more}
    return {"data": data, "message": "error"}
