"""Passport endpoints: log-in name check, log-in by password, log-out."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse

from harness.simphone.service.accounts import Account, AccountBook, RefusedError, unmixed
from harness.simphone.service.envelopes import CODES, LogId, passport_error, passport_success

COOKIE_SECONDS = 15_552_000
FORMAT_CODE = CODES["internal"]


class Passport:
    """Answers of `/passport/…`; all HTTP 200, as the real service's refusals are."""

    def __init__(self, accounts: AccountBook) -> None:
        self._accounts = accounts

    async def check_name(self, request: Request) -> JSONResponse:
        """Whether a log-in name exists (asked before the password is sent)."""
        form = dict(parse_qsl((await request.body()).decode()))
        try:
            known = self._accounts.knows(unmixed(form.get("username", "")))
        except ValueError:
            return _json(passport_error(FORMAT_CODE, "malformed request"))
        return _json(passport_success({"is_registered": known}))

    async def log_in(self, request: Request) -> JSONResponse:
        """Form: mix_mode, multi_login, account_sdk_source, username and password (mixed)."""
        form = dict(parse_qsl((await request.body()).decode()))
        try:
            user, password = unmixed(form["username"]), unmixed(form["password"])
        except (KeyError, ValueError):
            return _json(passport_error(FORMAT_CODE, "malformed request"))
        try:
            account, token = self._accounts.log_in(user, password)
        except RefusedError as refusal:
            return _json(passport_error(CODES[refusal.code_name], refusal.text))
        return _welcome(account, token)

    async def log_out(self, request: Request) -> JSONResponse:
        """Ends the session of the cookie."""
        self._accounts.log_out(request.cookies.get("sessionid"))
        return _json(passport_success({}))


def _welcome(account: Account, token: str) -> JSONResponse:
    data: dict[str, object] = {
        "user_id": int(account.uid),
        "user_id_str": account.uid,
        "sec_user_id": account.sec_uid,
        "name": account.user,
        "screen_name": account.nickname,
        "email": f"{account.user[0]}***@e******.test",
        "session_key": token,
        "followers_count": account.follower_count,
        "followings_count": account.following_count,
        "new_user": 0,
    }
    answer = _json(passport_success(data))
    answer.headers["x-tt-token"] = f"01{secrets.token_hex(32)}-1.0.1"
    for name in ("sessionid", "sessionid_ss", "sid_tt"):
        answer.set_cookie(
            name,
            token,
            max_age=COOKIE_SECONDS,
            domain="tiktokv.com",
            secure=True,
            httponly=True,
        )
    return answer


def _json(body: dict[str, object]) -> JSONResponse:
    return JSONResponse(body, headers={"x-tt-logid": LogId.make().text})
