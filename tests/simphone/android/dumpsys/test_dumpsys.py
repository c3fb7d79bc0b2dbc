"""`dumpsys` as a table: what is put right first, the command, what it must print."""

import asyncio
import json
import re
from typing import Any

import pytest

from harness.adapters.adb.text.network import read_connectivity
from tests.simphone.android.phone import APP, CAMERA, MAIN, FakePhone

HOME = "com.google.android.apps.nexuslauncher"


@pytest.mark.parametrize(
    ("setting", "line", "patterns"),
    [
        ({}, "dumpsys -l", [r"^  activity$", r"^  window$"]),
        ({}, "dumpsys -t 5 battery", [r"^  level: 87$"]),
        ({}, "dumpsys", [r"^DUMP OF SERVICE activity:$", r"^DUMP OF SERVICE window:$"]),
        ({}, "dumpsys power", [r"mWakefulness=Awake", r"mHoldingDisplaySuspendBlocker=true"]),
        ({"screen_on": False}, "dumpsys power", [r"=Asleep", r"SuspendBlocker=false"]),
        ({"battery_level": 15, "charging": False}, "dumpsys battery", [r"level: 15", r"status: 3"]),
        ({"battery_level": 100}, "dumpsys battery", [r"status: 5", r"USB powered: true"]),
        (
            {},
            "dumpsys window",
            [
                rf"^  mCurrentFocus=Window{{\w+ u0 {APP}/{MAIN}}}$",
                rf"^  mFocusedApp=ActivityRecord{{\w+ u0 {APP}/\.MainActivity t\d+}}$",
                r"init=1080x2400",
                r"mShowingLockscreen=false",
                r"^\s+Window\s#\d+\sWindow\{[0-9a-f]+\s\w+\s(StatusBar)\}:$",
                r"\bframe=\[0,0\]\[1080,63\]",
                r"ty=NAVIGATION_BAR",
            ],
        ),
        ({}, "dumpsys window displays", [rf"mCurrentFocus=Window{{\w+ u0 {APP}/"]),
        ({}, "dumpsys window windows", [rf"mFocusedApp=ActivityRecord{{\w+ u0 {APP}/"]),
        (
            {"locked": True},
            "dumpsys window",
            [r"mDreamingLockscreen=true", r"mCurrentFocus=Window\{\w+ u0 NotificationShade\}"],
        ),
        (
            {"screen_on": False},
            "dumpsys window",
            [r"mCurrentFocus=null", r"screenState=SCREEN_STATE_OFF", r"mScreenOnFully=false"],
        ),
        ({}, "dumpsys window policy", [r"screenState=SCREEN_STATE_ON"]),
        ({}, "dumpsys display", [r"valid=true, .*orientation=0, .*deviceWidth=1080,", r"fps=60"]),
        ({}, "dumpsys SurfaceFlinger --display-id", [r"^Display \d+ \(HWC display 0\): port=0"]),
        ({}, "dumpsys SurfaceFlinger", [rf"Layer \({APP}/"]),
        ({}, "dumpsys input", [r"SurfaceOrientation: 0"]),
        ({}, "dumpsys input_method", [r"mInputShown=false", r"mIsInputViewShown=false"]),
        (
            {},
            "dumpsys connectivity",
            [
                r"^Active default network: 101$",
                r"ni\{WIFI CONNECTED\}",
                r"Transports: WIFI Capabilities: [A-Z_&]*INTERNET[A-Z_&]*&VALIDATED",
            ],
        ),
        ({"wifi": False}, "dumpsys connectivity", [r"network: 102$", r"Transports: CELLULAR"]),
        ({"airplane": True}, "dumpsys connectivity", [r"^Active default network: none$"]),
        ({"captive_portal": True}, "dumpsys connectivity", [r"CAPTIVE_PORTAL"]),
        ({}, "dumpsys wifi", [r"^Wi-Fi is enabled$", r"SimWifi"]),
        ({"wifi": False}, "dumpsys wifi", [r"^Wi-Fi is disabled$"]),
        ({"airplane": True}, "dumpsys telephony.registry", [r"POWER_OFF"]),
        ({}, "dumpsys telephony.registry", [r"IN_SERVICE", r"mDataConnectionState=2"]),
        (
            {},
            f"dumpsys meminfo {APP}",
            [rf"\*\* MEMINFO in pid \d+ \[{APP}\] \*\*", r"Native Heap"],
        ),
        ({}, "dumpsys meminfo no.such", [r"^No process found for: no\.such$"]),
        ({}, "dumpsys meminfo", [rf"K: {APP} \(pid"]),
        ({}, "dumpsys cpuinfo", [rf"% \d+/{APP}: [\d.]+% user \+ [\d.]+% kernel"]),
        ({}, "dumpsys procstats", [rf"\* {APP} / u0a"]),
        ({}, "dumpsys netstats detail", [r"Xt stats:\n  Pending bytes: 0", r"st=\d+ rb=0 rp=0"]),
        ({}, "dumpsys deviceidle whitelist", [r"\A\Z"]),
        ({}, f"dumpsys deviceidle whitelist +{APP}", [rf"^Added: {APP}$"]),
        ({}, "dumpsys deviceidle whitelist +no.such", [r"^Unknown package: no\.such$"]),
        ({}, "dumpsys deviceidle force-idle", [r"Now forced in to deep idle mode"]),
        ({}, "dumpsys deviceidle nonsense", [r"Unknown option"]),
        ({}, "dumpsys activity top", [rf"ACTIVITY {APP}/\.MainActivity \w+ pid=\d+"]),
        (
            {},
            "dumpsys activity activities",
            [rf"mResumedActivity: ActivityRecord{{\w+ u0 {APP}/\.MainActivity t\d+}}"],
        ),
        ({}, "dumpsys activity processes", [rf"ProcessRecord{{\w+ \d+:{APP}/u0a180}}"]),
        ({}, f"dumpsys activity processes {APP}", [rf"packageList={{{APP}}}"]),
        ({}, "dumpsys activity recents", [rf"A={APP}"]),
        ({}, "dumpsys activity services", [r"\(nothing\)"]),
        ({}, "dumpsys activity broadcasts", [r"BROADCAST STATE"]),
        ({}, "dumpsys activity nonsense", [r"Bad activity command"]),
        ({}, "dumpsys activity", [r"RUNNING PROCESSES", r"MANAGER SERVICES"]),
        ({}, "dumpsys dropbox", [r"^Drop box contents: 0 entries$"]),
        (
            {},
            "dumpsys notification",
            [
                r"Current Notification Manager state:",
                rf"AppSettings: {APP} \(10180\) importance=NONE",
            ],
        ),
        ({}, "dumpsys alarm", [r"nowRTC=\d{13}=", r"2 pending alarms", r"tag=\*alarm\*:TIME_TICK"]),
        ({}, "dumpsys usagestats", [rf"type=ACTIVITY_RESUMED package={APP} class={MAIN} "]),
        ({}, f"dumpsys usagestats {APP}", [rf"package={APP} totalTimeUsed=\"00:0\d\" "]),
        (
            {},
            "dumpsys jobscheduler",
            [
                r"Registered 2 jobs:",
                r"JOB #1000/1145656139: \w+ android/com\.android\.server\.storage\.DiskStats",
                r"Unsatisfied constraints: DEADLINE IDLE \[0x40000004\]",
                r"Ready: false",
            ],
        ),
        ({"screen_on": False}, "dumpsys jobscheduler android", [r"Ready: true"]),
        ({}, f"dumpsys gfxinfo {APP}", [rf"\[{APP}\] \*\*", r"^Total frames rendered: 0$"]),
        ({}, f"dumpsys gfxinfo {APP} framestats", [r"^---PROFILEDATA---$"]),
        ({}, "dumpsys gfxinfo no.such", [r"^No process found for: no\.such$"]),
        ({}, "dumpsys appops", [r"Current AppOps Service state:"]),
        ({}, "dumpsys media_session", [r"Sessions Stack - have 0 sessions:"]),
        ({}, "dumpsys activity lastanr", [r"no ANR has occurred since boot"]),
        ({}, "dumpsys activity providers", [r"CONTENT PROVIDERS"]),
        ({}, "dumpsys activity starter", [r"STARTER"]),
        ({}, "dumpsys SurfaceFlinger --list", [rf"^{APP}/{MAIN}#2$"]),
        ({}, "dumpsys SurfaceFlinger --latency x", [r"\A16666666\n0\t0\t0$"]),
        ({}, "dumpsys user", [r"UserInfo\{0:Owner:4c13\} serialNo=0", r"full\.SYSTEM"]),
        ({}, "dumpsys lock_settings", [r"CredentialType: NONE"]),
        ({}, "dumpsys device_policy", [r"Enabled Device Admins \(User 0,"]),
        ({}, "dumpsys uimode", [r"mNightMode=1 \(no\)"]),
        ({}, "dumpsys overlay", [r"\A\s*\Z"]),
        ({"bluetooth": False}, "dumpsys bluetooth_manager", [r"enabled: false", r"state: OFF"]),
        ({}, "dumpsys netpolicy", [r"Restrict background: false"]),
        ({}, "dumpsys settings", [r"GLOBAL SETTINGS", r"name:adb_enabled pkg:android value:1$"]),
        (
            {},
            "dumpsys role",
            [r"name=android\.app\.role\.HOME\n\s+holders=com\.google\.android\.apps"],
        ),
        ({}, "dumpsys webviewupdate", [r"\(com\.google\.android\.webview, 126\."]),
        ({"charging": False}, "dumpsys batterystats", [r"currently on battery: true"]),
        ({}, "dumpsys batterystats --reset", [r"^Battery stats reset\.$"]),
        ({}, "dumpsys thermalservice", [r"^Thermal Status: 0$"]),
        (
            {},
            "dumpsys --skip activity,window",
            [r"^DUMP OF SERVICE battery:$", r"was the duration"],
        ),
        ({}, "dumpsys clipboard", [r"\A\Z"]),
        ({}, "dumpsys accessibility", [r"enabled=False"]),
        ({}, "dumpsys location", [r"Location\[gps 52\.52"]),
        (
            {},
            "dumpsys account",
            [r"Accounts: 1", r"Account \{name=qa\.one@gmail\.com, type=com\.google\}"],
        ),
        ({"locked": True}, "dumpsys trust", [r"deviceLocked=1", r"flags=0x4c13"]),
    ],
)
def test_shapes(
    phone: FakePhone, setting: dict[str, object], line: str, patterns: list[str]
) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    for name, value in setting.items():
        setattr(phone.conditions, name, value)
    out, err, code = phone.run(line)
    assert (err, code) == ("", 0)
    for pattern in patterns:
        assert re.search(pattern, out, re.MULTILINE), (pattern, out)


def test_a_portal_and_an_unvalidated_network_are_not_validated(phone: FakePhone) -> None:
    for name, value in (("captive_portal", True), ("validated", False)):
        setattr(phone.conditions, name, value)
        assert "VALIDATED" not in phone.run("dumpsys connectivity")[0]
        setattr(phone.conditions, name, not value)


def test_the_proxy_shows_in_connectivity(phone: FakePhone) -> None:
    phone.run("settings put global http_proxy 127.0.0.1:8080")
    assert "HttpProxy: [127.0.0.1] 8080" in phone.run("dumpsys connectivity")[0]
    phone.run("settings put global http_proxy :0")
    assert "HttpProxy" not in phone.run("dumpsys connectivity")[0]


def test_a_vpn_shows_as_a_network_of_its_own(phone: FakePhone) -> None:
    class Way:
        async def open(self, host: str, port: int) -> Any:
            raise AssertionError(host, port)

        def close(self) -> None:
            """Nothing is in it."""

    assert not read_connectivity(phone.run("dumpsys connectivity")[0]).vpn
    phone.network.enter_tunnel("harness", Way(), frozenset({10_180}))
    seen = read_connectivity(phone.run("dumpsys connectivity")[0])
    assert (seen.vpn, seen.network, seen.transports) == (True, True, ("WIFI",))
    phone.network.leave_tunnel("another")
    assert phone.network.tunnel == "harness"
    phone.network.leave_tunnel()
    assert not read_connectivity(phone.run("dumpsys connectivity")[0]).vpn


def test_an_unknown_service(phone: FakePhone) -> None:
    assert phone.run("dumpsys x") == ("", "Can't find service: x\n", 0)


def test_a_fresh_phone_shows_the_launcher_as_the_focused_app(phone: FakePhone) -> None:
    out = phone.run("dumpsys window displays")[0]
    assert "mCurrentFocus=null" in out
    assert f"u0 {HOME}/.NexusLauncherActivity" in out


def test_battery_can_be_faked_and_reset(phone: FakePhone) -> None:
    assert phone.run("dumpsys battery set level 5")[0] == ""
    faked = phone.run("dumpsys battery")[0]
    assert "UPDATES STOPPED" in faked
    assert "  level: 5\n" in faked
    phone.run("dumpsys battery unplug")
    assert "USB powered: false" in phone.run("dumpsys battery")[0]
    assert "Unknown set option" in phone.run("dumpsys battery set nonsense 1")[0]
    phone.run("dumpsys battery reset")
    assert "level: 87" in phone.run("dumpsys battery")[0]


def test_the_idle_list_is_kept(phone: FakePhone) -> None:
    phone.install()
    phone.run(f"dumpsys deviceidle whitelist +{APP}")
    assert phone.run("dumpsys deviceidle whitelist")[0] == f"user,{APP},10180\n"
    assert phone.run(f"dumpsys deviceidle whitelist -{APP}")[0] == f"Removed: {APP}\n"
    assert phone.run("dumpsys deviceidle whitelist")[0] == ""


def test_netstats_count_what_apps_moved(phone: FakePhone) -> None:
    traffic = phone.activities.state.traffic
    traffic.count(10180, received=3000, sent=100, now=7300.0)
    traffic.count(10180, received=500, sent=1, now=7301.0)
    out = phone.run("dumpsys netstats")[0]
    assert "uid=10180 set=FOREGROUND tag=0x0\n    NetworkStatsHistory: bucketDuration=7200" in out
    assert out.count("st=7200 rb=3500 rp=3 tb=101 tp=1 op=0") == 3
    assert (traffic.total(10180).received, traffic.total(1).sent) == (3500, 0)


def test_diskstats_lists_have_one_order(phone: FakePhone) -> None:
    package = phone.install()
    phone.fs.write(f"/data/user/0/{APP}/cache/x", b"1234", uid=package.uid)
    out = phone.run("dumpsys diskstats")[0]
    cells = (line.partition(": ") for line in out.splitlines())
    rows = {name: value for name, _, value in cells}
    names = json.loads(rows["Package Names"])
    at = names.index(APP)
    assert json.loads(rows["App Sizes"])[at] == (phone.folder / "app.apk").stat().st_size
    assert json.loads(rows["App Data Sizes"])[at] == 4
    assert json.loads(rows["Cache Sizes"])[at] == 4
    assert re.search(r"^Data-Free: \d+K / \d+K total = \d+% free$", out, re.MULTILINE)


def test_dropbox_lists_prints_and_filters(phone: FakePhone) -> None:
    phone.install()
    asyncio.run(phone.activities.start_activity(f"{APP}/{MAIN}"))
    phone.activities.not_responding(APP, "slow")
    phone.activities.crash(APP, "java.lang.Error", "x", [])
    listed = phone.run("dumpsys dropbox --file")[0]
    assert "Drop box contents: 2 entries" in listed
    assert re.search(r"    /data/system/dropbox/data_app_anr@\d+\.txt\n", listed)
    printed = phone.run("dumpsys dropbox --print data_app_crash")[0]
    assert printed.count("=" * 40) == 1
    assert "java.lang.Error: x" in printed
    assert "Subject: slow" not in printed


def test_grants_show_in_the_package_dump(phone: FakePhone) -> None:
    phone.install(grant=True)
    assert f"{CAMERA}: granted=true" in phone.run(f"dumpsys package {APP}")[0]
