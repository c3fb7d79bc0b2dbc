import asyncio

import httpx
import pytest

from harness.simphone.ui.rest.faults import UiServerFaults
from harness.simphone.ui.rest.instrumentation import PACKAGE
from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import FakePhone


def broken(**switches: bool | float | str) -> FakePhone:
    return FakePhone(ui_faults=UiServerFaults(**switches))  # pyright: ignore[reportArgumentType] - table


def test_a_dropped_socket() -> None:
    async def script(driver: Driver) -> None:
        with pytest.raises(httpx.RemoteProtocolError):
            await driver.get("orientation")
        assert (await driver.http.get("/status")).status_code == 200

    drive(script, broken(drop=True))


def test_garbage() -> None:
    async def script(driver: Driver) -> None:
        answer = await driver.send("GET", "orientation")
        assert (answer.status_code, answer.content) == (200, b"{oops")

    drive(script, broken(garbage=True))


def test_a_hanging_command_while_others_go_on() -> None:
    async def script(driver: Driver) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(driver.get("orientation"), 0.1)
        assert await driver.get("window/current/size") == {"width": 1080, "height": 2400}

    drive(script, broken(hang=True, paths="^orientation"))


def test_a_crash_ends_the_instrumentation() -> None:
    async def script(driver: Driver) -> None:
        with pytest.raises(httpx.TransportError):
            await driver.get("orientation")
        await asyncio.wait_for(driver.running, 2)

    phone = drive(script, broken(crash=True))
    assert phone.processes.killed == [(PACKAGE, "crash")]


def test_a_fault_may_strike_a_number_of_times() -> None:
    async def script(driver: Driver) -> None:
        for _ in range(2):
            assert (await driver.send("GET", "orientation")).content == b"{oops"
        assert await driver.get("orientation") == "PORTRAIT"

    drive(script, broken(garbage=True, count=2))


def test_slowness() -> None:
    async def script(driver: Driver) -> None:
        loop = asyncio.get_running_loop()
        before = loop.time()
        assert await driver.get("orientation") == "PORTRAIT"
        assert loop.time() - before >= 0.05

    drive(script, broken(delay=0.05))
