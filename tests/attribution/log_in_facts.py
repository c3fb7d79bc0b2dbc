"""Facts of a try to log in, as the recorder and the phone would write them."""

from __future__ import annotations

from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.screen import Screen, ScreenMessage, ScreenValue
from harness.domain.facts.traffic import Envelope, Exchange
from tests.attribution.build import exchange, failed, probe

APP = "com.zhiliaoapp.musically"
API = "api16-normal-c-useast1a.tiktokv.com"
CORE = "api16-core-c-useast1a.tiktokv.com"
LOGIN = "/passport/user/login/"
CANARY = CaptureVisibility("decrypted", "system")


def login(begun: float = 2.0, **changes: Any) -> Exchange:
    base: dict[str, Any] = {"host": API, "path": LOGIN, "method": "POST"}
    return exchange(begun, **(base | changes))


def login_failed(error: str, begun: float = 2.0, wait: float = 0.05, **changes: Any) -> Exchange:
    base: dict[str, Any] = {"host": API, "path": LOGIN, "method": "POST"}
    return failed(error, begun, wait, **(base | changes))


def refused(code: int | None, message: str = "", family: str = "passport") -> Exchange:
    return login(envelope=Envelope(family, code, message, "20261101000000ABC"))


def profile_answer(begun: float = 2.0, **values: Any) -> Exchange:
    return exchange(begun, host=CORE, path="/aweme/v1/user/profile/self/", values=values)


def profile_refused(code: int) -> Exchange:
    path = "/aweme/v1/user/profile/self/"
    return exchange(2.0, host=CORE, path=path, envelope=Envelope("app", code))


def screen(at: float, *ids: str, **changes: Any) -> tuple[float, Screen]:
    messages = tuple(ScreenMessage(text_id, text_id) for text_id in ids)
    return at, Screen(APP, None, messages=messages, **changes)


def value(at: float, name: str, shown: int | str, **changes: Any) -> tuple[float, ScreenValue]:
    return at, ScreenValue(name, str(shown), shown, **changes)


FEED = exchange(0.6, host=CORE, path="/aweme/v1/feed/", values={"items": 8})
HERE = probe(host=API)
PROFILE: dict[str, Any] = {"needs": ("own_profile",)}
REFUSED = "[Errno 111] Connect call failed ('192.0.2.1', 443)"
