import asyncio
import logging

import pytest

from harness.simphone.adbd.tasks import Tasks


def test_cancel_ends_the_others_but_not_the_caller() -> None:
    async def scenario() -> None:
        tasks = Tasks()
        other = tasks.spawn(asyncio.sleep(60), "other")
        caller = tasks.spawn(tasks.cancel(), "caller")
        await asyncio.wait({caller}, timeout=5)
        assert other.cancelled()
        assert not caller.cancelled()

    asyncio.run(scenario())


def test_an_error_is_logged_with_the_name_and_ends_one_task_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken() -> None:
        raise RuntimeError("boom")

    async def scenario() -> None:
        tasks = Tasks()
        other = tasks.spawn(asyncio.sleep(60), "other")
        await asyncio.wait({tasks.spawn(broken(), "service 'x'")}, timeout=5)
        await asyncio.sleep(0)
        assert not other.done()
        await tasks.cancel()

    with caplog.at_level(logging.ERROR):
        asyncio.run(scenario())

    assert [record.message for record in caplog.records] == ["adbd: service 'x' failed"]
