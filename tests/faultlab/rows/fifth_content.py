"""Fifth draw, told of a phone: what is to work without network."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from harness.domain.facts.storage import ContentLook, ContentOpened
from tests.faultlab.fault import Fault
from tests.faultlab.phone import Seen, Step, Tale, message
from tests.faultlab.rows.fifth_phone import OFFLINE
from tests.faultlab.rows.making import CLIENT, DEVICE, FINE
from tests.faultlab.rows.mixed import unclear
from tests.faultlab.rows.telling import (
    NO_INTERNET,
    told,
)


def offline(
    name: str,
    truth: tuple[str, str],
    breaks: str,
    before: ContentLook,
    now: ContentLook,
    *opened: ContentOpened,
    problem: str | None = None,
    texts: tuple[str, str] | None = None,
) -> Fault:
    """Offline videos, tried without the network that we took away ourselves."""
    off = {"airplane": True, "wifi": False, "cut_by_us": True, **OFFLINE}
    looked = Step(
        "look at what lies on the phone", page="feed", seen=(("adb", "content.look", before),)
    )
    opening = Step("open the app without network", messages=(NO_INTERNET,))
    seen: tuple[Seen, ...] = (
        ("adb", "content.look", now),
        *(("appium", "content.opened", one) for one in opened),
    )
    videos = Step(
        "play the offline videos",
        page="offline_videos",
        seen=seen,
        phone=off,
        problem=problem,
        messages=(message(*texts),) if texts else (),
    )
    return told(
        name, truth, breaks, Tale("offline_content", (looked, opening, videos), control=False)
    )


def videos(rows: int, files: int, **more: Any) -> ContentLook:
    """A look at the offline videos."""
    facts: dict[str, Any] = {"missing": 0, "damaged": 0, "foreign": 0} | more
    return ContentLook("offline_video", rows=rows, files=files, **facts)


PLAYS = [ContentOpened("offline_video", ordinal, 6, "plays") for ordinal in range(1, 7)]


STANDS = ContentOpened("offline_video", 3, 6, "does_not_play", "cannot_open")


ROWS = (
    offline(
        "f5_videos_cleared_by_app",
        CLIENT,
        "the app cleared its own expired videos and says so",
        videos(6, 6),
        videos(0, 0, listed=0, earlier=6, cleared=1_795_000_000.0, texts=("content_expired",)),
        problem="6 offline videos are gone: the app cleared them",
        texts=("content_expired", "Your offline videos have expired"),
    ),
    offline(
        "f5_videos_lie_unlisted",
        CLIENT,
        "six whole videos on the phone, the page lists none",
        videos(6, 6),
        videos(6, 6, listed=0, earlier=6),
        problem="0 offline videos are listed, 6 lie on the phone",
    ),
    offline(
        "f5_whole_video_stands_still",
        CLIENT,
        "a whole file does not play",
        videos(6, 6),
        videos(6, 6, listed=6, earlier=6),
        *PLAYS[:2],
        STANDS,
        *PLAYS[3:],
        problem="1 of 6 offline videos do not open without network",
        texts=("cannot_open", "Couldn't play this video"),
    ),
    unclear(
        offline(
            "f5_files_gone_under_rows",
            DEVICE,
            "a cleaner on the phone took four files; the app's table has them still",
            videos(6, 2, missing=4),
            videos(6, 2, missing=4, listed=6, earlier=6),
            *PLAYS[:2],
            *(replace(STANDS, ordinal=n) for n in (3, 4, 5, 6)),
            problem="4 of 6 offline videos do not open without network",
        )
    ),
    offline(
        "f5_videos_all_play_fine",
        FINE,
        "six videos, all play",
        videos(6, 6),
        videos(6, 6, listed=6, earlier=6),
        *PLAYS,
    ),
)
