import asyncio

import pytest

from harness.simphone.android.resolver import NoActivity
from harness.simphone.android.tasks import tasks
from harness.simphone.contracts import Package, PhoneParts, Process
from harness.simphone.contracts.maker import GOOGLE
from tests.simphone.android.phone import APP, LINK, MAIN, FakeApp, FakePhone, written

HOME, HOME_ACTIVITY, _ = GOOGLE.home


def test_a_start_makes_process_app_and_log(phone: FakePhone) -> None:
    package = phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}", action="A", data="D"))
    app = phone.running[0]
    assert app.starts == [(MAIN, "A", "D")]
    assert (app.process.uid, app.process.name) == (package.uid, APP)
    assert phone.activities.app_of(APP) is app
    log, events = written(phone, "system"), written(phone, "events")
    assert f"START u0 {{act=A dat=D cmp={APP}/.MainActivity}} with LAUNCH_MULTIPLE" in log
    assert f"Displayed {APP}/.MainActivity for user 0: +" in log
    assert f"am_proc_start: [0,{app.process.pid},{package.uid},{APP},next-top-activity" in events
    assert f"wm_set_resumed_activity: [0,{APP}/{MAIN},resumeTopActivity]" in events


def test_the_same_process_serves_the_next_activity(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    asyncio.run(phone.activities.start_activity(f"{APP}/.LinkActivity", data="feed://x"))
    assert len(phone.running) == 1
    assert phone.running[0].starts[1] == (LINK, None, "feed://x")
    assert [record.task for record in tasks(phone.android)][:2] == [10, 10]


def test_stop_first_makes_a_new_process(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}", stop_first=True))
    assert [app.stopped for app in phone.running] == [True, False]


def test_an_unknown_activity_is_refused(phone: FakePhone) -> None:
    with pytest.raises(NoActivity, match="does not exist"):
        asyncio.run(phone.activities.start_activity("no.such/.Main"))


def test_home_brings_the_launcher_to_the_front(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    phone.activities.home()
    assert phone.display.focus() == (HOME, HOME_ACTIVITY)
    assert phone.running[0].stopped is False
    assert tasks(phone.android)[0].package == HOME


def test_a_slow_app_does_not_hold_the_start(
    phone: FakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.simphone.android.activities.FIRST_FRAME_SECONDS", 0.01)
    cancelled: list[bool] = []

    class Slow(FakeApp):
        async def on_start(self, activity: str, action: str | None, data: str | None) -> None:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                cancelled.append(True)
                raise

    async def run() -> None:
        phone.apps["fake"] = Slow
        phone.install()
        await phone.activities.start_activity(f"{APP}/{MAIN}")
        phone.activities.force_stop(APP)
        await asyncio.sleep(0)

    asyncio.run(run())
    assert cancelled == [True]


def test_an_app_that_fails_to_start_crashes(phone: FakePhone) -> None:
    class Broken(FakeApp):
        async def on_start(self, activity: str, action: str | None, data: str | None) -> None:
            raise ValueError("no layout")

    async def run() -> None:
        phone.install()
        await phone.activities.start_activity(f"{APP}/{MAIN}")
        await asyncio.sleep(0)

    phone.apps["fake"] = Broken
    asyncio.run(run())
    assert "Unable to start activity: ValueError: no layout" in written(phone, "crash")
    assert phone.processes.of_package(APP) == []


def test_an_app_without_behaviour_gets_a_plain_page(phone: FakePhone) -> None:
    asyncio.run(phone.activities.start_activity("com.android.settings/.Settings"))
    window = phone.display.windows[-1]
    assert window.root is not None
    assert [node.text for node in window.root.walk() if node.text] == ["Settings"]
    assert {node.package for node in window.root.walk()} == {"com.android.settings"}


def test_a_window_that_the_app_opened_itself_is_on_top(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    phone.display.open_window(APP, "com.example.feed.DetailActivity")
    top = tasks(phone.android)[0]
    assert (top.activity, top.task) == ("com.example.feed.DetailActivity", 10)


def test_factories_get_phone_package_and_process(phone: FakePhone) -> None:
    seen: list[object] = []

    def factory(parts: PhoneParts, package: Package, process: Process) -> FakeApp:
        seen.extend([parts, package, process.package])
        return FakeApp(parts, package, process)

    phone.apps["fake"] = factory
    package = phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    assert seen == [phone, package, APP]
