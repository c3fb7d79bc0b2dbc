import asyncio

import pytest

from harness.simphone.ui.rest.instrumentation import PACKAGE, PHONE_PORT, run_instrumentation
from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import FakePhone


def test_a_deleted_session_ends_server_process_and_port() -> None:
    async def script(driver: Driver) -> None:
        assert driver.phone.processes.find(PACKAGE) is not None
        answer = await driver.http.delete(f"/session/{driver.session}")
        assert answer.json()["value"] is None
        await asyncio.wait_for(driver.running, 2)

    phone = drive(script)
    assert phone.network.ports == {}
    assert phone.processes.killed == [(PACKAGE, "exit self")]


def test_a_killed_process_ends_it() -> None:
    async def script(driver: Driver) -> None:
        process = driver.phone.processes.find(PACKAGE)
        assert process is not None
        driver.phone.processes.kill(process.pid, reason="user requested")
        await asyncio.wait_for(driver.running, 2)

    phone = drive(script)
    assert phone.network.ports == {}
    assert phone.processes.killed == [(PACKAGE, "user requested")]


def test_a_process_that_is_there_is_used() -> None:
    phone = FakePhone()
    phone.processes.start(PACKAGE, uid=10123, package=PACKAGE)

    async def script(driver: Driver) -> None:
        assert len(driver.phone.processes.live) == 1
        assert driver.phone.processes.killed == []

    drive(script, phone)
    assert phone.processes.live == []


def test_it_needs_a_real_display() -> None:
    phone = FakePhone()
    phone.display = "nothing"  # pyright: ignore[reportAttributeAccessIssue] - what is tested
    with pytest.raises(TypeError, match="PhoneDisplay"):
        asyncio.run(run_instrumentation(phone.parts))
    assert PHONE_PORT not in phone.network.ports
