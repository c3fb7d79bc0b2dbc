"""One Appium session, command by command, in the order in which the driver sends them."""

import asyncio
import re

from harness.simphone.android.apk.build import LAUNCH, build_apk
from harness.simphone.android.apk.manifest import Component
from harness.simphone.contracts import PhoneParts
from tests.simphone.android.phone import APP, MAIN, FakePhone, app_spec

SETTINGS, SERVER = "io.appium.settings", "io.appium.uiautomator2.server"
RUNNER = "androidx.test.runner.AndroidJUnitRunner"

BEFORE = [
    ("getprop ro.build.version.sdk", r"\A34\n\Z"),
    ("getprop ro.build.version.release", r"\A14\n\Z"),
    ("settings put global hidden_api_policy 1", r"\A\Z"),
    (f"dumpsys package {SETTINGS}", r"Unable to find package"),
    (f"dumpsys activity services {SETTINGS}", r"\(nothing\)"),
]
AFTER = [
    (f"dumpsys package {SETTINGS}", rf"(?m)^\s*Package \[{SETTINGS}\][^:]*:$"),
    (f"dumpsys package {SETTINGS}", r"versionName=8\.0\.9"),
    (f"cmd notification allow_listener {SETTINGS}/.NLService", r"\A\Z"),
    (f"appops set {SETTINGS} PROJECT_MEDIA allow", r"\A\Z"),
    (f"am start-activity -n {SETTINGS}/.Settings -a android.intent.action.MAIN", r"\AStarting: "),
    (f"dumpsys activity services {SETTINGS}", r"isForeground=true"),
    (f"appops set {SETTINGS} android:mock_location allow", r"\A\Z"),
    ("cmd package list packages --show-versioncode", rf"(?m)^package:{SERVER} versionCode:278$"),
    ("pm list instrumentation", rf"(?m)^instrumentation:{SERVER}\.test/{RUNNER} \(target="),
    (f"dumpsys deviceidle whitelist +{SERVER}.test", r"Added"),
    (f"am force-stop {SERVER}", r"\A\Z"),
    (f"am force-stop {SERVER}.test", r"\A\Z"),
    ("dumpsys window", r"mShowingLockscreen=false"),
    ("dumpsys power", r"mWakefulness=Awake"),
    (f"am start-activity -W -n {APP}/{MAIN} -S -f 0x10200000", r"Status: ok[\s\S]*Complete"),
    ("dumpsys window displays", rf"mCurrentFocus=Window{{\w+ u0 {APP}/{MAIN}}}"),
    (f"pm clear {APP}", r"\ASuccess\n\Z"),
    (f"cmd package uninstall {APP}", r"\ASuccess\n\Z"),
    ("settings delete global hidden_api_policy", r"Deleted 1 rows"),
]


def test_a_whole_session(phone: FakePhone) -> None:
    asyncio.run(_session(phone))


async def _session(phone: FakePhone) -> None:
    for line, pattern in BEFORE:
        await _expect(phone, line, pattern)
    settings = Component(f"{SETTINGS}.Settings", exported=True, filters=LAUNCH)
    for fields in (
        {"package": SETTINGS, "version_name": "8.0.9", "activities": (settings,), "behaviour": {}},
        {"package": SERVER, "version_code": 278, "activities": (), "behaviour": {}},
        {"package": f"{SERVER}.test", "activities": (), "instrumentation": (RUNNER, SERVER)},
        {},
    ):
        data = build_apk(phone.folder / "x.apk", app_spec(**fields)).read_bytes()
        answer = await phone.call(f"cmd package install -r -S {len(data)}", stdin=data)
        assert answer == ("Success\n", "", 0)
    over = asyncio.Event()

    async def server(_: PhoneParts) -> None:
        await over.wait()

    phone.instrumentation[f"{SERVER}.test/{RUNNER}"] = server
    for line, pattern in AFTER[:12]:
        await _expect(phone, line, pattern)
    am = asyncio.create_task(phone.call(f"am instrument -w {SERVER}.test/{RUNNER}"))
    await asyncio.sleep(0.01)
    for line, pattern in AFTER[12:]:
        await _expect(phone, line, pattern)
    assert not am.done()
    over.set()
    assert "INSTRUMENTATION_CODE: -1" in (await asyncio.wait_for(am, 2))[0]
    assert phone.processes.find(SERVER) is None


async def _expect(phone: FakePhone, line: str, pattern: str) -> None:
    out, err, code = await phone.call(line)
    assert (err, code) == ("", 0), (line, err)
    assert re.search(pattern, out), (line, out)
