"""What was done on the phone is what the services tell afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harness.simphone.android import notifications, usage_watch
from harness.simphone.android.notifications import Notification
from harness.simphone.contracts import PhoneSpec
from harness.simphone.contracts.users import make_users
from harness.simphone.ui.node import Node
from tests.simphone.android.phone import APP, MAIN, FakePhone

POST = "android.permission.POST_NOTIFICATIONS"
HOME = "com.google.android.apps.nexuslauncher"


def posted(phone: FakePhone, package: str = APP) -> bool:
    new = Notification(package, 7, "A title", "words", phone.clock.now(), channel="chat")
    return notifications.post(phone.android, new)


def test_a_notification_is_told_by_every_tool(phone: FakePhone) -> None:
    phone.install(permissions=(POST,), grant=True)
    assert posted(phone)
    hidden = phone.run("dumpsys notification")[0]
    assert f"pkg={APP} user=UserHandle{{0}} id=7 tag=null importance=3" in hidden
    assert f"key=0|{APP}|7|null|10180: Notification(channel=chat " in hidden
    assert "A title" not in hidden
    assert "android.title=String [length=7]" in hidden
    assert "android.text=String (words)" in phone.run("dumpsys notification --noredact")[0]
    assert phone.run("cmd notification list")[0] == f"0|{APP}|7|null|10180\n"
    assert "NotificationRecord" not in phone.run("dumpsys notification com.android.chrome")[0]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (f"am force-stop {APP}", False),
        (f"pm clear {APP}", False),
        (f"pm uninstall {APP}", False),
        (f"am kill {APP}", True),
    ],
)
def test_when_a_notification_goes(phone: FakePhone, line: str, left: bool) -> None:
    phone.install(permissions=(POST,), grant=True)
    assert posted(phone)
    phone.run(line)
    assert (f"pkg={APP} " in phone.run("dumpsys notification")[0]) == left


def test_without_the_permission_nothing_is_shown(tmp_path: Path, phone: FakePhone) -> None:
    phone.install(permissions=(POST,))
    assert not posted(phone)
    assert not posted(phone, "no.such")
    assert f"{APP} (10180) importance=NONE" in phone.run("dumpsys notification")[0]
    old = FakePhone(tmp_path / "old", PhoneSpec("old", api=32, timezone="UTC"))
    old.install()
    assert posted(old)
    assert "importance=NONE" not in old.run("dumpsys notification")[0]


def test_shell_posts_one_of_its_own(phone: FakePhone) -> None:
    assert "posting:" in phone.run("cmd notification post -t Head tag some words")[0]
    assert phone.run("cmd notification list")[0] == "0|com.android.shell|2020|tag|2000\n"
    told = phone.run("dumpsys notification --noredact")[0]
    assert "String (Head)" in told
    assert "String (some words)" in told
    assert phone.run("cmd notification post")[2] == 1


def test_listeners_hear_of_changes_only(phone: FakePhone) -> None:
    seen: list[int] = []
    store = phone.activities.state.notifications
    store.subscribe(lambda: seen.append(len(store.all())))
    posted(phone, "com.android.shell")
    posted(phone, "com.android.shell")  # replaces the first
    store.cancel("no.such")
    store.clear()
    assert seen[0] == 1
    assert (seen[-1], store.all()) == (0, ())


def later(phone: FakePhone, seconds: float) -> None:
    """Time goes by."""
    phone.clock.offset += seconds
    phone.clock._boot -= seconds


def test_time_in_front_is_counted(phone: FakePhone) -> None:
    phone.install()
    log, watch = phone.activities.state.usage, phone.android
    usage_watch.follow(watch)
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    usage_watch.look(watch)
    later(phone, 65)
    phone.conditions.screen_on = False
    later(phone, 3600)
    phone.conditions.screen_on = True
    phone.clock.offset += 300  # somebody sets the clock, which is no time in front
    later(phone, 5)
    told = phone.run(f"dumpsys usagestats {APP}")[0]
    assert f'package={APP} totalTimeUsed="01:1' in told
    assert "appLaunchCount=1" in told
    kinds = [event.kind for event in log.events]
    assert kinds == [
        "ACTIVITY_RESUMED",
        "SCREEN_NON_INTERACTIVE",
        "ACTIVITY_PAUSED",
        "SCREEN_INTERACTIVE",
        "ACTIVITY_RESUMED",
    ]
    phone.clock.offset += 90_000
    assert "ACTIVITY_PAUSED" not in phone.run("dumpsys usagestats")[0]  # older than a day
    phone.run(f"pm uninstall {APP}")
    assert APP not in phone.run("dumpsys usagestats")[0]


def test_going_elsewhere_and_back_is_another_launch(phone: FakePhone) -> None:
    phone.install()
    for _ in range(2):
        asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
        usage_watch.look(phone.android)
        phone.display.close_package(APP)
        phone.activities.state.stack.clear()
        usage_watch.look(phone.android)
    assert phone.activities.state.usage.used(0.0, 0.0)[APP].launches == 2
    assert phone.activities.state.usage.used(0.0, 0.0)[HOME].launches == 2


def test_frames_are_those_drawn_since_the_reset(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    window = phone.display.windows[-1]
    for _ in range(3):
        window.set_content(Node("android.view.View"))
    assert "Total frames rendered: 3\n" in phone.run(f"dumpsys gfxinfo {APP} reset")[0]
    assert "Total frames rendered: 0\n" in phone.run(f"dumpsys gfxinfo {APP}")[0]
    window.set_content(Node("android.view.View"))
    assert "Total frames rendered: 1\n" in phone.run("dumpsys gfxinfo")[0]


@pytest.mark.parametrize(
    ("api", "told"), [(34, "      CAMERA (ignore):\n"), (28, "      CAMERA: mode=1; duration=0\n")]
)
def test_modes_of_operations(tmp_path: Path, api: int, told: str) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("one", api=api, timezone="UTC"))
    phone.install()
    phone.run(f"appops set {APP} CAMERA ignore")
    out = phone.run("dumpsys appops")[0]
    assert f"  Uid u0a180:\n    state=cch\n    Package {APP}:\n{told}" in out
    assert APP not in phone.run("dumpsys appops --op RECORD_AUDIO")[0]
    assert APP not in phone.run("dumpsys appops --package no.such")[0]
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    assert "state=top" in phone.run(f"dumpsys appops --package {APP}")[0]
    phone.display.windows.clear()
    assert "state=bg" in phone.run("dumpsys appops")[0]
    phone.run(f"pm uninstall {APP}")
    assert APP not in phone.run("dumpsys appops")[0]


@pytest.mark.parametrize(
    ("line", "out", "code"),
    [
        ("run -f android 1145656139", "Running job [FORCED]\n", 0),
        ("run android 1145656139", "constraints but --force not specified\n", 22),
        ("run -f android 5", "Could not find job 5 in package android / user 0\n", 23),
        ("run -f no.such 5", "Package not found: no.such / user 0\n", 24),
        ("run android", "", 255),
        ("get-job-state android 1145656139", "waiting\n", 0),
        ("get-job-state android 5", "Could not find job 5", 23),
        ("get-battery-charging", "true\n", 0),
        ("get-battery-not-low", "true\n", 0),
        ("nonsense", "", 255),
    ],
)
def test_jobs_are_run_by_hand(phone: FakePhone, line: str, out: str, code: int) -> None:
    found, _, status = phone.run(f"cmd jobscheduler {line}")
    assert (out in found, status) == (True, code)


def test_the_disk_job_collects_sizes_anew(phone: FakePhone) -> None:
    package = phone.install()
    before = phone.run("dumpsys diskstats")[0]
    phone.fs.write(f"/data/user/0/{APP}/cache/x", b"12345", uid=package.uid)
    assert phone.run("dumpsys diskstats")[0] == before  # as the daily job left it
    phone.conditions.screen_on = False
    assert phone.run("cmd jobscheduler run android 1145656139")[0] == "Running job\n"
    assert phone.run("dumpsys diskstats")[0] != before
    assert "Last successful run: -" in phone.run("dumpsys jobscheduler")[0]


def test_the_last_anr_is_kept(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    phone.activities.not_responding(APP, "Input dispatching timed out")
    told = phone.run("dumpsys activity lastanr")[0]
    assert f"ANR in {APP} ({APP}/.MainActivity)" in told
    assert "Reason: Input dispatching timed out" in told


def test_each_user_of_the_phone_is_told(tmp_path: Path) -> None:
    users = make_users(("work", "second", "clone"))
    phone = FakePhone(tmp_path, PhoneSpec("one", timezone="UTC", users=users))
    accounts = phone.run("dumpsys account")[0]
    assert [line for line in accounts.splitlines() if "Accounts: " in line] == [
        "  Accounts: 1",
        *["  Accounts: 0"] * 3,
    ]
    policy = phone.run("dumpsys device_policy")[0]
    assert "  Profile Owner (User 10): \n" in policy
    assert "Device Owner" not in policy
    told = phone.run("dumpsys user")[0]
    assert [line.rpartition(".usertype.")[2] for line in told.splitlines() if "Type:" in line] == [
        "full.SYSTEM",
        "profile.MANAGED",
        "full.SECONDARY",
        "profile.CLONE",
    ]
    assert phone.run("dumpsys lock_settings")[0].count("CredentialType: NONE") == 4


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        ("cmd uimode night yes", "dumpsys uimode", "mComputedNightMode=true"),
        ("cmd overlay enable com.x", "dumpsys overlay", "com.x:0 {"),
        ("cmd netpolicy add restrict-background-blacklist 10180", "dumpsys netpolicy", "UID=10180"),
        ("cmd thermalservice override-status 3", "dumpsys thermalservice", "Thermal Status: 3"),
        ("settings put global zen_mode 2", "dumpsys notification", "ZEN_MODE_NO_INTERRUPTIONS"),
        (
            "settings put system font_scale 1.3",
            "dumpsys settings",
            "name:font_scale pkg:android value:1.3",
        ),
        ("true", "cmd role get-role-holders android.app.role.HOME", f"{HOME}\n"),
        ("true", "cmd role get-role-holders --user 0 android.app.role.SMS", "\n"),
    ],
)
def test_switches(phone: FakePhone, change: str, line: str, told: str) -> None:
    if change != "true":
        assert phone.run(change)[2] == 0
    assert told in phone.run(line)[0]


def test_the_settings_apps_own_notification(phone: FakePhone) -> None:
    """As Appium's documentation of `mobile: getNotifications` shows it."""
    store = phone.activities.state.notifications
    words = "Keep this service running"
    store.post(Notification("io.appium.settings", 1, "Appium Settings", words, 5.0, service=True))
    told = phone.run("dumpsys notification --noredact")[0]
    assert "importance=2" in told
    assert "flags=0x42" in told
    store.cancel("io.appium.settings", service=False)
    assert len(store.all()) == 1
    store.cancel("io.appium.settings", service=True)
    assert store.all() == ()
