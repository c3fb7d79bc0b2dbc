"""Verbs that scripts for phones use now and then, as a table: command, stdout, exit code."""

import pytest

from harness.simphone.contracts import PhoneSpec
from tests.simphone.android.phone import APP, FakePhone

URI = (
    "feed://x#Intent;action=act;category=cat;launchFlags=0x1;"
    "component=com.example.feed/.Main;S.k=v;end\n"
)


@pytest.mark.parametrize(
    ("line", "out", "code"),
    [
        ("pm has-feature android.hardware.wifi", "true\n", 0),
        ("pm has-feature nonsense", "false\n", 1),
        ("pm list permission-groups", "permission group:android.permission-group.CALENDAR\n", 0),
        (f"pm suspend {APP}", f"Package {APP} new suspended state: true\n", 0),
        (f"pm unsuspend {APP}", f"Package {APP} new suspended state: false\n", 0),
        ("pm suspend none", "Package none new suspended state: false\n", 0),
        (f"pm hide {APP}", "", 255),
        (f"pm install-existing {APP}", f"Package {APP} installed for user: 0\n", 0),
        ("pm install-existing none", "android.content.pm.PackageManager$NameNotFound", 1),
        (f"pm get-app-links {APP}", f"  {APP}:\n", 0),
        ("pm get-app-links none", "", 1),
        ("pm get-max-running-users", "Maximum supported running users: 3\n", 0),
        ("pm bg-dexopt-job", "Success\n", 0),
        ("am switch-user 0", "", 0),
        ("am start-user 0", "Success: user started\n", 0),
        ("am start-user 10", "", 0),
        ("am get-started-user-state 0", "RUNNING_UNLOCKED\n", 0),
        ("am get-started-user-state 10", "User is not started: 10\n", 0),
        ("am is-user-stopped current", "false\n", 0),
        (f"am set-debug-app -w {APP}", "", 0),
        ("am set-debug-app", "", 1),
        ("am clear-debug-app", "", 0),
        (
            f"am to-uri -a act -d feed://x -c cat -n {APP}/.Main -f 1 --es k v",
            URI,
            0,
        ),
        ("device_config get ns key", "null\n", 0),
        ("cmd device_config list ns", "", 0),
        ("device_config delete ns key", "Failed to delete key from ns\n", 0),
        ("device_config", "Device Config", 0),
        ("device_config nonsense", "", 255),
    ],
)
def test_answers(phone: FakePhone, line: str, out: str, code: int) -> None:
    phone.install()
    found, _, status = phone.run(line)
    assert (found.startswith(out) if out else found == "", status) == (True, code)


def test_flags_are_kept(phone: FakePhone) -> None:
    assert phone.run("device_config put ns key 1") == ("", "", 0)
    assert phone.run("device_config get ns key")[0] == "1\n"
    assert phone.run("device_config list")[0] == "ns/key=1\n"
    assert phone.run("device_config delete ns key")[0] == "Successfully deleted key from ns\n"


def test_older_phones_do_not_know_them(tmp_path_factory: pytest.TempPathFactory) -> None:
    old = FakePhone(tmp_path_factory.mktemp("old"), PhoneSpec("old", api=28, timezone="UTC"))
    assert old.run("cmd device_config list")[2] == 20
    assert old.run(f"pm get-app-links {APP}")[2] == 255
