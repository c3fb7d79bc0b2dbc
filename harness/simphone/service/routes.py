"""Which path answers what, and which need of the app it serves."""

from __future__ import annotations

import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from harness.simphone.service.accounts import AccountBook
from harness.simphone.service.aweme import Aweme
from harness.simphone.service.clips import clip_bytes
from harness.simphone.service.hosts import CONNECTIVITY_HOST, CONTROL_HOST
from harness.simphone.service.passport import Passport

NEEDS = {
    "/passport/user/check_login_name/": "login-check",
    "/passport/user/login/": "login",
    "/passport/user/logout/": "logout",
    "/service/settings/v3/": "config",
    "/aweme/v1/compliance/settings/": "compliance",
    "/aweme/v1/user/profile/self/": "profile",
    "/aweme/v1/user/follower/list/": "followers",
    "/aweme/v1/user/following/list/": "following",
    "/aweme/v1/feed/": "feed",
    "/aweme/v1/play/": "play",
    "/service/2/app_log/": "telemetry",
    "/monitor/collect/": "telemetry",
    "/captcha/get": "captcha",
    "/generate_204": "control",
}


def need_of(path: str) -> str:
    """The need that a path serves; "" for paths that no scenario is about."""
    if path.startswith(("/video/", "/avatar/")):
        return "cdn"
    return NEEDS.get(path, "")


def make_application(accounts: AccountBook) -> Starlette:
    """The healthy service."""
    passport, aweme = Passport(accounts), Aweme(accounts)
    return Starlette(
        routes=[
            Route("/passport/user/check_login_name/", passport.check_name, methods=["POST"]),
            Route("/passport/user/login/", passport.log_in, methods=["POST"]),
            Route("/passport/user/logout/", passport.log_out, methods=["POST"]),
            Route("/service/settings/v3/", aweme.settings),
            Route("/aweme/v1/compliance/settings/", aweme.compliance),
            Route("/aweme/v1/user/profile/self/", aweme.profile),
            Route("/aweme/v1/user/follower/list/", aweme.followers),
            Route("/aweme/v1/user/following/list/", aweme.following),
            Route("/aweme/v1/feed/", aweme.feed),
            Route("/aweme/v1/play/", aweme.play),
            Route("/service/2/app_log/", _telemetry, methods=["POST"]),
            Route("/monitor/collect/", _telemetry, methods=["POST"]),
            Route("/captcha/get", _captcha),
            Route("/video/{name}", _video),
            Route("/avatar/{name}", _avatar),
            Route("/generate_204", _no_content),
            Route("/", _root),
        ]
    )


async def _telemetry(request: Request) -> JSONResponse:
    body = await request.body()
    try:
        events = len(json.loads(body).get("event_v3", [])) if body else 0
    except (ValueError, AttributeError):
        return JSONResponse({"message": "error"}, status_code=400)
    return JSONResponse({"message": "success", "received": events})


async def _captcha(_request: Request) -> JSONResponse:
    data = {"mode": "slide", "question": "Drag the slider to fit the puzzle"}
    return JSONResponse({"code": 200, "data": data, "message": "success"})


async def _video(request: Request) -> Response:
    clip_id = str(request.path_params["name"]).removesuffix(".mp4")
    headers = {"x-cache": "TCP_HIT from simulated-edge", "cache-control": "max-age=3600"}
    try:
        data = clip_bytes(clip_id)
    except ValueError:
        return PlainTextResponse("not found\n", status_code=404)
    return Response(data, media_type="video/mp4", headers=headers)


async def _avatar(_request: Request) -> Response:
    return Response(b"\xff\xd8\xff\xd9", media_type="image/jpeg")


async def _no_content(_request: Request) -> Response:
    return Response(status_code=204)


async def _root(request: Request) -> Response:
    if request.headers.get("host", "") in (CONTROL_HOST, CONNECTIVITY_HOST):
        return PlainTextResponse("ok\n")
    return PlainTextResponse("simulated\n")
