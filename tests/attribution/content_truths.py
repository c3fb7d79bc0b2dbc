"""What happened to followers and to offline content, and what the verdict must say."""

from __future__ import annotations

from typing import Any

from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.device import DeviceConditions
from harness.domain.facts.screen import Screen, ScreenMessage, ScreenValue
from harness.domain.facts.storage import ContentLook, ContentOpened, StoredValue
from harness.domain.facts.traffic import Envelope, Exchange
from tests.attribution.build import exchange, probe
from tests.attribution.truth import Truth

APP = "com.zhiliaoapp.musically"
CORE = "api16-core-c-useast1a.tiktokv.com"
GIB = 2**30
DAY = 86_400.0
FOLLOWERS: dict[str, Any] = {"needs": ("followers",), "name": "followers"}
COUNTERS: dict[str, Any] = {"needs": ("own_profile",), "name": "followers"}
OFFLINE: dict[str, Any] = {"needs": (), "name": "offline_content"}
CANARY = CaptureVisibility("decrypted", "system")
HERE = probe(host=CORE)
CACHED = (0.3, StoredValue("follower_count", 1204, "app_file"))
CUT = (0.6, DeviceConditions(airplane=True, network=False, free_bytes=8 * GIB, cut_by_us=True))


def own(begun: float = 2.0, **values: Any) -> Exchange:
    return exchange(begun, host=CORE, path="/aweme/v1/user/profile/self/", values=values)


def listed(begun: float = 3.0, **changes: Any) -> Exchange:
    return exchange(begun, host=CORE, path="/aweme/v1/user/follower/list/", **changes)


def shown(at: float, name: str, text: str, value: int, **more: Any) -> tuple[float, ScreenValue]:
    return at, ScreenValue(name, text, value, **more)


def look(at: float = 5.0, content: str = "offline_video", **more: Any) -> tuple[float, ContentLook]:
    return at, ContentLook(content, **more)


def opened(at: float, result: str, content: str = "offline_video") -> tuple[float, ContentOpened]:
    return at, ContentOpened(content, 1, 6, result)


def seen(at: float, *ids: str, **more: Any) -> tuple[float, Screen]:
    return at, Screen(APP, None, messages=tuple(ScreenMessage(i, i) for i in ids), **more)


CONTENT_TRUTHS: list[Truth] = [
    (
        "counter 0, the phone had more",
        (CACHED, own(follower_count=0, handle="a"), shown(4.0, "follower_count", "0", 0)),
        COUNTERS,
        "failed",
        "server",
    ),
    (
        "rows given, none on the screen",
        (
            own(1.0, follower_count=1204, handle="a"),
            listed(values={"total": 1204, "followers": 20}),
            shown(5.0, "followers", "0", 0, partial=True),
            HERE,
        ),
        FOLLOWERS,
        "failed",
        "client",
    ),
    (
        "right answer, right cache, old screen",
        (
            CACHED,
            own(follower_count=1290, handle="a"),
            shown(5.0, "follower_count", "1204", 1204),
        ),
        COUNTERS,
        "failed",
        "client",
    ),
    (
        "old copy shown while the service fails",
        (
            CACHED,
            exchange(2.0, host=CORE, path="/aweme/v1/user/profile/self/", status=503),
            shown(5.0, "follower_count", "1204", 1204),
            HERE,
        ),
        COUNTERS,
        "failed",
        "server",
    ),
    (
        "old copy shown, never asked",
        (
            CACHED,
            exchange(0.6, host=CORE, path="/aweme/v1/feed/", values={"items": 8}),
            shown(5.0, "follower_count", "1204", 1204),
            CANARY,
        ),
        COUNTERS,
        "failed",
        "client",
    ),
    (
        "list without rows, counter with",
        (
            own(1.0, follower_count=1204, handle="a"),
            listed(values={"total": 0, "followers": 0}),
            shown(5.0, "total", "0", 0),
        ),
        FOLLOWERS,
        "failed",
        "server",
    ),
    (
        "list hidden",
        (listed(envelope=Envelope("app", 2096)), seen(5.0, "private_list")),
        FOLLOWERS,
        "failed",
        "account",
    ),
    (
        "session gone at the list",
        (listed(envelope=Envelope("app", 8)), seen(5.0, "session_expired")),
        FOLLOWERS,
        "failed",
        "account",
    ),
    (
        "list goes on loading",
        (listed(values={"total": 9, "followers": 9}), seen(15.0, spinner=True)),
        FOLLOWERS,
        "failed",
        "client",
    ),
    (
        "offline videos expired",
        (CUT, look(listed=0, texts=("content_expired",), cleared=1.0)),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "offline videos cleared by the app",
        (CUT, look(listed=0, cleared=1.0)),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "offline videos gone for want of space",
        (
            (0.6, DeviceConditions(free_bytes=GIB, cut_by_us=True)),
            look(listed=0, cleared=1.0),
        ),
        OFFLINE,
        "failed",
        "device",
    ),
    (
        "offline videos gone with the clock",
        (
            (0.6, DeviceConditions(free_bytes=8 * GIB, clock_offset=95 * DAY, cut_by_us=True)),
            look(listed=0, texts=("content_expired",)),
        ),
        OFFLINE,
        "failed",
        "device",
    ),
    (
        "offline videos of another account",
        (CUT, look(listed=0, rows=0, files=0, foreign=6)),
        OFFLINE,
        "failed",
        "account",
    ),
    (
        "offline videos there and not listed",
        (CUT, look(listed=0, rows=6, files=6)),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "offline videos vanished",
        (CUT, look(listed=2, rows=2, files=2, earlier=6)),
        OFFLINE,
        "failed",
        "unknown",
    ),
    (
        "offline videos vanished, nothing visible",
        (CUT, look(listed=2, earlier=6)),
        OFFLINE,
        "failed",
        "unknown",
    ),
    (
        "offline videos do not play",
        (
            CUT,
            look(1.0, rows=6, files=6, missing=0, damaged=0),
            look(listed=6, rows=6, files=6, missing=0, damaged=0),
            *(opened(6.0 + at, "does_not_play") for at in range(6)),
        ),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "one offline video has no file",
        (
            CUT,
            look(listed=6, rows=6, files=5, missing=1, damaged=0),
            opened(6.0, "does_not_play"),
            opened(7.0, "plays"),
        ),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "drafts do not open on a closed phone",
        (
            CUT,
            look(content="draft", listed=3, unseen="closed"),
            *(opened(6.0 + at, "no_reaction", "draft") for at in range(6)),
        ),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "the list of drafts stays shut",
        (CUT, look(content="draft", unseen="page_shut")),
        OFFLINE,
        "failed",
        "client",
    ),
    (
        "a saved video's file is gone",
        (
            CUT,
            look(content="saved_video", listed=3, rows=3, files=2, missing=1, damaged=0),
            opened(6.0, "does_not_play", "saved_video"),
        ),
        OFFLINE,
        "failed",
        "device",
    ),
    (
        "a saved video is damaged",
        (
            CUT,
            look(content="saved_video", listed=3, rows=3, files=2, missing=0, damaged=1),
            opened(6.0, "does_not_play", "saved_video"),
        ),
        OFFLINE,
        "failed",
        "unknown",
    ),
    (
        "whole saved videos do not play",
        (
            CUT,
            look(content="saved_video", listed=3, rows=3, files=3, missing=0, damaged=0),
            opened(6.0, "does_not_play", "saved_video"),
        ),
        OFFLINE,
        "failed",
        "device",
    ),
    (
        "content works although the service is down",
        (
            CUT,
            exchange(0.1, host=CORE, path="/aweme/v1/feed/", status=503),
            look(listed=6, rows=6, files=6),
            opened(6.0, "plays"),
        ),
        {**OFFLINE, "result": "passed"},
        "passed",
        "none",
    ),
    (
        "no offline video listed, and nothing to compare",
        (CUT, look(listed=0, unseen="closed")),
        {**OFFLINE, "result": "passed"},
        "passed",
        "none",
    ),
]
