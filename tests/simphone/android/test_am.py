import pytest

from harness.simphone.contracts import ROOT_UID
from tests.simphone.android.phone import APP, LINK, MAIN, FakePhone

START = f"am start-activity -W -n {APP}/{MAIN} -S -a android.intent.action.MAIN -f 0x10200000"


def test_start_with_wait_says_how_it_went(phone: FakePhone) -> None:
    phone.install()
    lines = phone.run(START)[0].splitlines()
    assert lines[0] == f"Stopping: {APP}"
    assert lines[1].startswith("Starting: Intent { act=android.intent.action.MAIN flg=0x10200000")
    assert lines[2:5] == ["Status: ok", "LaunchState: COLD", f"Activity: {APP}/.MainActivity"]
    assert lines[5].startswith("TotalTime: ")
    assert lines[-1] == "Complete"
    assert phone.display.focus() == (APP, MAIN)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([f"am start -n {APP}/{MAIN}"] * 2, "delivered to currently running top-most"),
        (
            [
                f"am start -n {APP}/{MAIN}",
                "am start -n com.android.settings/.Settings",
                f"am start -n {APP}/{MAIN}",
            ],
            "its current task has been brought to the front",
        ),
        ([f"am start {APP}"], "Starting: Intent"),
        (["am start -a android.settings.WIFI_SETTINGS"], "Starting: Intent"),
        (["am start -a android.intent.action.VIEW -d https://x.example/"], "Starting: Intent"),
        (["am start -a android.intent.action.MAIN -c android.intent.category.HOME"], "Starting"),
        ([f"monkey -p {APP} -c android.intent.category.LAUNCHER 1"], "Events injected: 1"),
    ],
)
def test_starts(phone: FakePhone, lines: list[str], wanted: str) -> None:
    phone.install()
    answers = [phone.run(line) for line in lines]
    assert wanted in answers[-1][0]
    assert answers[-1][1:] == ("", 0)


def test_a_deep_link_reaches_the_app_with_its_data(phone: FakePhone) -> None:
    phone.install()
    phone.run(f"am start -W -a android.intent.action.VIEW -d feed://video/7 {APP}")
    assert phone.running[0].starts == [(LINK, "android.intent.action.VIEW", "feed://video/7")]


@pytest.mark.parametrize(
    ("line", "err", "code"),
    [
        (f"am start -n {APP}/.Nope", f"Error: Activity class {{{APP}/{APP}.Nope}} does not", 1),
        ("am start -n no.such/.Main", "does not exist.", 1),
        ("am start -a android.intent.action.VIEW -d nope://x", "unable to resolve Intent", 1),
        ("am start -n broken", "Error: Bad component name: broken", 1),
        ("am nonsense", "Unknown command: nonsense", 255),
        ("am force-stop", "Argument expected", 255),
        ("am crash", "Argument expected", 255),
        ("am start-service -n no.such/.S", "no service started", 255),
        ("am send-trim-memory no.such COMPLETE", "Unknown package", 1),
        ("monkey -p no.such 1", "", 252),
    ],
)
def test_refusals(phone: FakePhone, line: str, err: str, code: int) -> None:
    phone.install()
    answer = phone.run(line)
    assert err in answer[1]
    assert answer[2] == code


def test_force_stop_ends_the_app(phone: FakePhone) -> None:
    phone.install()
    phone.run(f"am start -n {APP}/{MAIN}")
    assert phone.run(f"am force-stop {APP}") == ("", "", 0)
    assert phone.running[0].stopped
    assert phone.processes.of_package(APP) == []
    assert phone.display.focus() is None
    found = phone.processes.exits[0]
    assert found.description == f"stop {APP} due to from pid 2000"


def test_kill_spares_the_app_on_top(phone: FakePhone) -> None:
    phone.install()
    phone.run(f"am start -n {APP}/{MAIN}")
    phone.run(f"am kill {APP}")
    assert phone.processes.of_package(APP)
    phone.run("am start -n com.android.settings/.Settings")
    phone.run(f"am kill {APP}")
    assert phone.processes.of_package(APP) == []


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("am get-current-user", "0\n"),
        (f"am get-standby-bucket {APP}", "10\n"),
        (f"am send-trim-memory {APP} COMPLETE", ""),
        ("am stack list", "RootTask id="),
        ("am kill-all", ""),
        ("am help", "Activity manager (activity) commands:"),
        ("cmd activity get-current-user", "0\n"),
        ("am idle-maintenance", ""),
    ],
)
def test_small_verbs(phone: FakePhone, line: str, out: str) -> None:
    phone.install()
    assert phone.run(line)[0].startswith(out)
    assert phone.run(line)[2] == 0


@pytest.mark.parametrize(("uid", "airplane", "code"), [(ROOT_UID, True, 0), (2000, False, 255)])
def test_only_root_sends_protected_broadcasts(
    phone: FakePhone, uid: int, airplane: bool, code: int
) -> None:
    line = "am broadcast -a android.intent.action.AIRPLANE_MODE --ez state true"
    answer = phone.run(line, uid=uid)
    assert answer[2] == code
    assert phone.conditions.airplane is airplane


def test_other_broadcasts_are_answered_by_nobody(phone: FakePhone) -> None:
    out = phone.run("am broadcast -a com.example.HELLO --es a b")[0]
    assert out.startswith("Broadcasting: Intent { act=com.example.HELLO flg=0x400000 (has extras)")
    assert out.endswith("Broadcast completed: result=0\n")
