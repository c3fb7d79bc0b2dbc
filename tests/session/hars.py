"""HARs in the shapes of the tools that people have: the same outage, told five ways."""

from __future__ import annotations

import json
from typing import Any

HOST = "https://api.corner-shop.example/v1/items"


def _headers(**values: str) -> list[dict[str, str]]:
    return [{"name": name.replace("_", "-"), "value": value} for name, value in values.items()]


def _har(tool: str, version: str, *entries: dict[str, Any], **log: Any) -> str:
    creator = {"name": tool, "version": version}
    return json.dumps({"log": {"version": "1.2", "creator": creator, "entries": entries, **log}})


def _request(url: str = HOST, version: str = "HTTP/2") -> dict[str, Any]:
    return {
        "method": "GET", "url": url, "httpVersion": version, "cookies": [], "headers": [],
        "queryString": [], "headersSize": -1, "bodySize": 0,
    }  # fmt: skip


def _content(text: str, kind: str = "text/html") -> dict[str, Any]:
    return {"size": len(text), "mimeType": kind, "text": text}


def chrome() -> str:
    """Chromium: http/3 as "h3", `_error` on calls that failed, a page list."""
    return _har(
        "WebInspector", "537.36",
        {
            "_initiator": {"type": "script"}, "_priority": "High", "_resourceType": "fetch",
            "cache": {}, "connection": "443", "pageref": "page_1",
            "request": _request(version="h3"),
            "response": {
                "status": 503, "statusText": "", "httpVersion": "h3", "cookies": [],
                "headers": _headers(content_type="text/html", server="cloudflare"),
                "content": _content("<html>503</html>"), "redirectURL": "", "headersSize": -1,
                "bodySize": -1, "_transferSize": 900, "_error": None,
            },
            "serverIPAddress": "192.0.2.7", "startedDateTime": "2026-11-20T10:00:00.123Z",
            "time": 91.2,
            "timings": {
                "blocked": 3.2, "dns": -1, "ssl": -1, "connect": -1, "send": 0.2, "wait": 80.0,
                "receive": 7.8, "_blocked_queueing": 2.1,
            },
        },
        {
            "_resourceType": "fetch", "request": _request(version=""),
            "response": {
                "status": 0, "statusText": "", "httpVersion": "", "headers": [],
                "content": {"size": 0, "mimeType": "x-unknown"}, "_error": "net::ERR_ABORTED",
            },
            "startedDateTime": "2026-11-20T10:00:02.000Z", "time": 4000.0, "timings": {},
        },
        pages=[{"id": "page_1", "title": "x", "pageTimings": {}}],
    )  # fmt: skip


def firefox() -> str:
    """Firefox: local times with an offset, no field for an error, header sizes that fit."""
    return _har(
        "Firefox", "133.0",
        {
            "startedDateTime": "2026-11-20T11:00:00.123+01:00", "request": _request(),
            "response": {
                "status": 503, "statusText": "Service Unavailable", "httpVersion": "HTTP/2",
                "headers": _headers(server="nginx", content_type="text/html"), "cookies": [],
                "content": _content("<html>503</html>", "text/html; charset=utf-8"),
                "redirectURL": "", "headersSize": 120, "bodySize": 136,
            },
            "cache": {}, "time": 84, "_securityState": "secure", "connection": "443",
            "timings": {"blocked": 0, "dns": 0, "connect": 0, "ssl": 0, "send": 0, "wait": 84,
                        "receive": 0},
        },
        browser={"name": "Firefox", "version": "133.0"},
    )  # fmt: skip


def charles() -> str:
    """Charles: states of its own, times in local time, a body in base64."""
    return _har(
        "Charles Proxy", "4.6.6",
        {
            "startedDateTime": "2026-11-20T11:00:00.123+01:00", "time": 50, "request": _request(),
            "response": {
                "_charlesStatus": "COMPLETE", "status": 503, "statusText": "Service Unavailable",
                "httpVersion": "HTTP/1.1", "headers": _headers(Content_Type="text/html"),
                "content": {"size": 8, "mimeType": "text/html", "encoding": "base64",
                            "text": "PGh0bWw+"},
            },
            "serverIPAddress": "192.0.2.7", "cache": {},
            "timings": {"dns": 1, "connect": 9, "ssl": 12, "send": 0, "wait": 20, "receive": 1},
        },
        comment="Reloaded from session",
    )  # fmt: skip


def fiddler(text: str = "<html>503</html>", status: int = 503) -> str:
    """Fiddler: seven digits of a second, a comment a call, pages of its own at a failure."""
    return "\ufeff" + _har(
        "Fiddler", "5.0.20242.10753",
        {
            "startedDateTime": "2026-11-20T11:00:00.1234567+01:00", "time": 60,
            "comment": "[#12]", "connection": "ClientPort:51234;EgressPort:51235",
            "request": _request(version="HTTP/1.1"),
            "response": {
                "status": status, "statusText": "x", "httpVersion": "HTTP/1.1",
                "headers": _headers(Content_Type="text/html"), "cookies": [],
                "content": {**_content(text), "compression": 0}, "redirectURL": "",
            },
            "cache": {}, "timings": {"dns": -1, "connect": -1, "send": 0, "wait": 58, "receive": 2},
        },
        pages=[], comment="exported @ 11:02:03",
    )  # fmt: skip


def pcapdroid() -> str:
    """PCAPdroid: the app's name at each call, few times, nulls for what was not seen."""
    return _har(
        "PCAPdroid", "1.7.5",
        {
            "startedDateTime": "2026-11-20T10:00:00.000Z", "time": 42, "_appName": "Shop",
            "_uid": 10142, "request": _request(version="HTTP/1.1"),
            "response": {
                "status": 503, "statusText": "Service Unavailable", "httpVersion": "HTTP/1.1",
                "headers": _headers(Content_Type="text/html"), "content": _content("<html/>"),
                "redirectURL": "",
            },
            "cache": {}, "timings": {"send": 0, "wait": 42, "receive": 0}, "serverIPAddress": None,
        },
        {"startedDateTime": "2026-11-20T10:00:01.000Z", "request": _request(), "response": None},
    )  # fmt: skip


SHAPES = {
    "chrome": chrome, "firefox": firefox, "charles": charles, "fiddler": fiddler,
    "pcapdroid": pcapdroid,
}  # fmt: skip
