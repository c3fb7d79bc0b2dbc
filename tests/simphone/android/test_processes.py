import pytest

from harness.simphone.contracts import Process
from tests.simphone.android.phone import FakePhone, written


def test_an_app_is_forked_from_the_zygote_and_logged(phone: FakePhone) -> None:
    process = phone.processes.start("com.x:push", uid=10142, package="com.x", component="com.x/.S")
    zygote = phone.processes.find("zygote64")
    assert zygote is not None
    assert process.ppid == zygote.pid
    events, system = written(phone, "events"), written(phone, "system")
    assert f"am_proc_start: [0,{process.pid},10142,com.x:push,next-top-activity,{{com.x/.S}}]" in (
        events
    )
    assert f"Start proc {process.pid}:com.x:push/u0a142 for next-top-activity" in system
    assert phone.processes.of_package("com.x") == [process]


@pytest.mark.parametrize(
    ("reason", "signal", "kept", "status", "line"),
    [
        ("signaled", 11, "signaled", 11, "has died"),
        ("low memory", 9, "low memory", 9, "has died"),
        ("crash", 9, "crash", 0, "has died"),
        ("user requested", 9, "user requested", 0, "Killing"),
        ("something else", 9, "other", 0, "Killing"),
    ],
)
def test_ends(
    phone: FakePhone, reason: str, signal: int, kept: str, status: int, line: str
) -> None:
    heard: list[tuple[Process, str]] = []
    phone.processes.on_exit(lambda process, why: heard.append((process, why)))
    process = phone.processes.start("com.x", uid=10142, package="com.x")
    assert phone.processes.kill(process.pid, reason=reason, signal=signal)
    assert not phone.processes.kill(process.pid)
    found = phone.processes.exits[0]
    assert (found.reason, found.status, found.process) == (kept, status, process)
    assert heard == [(process, reason)]
    assert f"am_proc_died: [0,{process.pid},com.x,0,2]" in written(phone, "events")
    assert line in written(phone, "system")


def test_daemons_leave_no_exit_record(phone: FakePhone) -> None:
    process = phone.processes.start("logd", uid=1036)
    phone.processes.kill(process.pid)
    assert phone.processes.exits == []
    assert phone.processes.get(process.pid) is None
