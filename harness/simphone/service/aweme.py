"""App API endpoints: settings, own profile, follower lists, feed, play address."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from harness.simphone.service.accounts import Account, AccountBook, Follower
from harness.simphone.service.clips import CLIPS, PAGE, Clip
from harness.simphone.service.envelopes import CODES, LogId, app_envelope
from harness.simphone.service.hosts import API_HOST, CAPTCHA_HOST, CDN_HOST, LOGIN_HOST


class Aweme:
    """Answers of `/aweme/v1/…` and of the settings service."""

    def __init__(self, accounts: AccountBook) -> None:
        self._accounts = accounts

    async def settings(self, _request: Request) -> JSONResponse:
        """Which hosts to use, and notices that the app has to show."""
        data = {
            "login_host": LOGIN_HOST,
            "api_host": API_HOST,
            "cdn_host": CDN_HOST,
            "captcha_host": CAPTCHA_HOST,
            "region_ban": None,
            "force_update": None,
            "popup": None,
        }
        return _json({"data": data, "message": "success"})

    async def compliance(self, _request: Request) -> JSONResponse:
        """What the law asks of the app; the app's start asks a host of another region for it."""
        return _json(app_envelope(LogId.make(), {"compliance_settings": {"enable_impressum": 0}}))

    async def profile(self, request: Request) -> JSONResponse:
        """The logged-in user's own block."""
        account = self._account(request)
        if account is None:
            return _refused("session-expired", "Login expired")
        return _json(app_envelope(LogId.make(), {"user": _user(account)}))

    async def followers(self, request: Request) -> JSONResponse:
        """First page of those who follow."""
        account = self._account(request)
        if account is None:
            return _refused("session-expired", "Login expired")
        return _page("followers", account.followers, account.follower_count, account)

    async def following(self, request: Request) -> JSONResponse:
        """First page of those who are followed."""
        account = self._account(request)
        if account is None:
            return _refused("session-expired", "Login expired")
        return _page("followings", account.following, account.following_count, account)

    async def feed(self, request: Request) -> JSONResponse:
        """Clips for everyone, also for those without an account: `count` from `max_cursor` on."""
        begin = _number(request, "max_cursor", 0)
        end = min(begin + _number(request, "count", PAGE), len(CLIPS))
        fields = {
            "aweme_list": [feed_item(clip) for clip in CLIPS[begin:end]],
            "has_more": int(end < len(CLIPS)),
            "min_cursor": begin,
            "max_cursor": end,
        }
        return _json(app_envelope(LogId.make(), fields))

    async def play(self, request: Request) -> Response:
        """Sends a player on to the CDN."""
        clip = request.query_params.get("video_id", CLIPS[0].clip_id)
        return RedirectResponse(f"https://{CDN_HOST}/video/{clip}.mp4", status_code=302)

    def _account(self, request: Request) -> Account | None:
        return self._accounts.of_session(request.cookies.get("sessionid"))


def _user(account: Account) -> dict[str, object]:
    return {
        "uid": account.uid,
        "sec_uid": account.sec_uid,
        "unique_id": account.user,
        "nickname": account.nickname,
        "follower_count": account.follower_count,
        "history_max_follower_count": account.follower_count,
        "following_count": account.following_count,
        "total_favorited": account.total_favorited,
        "register_time": account.registered,
        "avatar_thumb": {"url_list": [f"https://{CDN_HOST}/avatar/{account.uid}.jpeg"]},
    }


def _page(key: str, rows: list[Follower], total: int, account: Account) -> JSONResponse:
    people = [{"uid": r.uid, "unique_id": r.handle, "nickname": r.nickname} for r in rows]
    fields: Mapping[str, object] = {
        key: people,
        "total": total,
        "has_more": total > len(rows),
        "min_time": 1_600_000_000,
        "max_time": 1_700_000_000,
        "offset": 0,
        "rec_has_more": False,
        "myself_user_id": account.uid,
    }
    return _json(app_envelope(LogId.make(), fields))


def feed_item(clip: Clip) -> dict[str, object]:
    """A clip as the feed lists it."""
    return {
        "aweme_id": clip.clip_id,
        "desc": clip.caption,
        "author": {"unique_id": clip.author, "nickname": clip.author.title()},
        "statistics": {
            "digg_count": clip.likes,
            "comment_count": clip.comments,
            "share_count": clip.shares,
            "play_count": clip.likes * 11,
        },
        "video": {"play_addr": {"url_list": [f"https://{CDN_HOST}/video/{clip.clip_id}.mp4"]}},
    }


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    return int(text) if text.isdigit() else default


def _refused(code_name: str, text: str) -> JSONResponse:
    return _json(app_envelope(LogId.make(), code=CODES[code_name], message=text))


def _json(body: dict[str, object]) -> JSONResponse:
    extra = body.get("extra")
    logid = str(extra["logid"]) if isinstance(extra, dict) else LogId.make().text
    return JSONResponse(body, headers={"x-tt-logid": logid})
