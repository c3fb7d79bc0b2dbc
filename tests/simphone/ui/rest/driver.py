"""A client of the UiAutomator2 server, as Appium's driver is one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from harness.simphone.ui.rest.elements import ELEMENT_KEY
from harness.simphone.ui.rest.instrumentation import PHONE_PORT, run_instrumentation
from tests.simphone.ui.stand_ins import FakePhone


class Driver:
    """One session with the server of a running instrumentation."""

    def __init__(
        self, phone: FakePhone, http: httpx.AsyncClient, running: asyncio.Task[None]
    ) -> None:
        self.phone = phone
        self.http = http
        self.running = running
        self.session = ""

    async def start(self) -> None:
        answer = await self.http.post("/session", json={"capabilities": {"firstMatch": [{}]}})
        self.session = answer.json()["value"]["sessionId"]

    async def send(self, method: str, path: str, body: object = None) -> httpx.Response:
        target = f"/session/{self.session}/{path}" if path else f"/session/{self.session}"
        return await self.http.request(method, target, json=body)

    async def get(self, path: str) -> Any:
        return _value(await self.send("GET", path))

    async def post(self, path: str, body: object = None) -> Any:
        return _value(await self.send("POST", path, body or {}))

    async def error(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Status and W3C name of the error that this request gets."""
        answer = await self.send(method, path, body)
        return answer.status_code, answer.json()["value"]["error"]

    async def find(self, strategy: str, selector: str, context: str = "") -> str:
        body = {"strategy": strategy, "selector": selector, "context": context, "multiple": False}
        return (await self.post("element", body))[ELEMENT_KEY]


def _value(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()["value"]


def drive(script: Callable[[Driver], Awaitable[None]], phone: FakePhone | None = None) -> FakePhone:
    """Runs `script` with a session on a phone; the server is gone afterwards."""
    phone = phone or FakePhone()

    async def main() -> None:
        running = asyncio.create_task(run_instrumentation(phone.parts))
        await asyncio.wait_for(phone.network.listening.wait(), 5)
        address = f"http://127.0.0.1:{phone.network.ports[PHONE_PORT]}"
        async with httpx.AsyncClient(base_url=address, timeout=5, trust_env=False) as http:
            driver = Driver(phone, http, running)
            await driver.start()
            try:
                await script(driver)
            finally:
                running.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await running

    asyncio.run(main())
    return phone
