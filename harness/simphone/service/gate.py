"""Stands before the healthy service and lets requests meet the trouble of the day."""

from __future__ import annotations

from harness.simphone.service.exchange import Asgi, Exchange, Receive, Reply, Scope, Send
from harness.simphone.service.routes import need_of
from harness.simphone.service.trouble import Trouble


class Gate:
    """ASGI application around another."""

    def __init__(self, inner: Asgi, trouble: Trouble) -> None:
        self._inner = inner
        self._trouble = trouble
        self.asked: list[tuple[str, str]] = []
        """Method and path of each request, oldest first; for tests and the control address."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        path = str(scope["path"])
        self.asked.append((str(scope["method"]), path))
        need = need_of(path)
        exchange = Exchange(scope, receive, send, self._inner, need)
        if self._trouble.portal:
            await exchange.answer(_PORTAL)
            return
        fault = self._trouble.for_request(need)
        if fault is None or fault.answer is None:
            await self._inner(scope, receive, send)
        else:
            await fault.answer(exchange)


_PORTAL = Reply(
    302,
    b"<html><body>Welcome to our Wi-Fi. Please sign in.</body></html>",
    (("content-type", "text/html"), ("location", "http://login.hotel-wifi.example/")),
)
