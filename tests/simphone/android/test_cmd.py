"""The small programs, as a table: command, start of stdout, start of stderr, exit code."""

import asyncio

import pytest

from tests.simphone.android.phone import APP, FakePhone

KEYBOARD = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME"
LOCAL = "com.android.localtransport/.LocalTransport"


@pytest.mark.parametrize(
    ("line", "out", "err", "code"),
    [
        ("cmd -l", "Currently running services:\n", "", 0),
        ("cmd", "", "cmd: No service specified", 20),
        ("cmd nonsense", "", "cmd: Can't find service: nonsense\n", 20),
        ("cmd connectivity airplane-mode", "disabled\n", "", 0),
        ("cmd connectivity nonsense", "", "Unknown command", 255),
        ("cmd connectivity set-chain3-enabled true", "", "", 0),
        (f"cmd connectivity get-package-networking-enabled {APP}", f"{APP}:allow\n", "", 0),
        ("cmd -w wifi status", "Wifi is enabled\n", "", 0),
        ("cmd wifi list-networks", "Network Id", "", 0),
        ("cmd wifi x", "", "Uid 2000 does not have access to x wifi command", 255),
        ("cmd wifi start-scan", "", "", 0),
        ("cmd wifi list-scan-results", "    BSSID", "", 0),
        ("cmd phone data disable", "", "", 0),
        ("cmd phone x", "", "Unknown command", 255),
        ("cmd bluetooth_manager disable", "disable: Success\n", "", 0),
        ("cmd bluetooth_manager wait-for-state:STATE_OFF", "Success\n", "", 0),
        ("cmd netpolicy get restrict-background", "Restrict background status: disabled\n", "", 0),
        ("cmd location is-location-enabled", "true\n", "", 0),
        ("cmd location set-location-enabled false", "", "", 0),
        ("cmd notification allow_listener io.appium.settings/.NLService", "", "", 0),
        ("cmd notification allow_listener nonsense", "", "Invalid listener", 255),
        ("cmd notification set_dnd on", "", "", 0),
        ("cmd statusbar expand-notifications", "", "", 0),
        ("cmd statusbar collapse", "", "", 0),
        ("cmd statusbar x", "", "Unknown command", 255),
        ("cmd overlay enable com.x.overlay", "", "", 0),
        ("cmd overlay list", "", "", 0),
        ("cmd uimode night", "Night mode: no\n", "", 0),
        ("cmd uimode night yes", "Night mode: yes\n", "", 0),
        ("cmd uimode car", "Car mode: no\n", "", 0),
        ("cmd power set-mode 1", "", "", 0),
        ("cmd user list", "Users:\n\tUserInfo{0:Owner:4c13} running\n", "", 0),
        ("cmd user get-main-user", "Main user id: 0\n", "", 0),
        ("cmd user x", "", "Unknown command: x", 255),
        ("cmd shortcut get-default-launcher", "Launcher: ComponentInfo{com.google", "", 0),
        ("cmd shortcut", "shortcut service commands:\n  help\n", "", 0),
        ("cmd thermalservice override-status 9", "Invalid status: 9\n", "", 255),
        ("cmd thermalservice x", "", "Unknown command: x", 255),
        ("cmd time_detector is_auto_detection_enabled", "true\n", "", 0),
        ("cmd time_zone_detector x", "", "Unknown command: x", 255),
        ("cmd vibrator_manager list", "0\n", "", 0),
        ("cmd webviewupdate set-webview-implementation com.google.android.webview", "Succ", "", 0),
        ("cmd webviewupdate set-webview-implementation x", "Failed to switch to x", "", 1),
        ("cmd webviewupdate", "webviewupdate service commands:", "", 0),
        ("cmd alarm set-time 1", "", "Unknown command: set-time", 255),
        ("dpm list-owners", "no owners\n", "", 0),
        ("dpm set-device-owner no.such/.A", "", "Exception occurred while executing 'set-d", 255),
        (f"dpm set-device-owner {APP}/.A", "", "Exception occurred while executing 'set-d", 255),
        (f"dpm set-active-admin {APP}/.A", "", "Exception occurred while executing 'set-a", 255),
        ("dpm", "usage: dpm", "", 1),
        ("monkey", "", "usage: monkey", 253),
        ("settings reset global untrusted_defaults", "", "", 0),
        ("settings reset global", "", "Bad arguments", 255),
        (f"pm default-state {APP}", f"Package {APP} new state: default\n", "", 0),
        ("pm default-state no.such", "", "Error: Unknown package: no.such", 255),
        (f"pm set-installer {APP} com.x", "", "\nException occurred while", 255),
        ("pm set-installer no.such com.x", "", "Error: Unknown package: no.such", 255),
        ("pm remove-user 10", "", "Error: couldn't remove user id 10\n", 1),
        ("am supports-multiwindow", "true\n", "", 0),
        (f"am get-standby-bucket {APP}", "10\n", "", 0),
        ("am get-standby-bucket", "android: 10\n", "", 0),
        ("am get-standby-bucket no.such", "", "Error: Unknown package: no.such", 1),
        (f"am set-standby-bucket {APP} never", "", "Error: Unknown bucket: never", 1),
        ("am set-standby-bucket no.such rare", "", "Error: Unknown package", 1),
        ("am set-inactive no.such true", "", "Error: Unknown package", 1),
        (f"am get-inactive {APP}", "Idle=false\n", "", 0),
        ("appops start {APP} CAMERA", "", "", 0),
        ("wm help", "Window manager (window) commands:", "", 0),
        ("wm reset", "", "", 0),
        ("wm tracing start", "", "", 0),
        ("wm overscan 0,0,0,1", "", "Unknown command", 255),
        ("cmd locale get-app-locales com.x", "Locales for com.x", "", 0),
        ("cmd deviceidle get deep", "ACTIVE\n", "", 0),
        ("cmd battery unplug", "", "", 0),
        ("cmd window size", "Physical size: 1080x2400\n", "", 0),
        ("cmd input_method list -s", KEYBOARD, "", 0),
        ("locksettings help", "lockSettings", "", 0),
        ("locksettings get-disabled", "false\n", "", 0),
        ("locksettings set-disabled true", "Lock screen disabled set to true\n", "", 0),
        ("locksettings clear --old 1", "Lock credential cleared\n", "", 0),
        ("locksettings verify", "Lock credential verified successfully\n", "", 0),
        ("locksettings nonsense", "", "Unknown command", 255),
        ("svc wifi disable", "", "", 0),
        ("svc power stayon true", "", "", 0),
        ("svc nfc enable", "", "", 0),
        ("svc", "Available commands:", "", 0),
        (f"appops set {APP} PROJECT_MEDIA allow", "", "", 0),
        (f"appops get {APP}", "No operations.\n", "", 0),
        ("appops set no.such X allow", "", "Error: No UID for no.such", 255),
        (f"appops set {APP} X nonsense", "", "Error: Mode nonsense is not valid", 255),
        ("appops", "AppOps service", "", 0),
        ("appops query-op X", "", "Error:", 255),
        ("appops reset", "Reset all modes", "", 0),
        ("ime list -a -s", f"{KEYBOARD}\n", "", 0),
        ("ime list", f"{KEYBOARD}:\n", "", 0),
        ("ime set nonsense", "", "Unknown input method nonsense cannot be selected", 255),
        (f"ime enable {KEYBOARD}", f"Input method {KEYBOARD}: already enabled", "", 0),
        ("ime reset", "Reset current and enabled IMEs", "", 0),
        ("ime", "ime <command>", "", 0),
        ("wm size", "Physical size: 1080x2400\n", "", 0),
        ("wm density", "Physical density: 420\n", "", 0),
        ("wm user-rotation", "lock 0\n", "", 0),
        ("wm nonsense", "", "Unknown command", 255),
        ("sm list-volumes all", "private mounted null\nemulated;0 mounted null\n", "", 0),
        ("sm list-volumes public", "", "", 0),
        ("sm list-disks", "", "", 0),
        ("sm has-adoptable", "false\n", "", 0),
        ("sm get-primary-storage-uuid", "null\n", "", 0),
        ("sm get-fbe-mode", "native\n", "", 0),
        ("sm fstrim", "", "", 0),
        ("sm", "", "usage: sm", 1),
        ("bmgr enabled", "Backup Manager currently enabled\n", "", 0),
        ("bmgr enable false", "Backup Manager now disabled\n", "", 0),
        ("bmgr list transports", "    com.android.localtransport", "", 0),
        (f"bmgr transport {LOCAL}", f"Selected transport {LOCAL} (formerly", "", 0),
        ("bmgr list sets", "No restore sets\n", "", 0),
        ("bmgr backupnow com.x", "Package com.x with result: Backup is not allowed", "", 0),
        ("bmgr", "usage: bmgr", "", 0),
        ("getenforce", "Enforcing\n", "", 0),
        ("setenforce 0", "", "setenforce: Couldn't set enforcing status: Permission", 1),
        ("service check activity", "Service activity: found\n", "", 0),
        ("service check x", "Service x: not found\n", "", 0),
        ("service list", "Found ", "", 0),
        ("service", "Usage: service", "", 0),
    ],
)
def test_answers(phone: FakePhone, line: str, out: str, err: str, code: int) -> None:
    phone.install()
    answer = phone.run(line)
    assert answer[0].startswith(out), answer
    assert answer[1].startswith(err), answer
    assert bool(answer[1]) is bool(err), answer
    assert answer[2] == code


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("cmd connectivity airplane-mode enable", "airplane", True),
        ("cmd -w wifi set-wifi-enabled disabled", "wifi", False),
        ("svc data disable", "mobile_data", False),
        ("svc bluetooth disable", "bluetooth", False),
        ("settings put global airplane_mode_on 1", "airplane", True),
    ],
)
def test_switches_change_the_conditions(
    phone: FakePhone, line: str, attribute: str, value: bool
) -> None:
    assert phone.run(line)[2] == 0
    assert getattr(phone.conditions, attribute) is value


def test_apps_may_not_use_svc(phone: FakePhone) -> None:
    assert phone.run("svc wifi disable", uid=10180)[2] == 255
    assert phone.conditions.wifi


@pytest.mark.parametrize(
    ("lines", "out"),
    [
        (["wm size 720x1600", "wm size"], "Physical size: 1080x2400\nOverride size: 720x1600\n"),
        (["wm size 720x1600", "wm size reset", "wm size"], "Physical size: 1080x2400\n"),
        (["wm density 300", "wm density"], "Physical density: 420\nOverride density: 300\n"),
        (["wm density 300", "wm density reset", "wm density"], "Physical density: 420\n"),
        (["appops set {a} android:camera deny", "appops get {a} CAMERA"], "CAMERA: deny\n"),
        (["appops set {a} 26 deny", "appops get {a} android:camera"], "CAMERA: deny\n"),
        (["appops get {a} CAMERA"], "No operations.\nDefault mode: allow\n"),
        (
            ["appops set {a} X deny", "appops set --uid {a} CAMERA ignore", "appops get {a}"],
            "Uid mode: CAMERA: ignore\nX: deny\n",
        ),
        (["am set-standby-bucket {a} rare", "am get-standby-bucket {a}"], "40\n"),
        (["am set-standby-bucket {a} 45", "am get-standby-bucket {a}"], "45\n"),
        (["am set-inactive {a} true", "am get-inactive {a}"], "Idle=true\n"),
        (["am set-inactive {a} false", "am get-inactive {a}"], "Idle=false\n"),
        (["wm user-rotation free", "wm user-rotation"], "free\n"),
        (["wm user-rotation lock 1", "wm user-rotation"], "lock 1\n"),
        (["cmd thermalservice override-status 3", "cmd thermalservice reset"], ""),
        (["appops set {a} X allow", "appops query-op X allow"], "com.example.feed\n"),
        (["appops set {a} X allow", "appops reset {a}", "appops get {a}"], "No operations.\n"),
        (["cmd overlay enable o", "cmd overlay list"], "[x] o\n"),
        (["cmd overlay enable o", "cmd overlay disable o", "cmd overlay list"], ""),
        (
            [
                "cmd netpolicy add restrict-background-blacklist 10180",
                "cmd netpolicy list restrict-background-blacklist",
            ],
            "Restrict background blacklisted UIDs: 10180\n",
        ),
        (
            [
                "cmd connectivity set-package-networking-enabled false {a}",
                "cmd connectivity get-package-networking-enabled {a}",
            ],
            "com.example.feed:deny\n",
        ),
        (
            [
                "cmd notification allow_listener a.b/.C",
                "cmd notification disallow_listener a.b/.C",
                "settings get secure enabled_notification_listeners",
            ],
            "\n",
        ),
    ],
)
def test_what_was_set_is_told(phone: FakePhone, lines: list[str], out: str) -> None:
    phone.install()
    assert [phone.run(line.format(a=APP)) for line in lines][-1][0] == out


def test_root_sets_selinux_permissive(phone: FakePhone) -> None:
    assert phone.run("setenforce 0", uid=0)[2] == 0
    assert phone.run("getenforce")[0] == "Permissive\n"
    assert phone.run("setenforce x", uid=0)[2] == 1


def test_dismissing_the_keyguard_unlocks(phone: FakePhone) -> None:
    phone.conditions.locked = True
    phone.run("wm dismiss-keyguard")
    assert not phone.conditions.locked


@pytest.mark.parametrize("line", ["reboot", "svc power reboot"])
def test_reboots_happen_behind_the_command(phone: FakePhone, line: str) -> None:
    async def run() -> int:
        await phone.call(line)
        await asyncio.sleep(0)
        return phone.reboots

    assert asyncio.run(run()) == 1
