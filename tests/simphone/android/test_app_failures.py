import asyncio

import pytest

from tests.simphone.android.phone import APP, MAIN, FakePhone, written

FRAMES = ["com.example.feed.A.b(A.java:41)", "android.os.Looper.loop(Looper.java:294)"]


@pytest.fixture
def running(phone: FakePhone) -> FakePhone:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    return phone


def test_a_crash_is_told_everywhere(running: FakePhone) -> None:
    pid = running.running[0].process.pid
    running.activities.crash(APP, "java.lang.IllegalStateException", "a, b", FRAMES)
    block = written(running, "crash")
    assert f"FATAL EXCEPTION: main\nProcess: {APP}, PID: {pid}\n" in block
    assert "java.lang.IllegalStateException: a, b\n\tat com.example.feed.A.b(A.java:41)" in block
    events = written(running, "events")
    wanted = f"am_crash: [0,{pid},{APP},550026820,java.lang.IllegalStateException,a, b,A.java,41,0]"
    assert wanted in events
    assert f"am_proc_died: [0,{pid},{APP}" in events
    assert f"Force finishing activity {APP}/.MainActivity" in written(running, "system")
    assert running.running[0].stopped
    exit_info = running.run(f"dumpsys activity exit-info {APP}")[0]
    assert f"pid={pid} " in exit_info
    assert "reason=4 (APP CRASH(EXCEPTION))" in exit_info
    dropbox = running.run("dumpsys dropbox --print data_app_crash")[0]
    assert f"Package: {APP} v310 (3.1.0)" in dropbox
    assert "data_app_crash (text, " in dropbox


@pytest.mark.parametrize(("button", "left"), [("Close app", 0), ("App info", 1)])
def test_the_dialog_of_a_crash(running: FakePhone, button: str, left: int) -> None:
    running.activities.crash(APP, "java.lang.Error", "x", FRAMES)
    assert running.display.focus() == ("android", f"Application Error: {APP}")
    focus = running.run("dumpsys window displays")[0]
    assert "mCurrentFocus=Window{" in focus
    assert f" u0 Application Error: {APP}}}" in focus
    assert _texts(running)[0] == "Feed keeps stopping"
    _press(running, button)
    assert len(running.display.windows) == left


def test_a_native_crash_leaves_a_tombstone(running: FakePhone) -> None:
    pid = running.running[0].process.pid
    running.activities.native_crash(APP, 11, ["/data/app/lib/libttmain.so (foo+12)"])
    block = written(running, "crash")
    assert f"Fatal signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x0 in tid {pid}" in block
    assert f">>> {APP} <<<" in block
    tombstone = running.fs.read("/data/tombstones/tombstone_00").decode()
    assert "#00 pc 0000000000001000  /data/app/lib/libttmain.so (foo+12)" in tombstone
    found = running.processes.exits[0]
    assert (found.reason, found.status) == ("native crash", 11)
    assert "data_app_native_crash" in running.run("dumpsys dropbox")[0]


def test_an_anr_leaves_the_app_alive_until_it_is_closed(running: FakePhone) -> None:
    process = running.running[0].process
    running.activities.not_responding(APP, "Input dispatching timed out (5000ms)")
    log = written(running, "system")
    assert f"ANR in {APP} ({APP}/.MainActivity)\nPID: {process.pid}\nReason: Input disp" in log
    assert "am_anr: [0," in written(running, "events")
    assert any(name.startswith("anr_") for name in running.fs.listdir("/data/anr"))
    assert running.processes.of_package(APP) == [process]
    assert _texts(running) == ["Feed isn't responding", "Close app", "Wait"]
    _press(running, "Wait")
    assert running.display.focus() == (APP, MAIN)
    running.activities.not_responding(APP, "again")
    _press(running, "Close app")
    assert running.processes.of_package(APP) == []
    assert running.processes.exits[0].reason == "anr"


@pytest.mark.parametrize("kind", ["crash", "native", "anr"])
def test_nothing_happens_to_an_app_that_does_not_run(phone: FakePhone, kind: str) -> None:
    phone.install()
    if kind == "crash":
        phone.activities.crash(APP, "E", "m", FRAMES)
    elif kind == "native":
        phone.activities.native_crash(APP, 6, [])
    else:
        phone.activities.not_responding(APP, "x")
    assert phone.display.windows == []
    assert phone.activities.state.dropbox.reports == []


def test_the_shell_can_crash_an_app(running: FakePhone) -> None:
    assert running.run(f"am crash {APP}")[2] == 0
    assert "CrashedByAdbException: shell-induced crash" in written(running, "crash")


def _texts(phone: FakePhone) -> list[str]:
    root = phone.display.windows[-1].root
    assert root is not None
    return [node.text for node in root.walk() if node.text]


def _press(phone: FakePhone, text: str) -> None:
    root = phone.display.windows[-1].root
    assert root is not None
    node = next(node for node in root.walk() if node.text == text)
    assert node.on_click is not None

    async def press() -> None:
        if node.on_click is not None:
            await node.on_click()

    asyncio.run(press())
