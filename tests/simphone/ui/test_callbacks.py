import asyncio
import logging

import pytest

from harness.simphone.ui.callbacks import Callbacks


def test_a_quick_callback_is_waited_for_and_its_error_raised() -> None:
    done: list[str] = []

    async def quick() -> None:
        done.append("quick")

    async def wrong() -> None:
        raise ValueError("of the app")

    async def main() -> None:
        callbacks = Callbacks()
        await callbacks.run("a.b", quick())
        with pytest.raises(ValueError, match="of the app"):
            await callbacks.run("a.b", wrong())

    asyncio.run(main())
    assert done == ["quick"]


def test_a_slow_callback_goes_on_alone_until_its_process_ends() -> None:
    ended: list[str] = []

    async def slow() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("slow")

    async def main() -> None:
        callbacks = Callbacks(patience=0.01)
        await callbacks.run("a.b", slow())
        assert ended == []
        callbacks.cancel("other")
        await asyncio.sleep(0)
        assert ended == []
        callbacks.cancel("a.b")
        await asyncio.sleep(0.01)

    asyncio.run(main())
    assert ended == ["slow"]


def test_a_callback_may_end_its_own_process() -> None:
    after: list[str] = []

    async def main() -> None:
        callbacks = Callbacks()

        async def suicidal() -> None:
            callbacks.cancel("a.b")
            await asyncio.sleep(0)
            after.append("alive")

        await callbacks.run("a.b", suicidal())

    asyncio.run(main())
    assert after == ["alive"]


def test_a_late_error_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def late() -> None:
        await asyncio.sleep(0.02)
        raise ValueError("too late")

    async def main() -> None:
        await Callbacks(patience=0.001).run("a.b", late())
        await asyncio.sleep(0.05)

    with caplog.at_level(logging.ERROR):
        asyncio.run(main())
    assert "a.b" in caplog.text
