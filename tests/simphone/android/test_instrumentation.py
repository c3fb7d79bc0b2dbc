import asyncio
from collections.abc import Awaitable, Callable

import pytest

from harness.simphone.android.instrumentation import NoInstrumentation
from harness.simphone.contracts import PhoneParts
from tests.simphone.android.phone import FakePhone

SERVER, TEST = "io.appium.uiautomator2.server", "io.appium.uiautomator2.server.test"
RUNNER = "androidx.test.runner.AndroidJUnitRunner"
COMPONENT = f"{TEST}/{RUNNER}"
LINE = f"am instrument -w -e disableAnalytics true {COMPONENT}"


@pytest.fixture
def ready(phone: FakePhone) -> FakePhone:
    phone.install(package=SERVER, activities=(), behaviour={})
    phone.install(package=TEST, activities=(), behaviour={}, instrumentation=(RUNNER, SERVER))
    return phone


async def _for_ever(_: PhoneParts) -> None:
    await asyncio.Event().wait()


async def _at_once(_: PhoneParts) -> None:
    await asyncio.sleep(0)


async def _fails(_: PhoneParts) -> None:
    raise OSError("port taken")


def _force_stop_test(phone: FakePhone) -> None:
    phone.activities.force_stop(TEST)


def _force_stop_server(phone: FakePhone) -> None:
    phone.activities.force_stop(SERVER)


def _kill(phone: FakePhone) -> None:
    process = phone.processes.find(SERVER)
    assert process is not None
    phone.processes.kill(process.pid)


def _nothing(_: FakePhone) -> None: ...


@pytest.mark.parametrize(
    ("hook", "act", "code"),
    [
        (_at_once, _nothing, "-1"),
        (_for_ever, _force_stop_test, "0"),
        (_for_ever, _force_stop_server, "0"),
        (_for_ever, _kill, "0"),
        (_fails, _nothing, "0"),
        (None, _nothing, "0"),
    ],
)
def test_the_stream_ends_with_the_run(
    ready: FakePhone,
    hook: Callable[[PhoneParts], Awaitable[None]] | None,
    act: Callable[[FakePhone], None],
    code: str,
) -> None:
    if hook is not None:
        ready.instrumentation[COMPONENT] = hook

    async def run() -> tuple[str, str, int]:
        task = asyncio.create_task(ready.call(LINE))
        await asyncio.sleep(0.01)
        if not task.done():
            assert ready.processes.find(SERVER) is not None
            act(ready)
        return await asyncio.wait_for(task, 2)

    out, _, answer = asyncio.run(run())
    assert f"INSTRUMENTATION_CODE: {code}\n" in out
    assert answer == 0
    assert ready.processes.find(SERVER) is None


def test_a_hook_may_end_its_own_process(ready: FakePhone) -> None:
    async def ends_itself(phone: PhoneParts) -> None:
        process = phone.processes.find(SERVER)
        assert process is not None
        phone.processes.kill(process.pid, reason="exit self")

    ready.instrumentation[COMPONENT] = ends_itself
    assert "INSTRUMENTATION_CODE: -1" in ready.run(LINE)[0]


def test_cancelling_am_ends_the_server(ready: FakePhone) -> None:
    ended: list[bool] = []

    async def hook(_: PhoneParts) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async def run() -> None:
        task = asyncio.create_task(ready.call(LINE))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait({task})
        await asyncio.sleep(0)

    ready.instrumentation[COMPONENT] = hook
    asyncio.run(run())
    assert ended == [True]
    assert ready.processes.find(SERVER) is None


def test_a_second_run_ends_the_first(ready: FakePhone) -> None:
    async def run() -> str:
        first = asyncio.create_task(ready.call(LINE))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(ready.call(LINE))
        out = (await asyncio.wait_for(first, 2))[0]
        assert ready.processes.find(SERVER) is not None
        second.cancel()
        await asyncio.wait({second})
        return out

    ready.instrumentation[COMPONENT] = _for_ever
    assert "Process crashed" in asyncio.run(run())


@pytest.mark.parametrize("component", ["no.such/x.Y", f"{TEST}/other.Runner", f"{SERVER}/{RUNNER}"])
def test_unknown_runners(ready: FakePhone, component: str) -> None:
    out, err, code = ready.run(f"am instrument -w {component}")
    assert out == f"INSTRUMENTATION_FAILED: {component}\n"
    assert "AndroidException" in err
    assert code == 1
    with pytest.raises(NoInstrumentation):
        asyncio.run(ready.activities.instrumentations.run(component))


def test_without_w_it_goes_on_behind(ready: FakePhone) -> None:
    seen: list[PhoneParts] = []

    async def hook(phone: PhoneParts) -> None:
        seen.append(phone)

    async def run() -> tuple[str, str, int]:
        answer = await ready.call(f"am instrument -r {COMPONENT}")
        await asyncio.sleep(0.01)
        return answer

    ready.instrumentation[COMPONENT] = hook
    assert asyncio.run(run()) == ("", "", 0)
    assert seen == [ready.parts]
    assert ready.run("am instrument -w")[2] == 1
