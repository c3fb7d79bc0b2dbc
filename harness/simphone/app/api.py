"""The app's side of the service's endpoints."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlencode

from harness.simphone.app.state import Person, Profile, Video
from harness.simphone.network.client import Answer, PhoneClient
from harness.simphone.network.failures import UnreadableAnswerError

MIXED_KEY = 5
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


class StatusError(Exception):
    """The service answered with an HTTP status of failure."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class EnvelopeError(Exception):
    """The service answered 200 and refused."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"code {code}: {text}")
        self.code = code
        self.text = text


@dataclass(slots=True)
class Hosts:
    """Which hosts to ask; the settings answer may change them."""

    login: str = "api16-normal-c-useast1a.tiktokv.com"
    api: str = "api16-core-c-useast1a.tiktokv.com"
    log: str = "log19-normal-useast1a.tiktokv.com"
    monitor: str = "mon-va.byteoversea.com"
    captcha: str = "verification-va.tiktokv.com"
    abroad: str = "api22-normal-c-alisg.tiktokv.com"


@dataclass(slots=True)
class Session:
    """A log-in that the app holds; empty when logged out."""

    token: str = field(default="", repr=False)
    cookie: str = field(default="", repr=False)


HeaderMaker = Callable[[str | None, str | None], Mapping[str, str]]


class TikTokApi:
    """Raises `failures.NetworkError`, StatusError or EnvelopeError from every call."""

    def __init__(
        self, client: PhoneClient, *, query: Callable[[], str], headers: HeaderMaker
    ) -> None:
        self.hosts = Hosts()
        self.session = Session()
        self._client = client
        self._query = query
        self._headers = headers

    async def settings(self) -> dict[str, Any]:
        """Settings at app start; takes over the hosts that it names."""
        data = _object(await self._get(self.hosts.api, "/service/settings/v3/", None), "data")
        self.hosts.login = str(data.get("login_host") or self.hosts.login)
        self.hosts.api = str(data.get("api_host") or self.hosts.api)
        return data

    async def feed(
        self, seconds: float | None = None, *, begin: int = 0, count: int | None = None
    ) -> tuple[Video, ...]:
        """Clips of the For You feed from `begin` on; fewer than `count` at its end."""
        params = {} if count is None else {"max_cursor": str(begin), "count": str(count)}
        body = await self._get(self.hosts.api, "/aweme/v1/feed/", seconds, **params)
        try:
            return tuple(_video(item) for item in body["aweme_list"])
        except (KeyError, TypeError, IndexError) as error:
            raise UnreadableAnswerError(f"No value for {error}") from error

    async def clip(self, url: str) -> bytes:
        """Bytes of a clip from the CDN."""
        answer = await self._client.request("GET", url, headers=self._plain())
        if answer.status != 200:
            raise StatusError(answer.status)
        return answer.body

    async def profile(self, seconds: float | None = None) -> Profile:
        """The own block."""
        body = await self._get(self.hosts.api, "/aweme/v1/user/profile/self/", seconds)
        return _profile(_object(body, "user"))

    async def people(
        self, kind: str, uid: str, seconds: float | None = None
    ) -> tuple[int, tuple[Person, ...]]:
        """(total, rows) of "followers" or "following"."""
        which = "follower" if kind == "followers" else "following"
        path = f"/aweme/v1/user/{which}/list/"
        body = await self._get(self.hosts.api, path, seconds, user_id=uid, count="20")
        try:
            rows = body["followers" if kind == "followers" else "followings"]
            found = tuple(Person(str(r["unique_id"]), str(r["nickname"])) for r in rows)
            return int(body["total"]), found
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableAnswerError(f"No value for {error}") from error

    async def check_name(self, user: str, seconds: float) -> None:
        """Asks whether the log-in name exists, before the password is sent."""
        await self._post_form(
            self.hosts.login,
            "/passport/user/check_login_name/",
            {"mix_mode": "1", "username": _mixed(user)},
            seconds,
        )

    async def log_in(self, user: str, password: str, seconds: float) -> dict[str, Any]:
        """Logs in by password and keeps the session; the passport's `data`."""
        form = {
            "mix_mode": "1",
            "multi_login": "1",
            "account_sdk_source": "app",
            "username": _mixed(user),
            "password": _mixed(password),
        }
        answer = await self._post_form(self.hosts.login, "/passport/user/login/", form, seconds)
        data = _object(answer.json(), "data")
        cookie = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        self.session = Session(answer.headers.get("x-tt-token", ""), cookie)
        return data

    async def log_out(self) -> None:
        """Tells the service that the session ends."""
        await self._post_form(self.hosts.login, "/passport/user/logout/", {}, None)

    async def send_events(self, events: list[dict[str, object]]) -> None:
        """Telemetry; the app ignores how it ends."""
        body = json.dumps({"event_v3": events}).encode()
        headers = {**self._plain(), "content-type": "application/json"}
        for host, path in (
            (self.hosts.log, "/service/2/app_log/"),
            (self.hosts.monitor, "/monitor/collect/"),
        ):
            url = f"https://{host}{path}?{self._query()}"
            await self._client.request("POST", url, headers=headers, content=body)

    async def load(self, host: str, path: str) -> None:
        """Loads what the app does not read itself: the verification page, settings of the law."""
        await self._get(host, path, None)

    async def preconnect(self) -> None:
        """Opens a spare connection to the API host."""
        await self._client.preconnect(self.hosts.api)

    async def malformed(self, host: str, path: str, seconds: float) -> None:
        """Sends a request with a blank in a header name; raises StatusError or NetworkError."""
        text = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nX Bad: 1\r\nContent-Length: 0\r\n\r\n"
        raise StatusError(await self._client.raw(host, text.encode(), seconds=seconds))

    async def _get(
        self, host: str, path: str, seconds: float | None, **params: str
    ) -> dict[str, Any]:
        query = self._query() + ("&" + urlencode(params) if params else "")
        headers = self._headers(self.session.token or None, self.session.cookie or None)
        url = f"https://{host}{path}?{query}"
        answer = await self._client.request("GET", url, headers=headers, seconds=seconds)
        return _checked(answer)

    async def _post_form(
        self, host: str, path: str, form: Mapping[str, str], seconds: float | None
    ) -> Answer:
        headers = {
            **self._headers(self.session.token or None, self.session.cookie or None),
            "content-type": FORM,
        }
        url = f"https://{host}{path}?{self._query()}"
        content = urlencode(form).encode()
        answer = await self._client.request(
            "POST", url, headers=headers, content=content, seconds=seconds
        )
        _checked(answer)
        return answer

    def _plain(self) -> dict[str, str]:
        return dict(self._headers(None, None))


def _checked(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise StatusError(answer.status)
    body = answer.json()
    if body.get("message") == "error":
        data = _object(body, "data")
        raise EnvelopeError(int(data.get("error_code", -1)), str(data.get("description", "")))
    if body.get("status_code", 0) != 0:
        raise EnvelopeError(int(body["status_code"]), str(body.get("status_msg", "")))
    return body


def _object(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = body.get(key)
    if not isinstance(found, dict):
        raise UnreadableAnswerError(f"No value for {key}")
    return cast("dict[str, Any]", found)


def _profile(user: Mapping[str, Any]) -> Profile:
    try:
        return Profile(
            uid=str(user["uid"]),
            sec_uid=str(user["sec_uid"]),
            handle=str(user["unique_id"]),
            nickname=str(user["nickname"]),
            followers=int(user["follower_count"]),
            following=int(user["following_count"]),
            likes=int(user["total_favorited"]),
            registered=int(user.get("register_time", 0)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableAnswerError(f"No value for {error}") from error


def _video(item: Mapping[str, Any]) -> Video:
    counts = item["statistics"]
    return Video(
        clip_id=str(item["aweme_id"]),
        author=str(item["author"]["unique_id"]),
        caption=str(item["desc"]),
        likes=int(counts["digg_count"]),
        comments=int(counts["comment_count"]),
        shares=int(counts["share_count"]),
        url=str(item["video"]["play_addr"]["url_list"][0]),
    )


def _mixed(text: str) -> str:
    """The app's trivially reversible form encoding: each byte XOR 5, as hex."""
    return "".join(f"{byte ^ MIXED_KEY:02x}" for byte in text.encode())
