"""Answers of the shape that the app profile `tiktok` describes. Invented content."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

from tests.faultlab.origin_http1 import Reply, answer

Body = dict[str, object]


def _logid() -> str:
    return datetime.now(tz=UTC).strftime("%Y%m%d%H%M%S") + "0123456789ABCDEF0123"


def app_body(code: int = 0, message: str = "", **more: object) -> Body:
    """The app API's envelope."""
    logid = _logid()
    return {
        "status_code": code,
        "status_msg": message,
        "extra": {"now": int(time.time() * 1000), "logid": logid},
        "log_pb": {"impr_id": logid},
        **more,
    }


def passport_error(code: int, description: str = "") -> Body:
    """The log-in service's envelope of a refusal."""
    data = {"captcha": "", "description": description, "error_code": code}
    return {"data": data, "message": "error"}


def logged_in() -> Body:
    """The log-in service's envelope of a success."""
    data = {
        "user_id": 7012345678901234567,
        "session_key": "0" * 32,
        "followers_count": 1204,
        "followings_count": 88,
    }
    return {"data": data, "message": "success"}


def profile(followers: int | None = 1204, handle: str = "lab.account") -> Body:
    """The own profile; `followers` None leaves the counter out."""
    user: Body = {
        "unique_id": handle,
        "nickname": "Lab",
        "follower_count": followers,
        "following_count": 88,
        "history_max_follower_count": 1310,
    }
    if followers is None:
        del user["follower_count"]
    return app_body(user=user)


def followers(shown: int = 20, total: int = 1204) -> Body:
    """A page of the follower list."""
    people = [{"uid": str(number), "nickname": f"n{number}"} for number in range(shown)]
    return app_body(followers=people, total=total, has_more=shown < total)


def feed(items: int = 6) -> Body:
    """A page of the feed."""
    return app_body(aweme_list=[{"aweme_id": str(number)} for number in range(items)], has_more=1)


def says(body: Body, status: int = 200) -> Reply:
    """The body as an answer."""
    return answer(status, json.dumps(body), "application/json; charset=utf-8")
