import base64
import json

import pytest

from harness.simphone.android.apk.build import LAUNCH
from harness.simphone.android.apk.manifest import Component, IntentFilter
from harness.simphone.android.ime import SERVICE
from harness.simphone.android.settings_defaults import KEYBOARD
from tests.simphone.android.phone import FakePhone

PACKAGE = "io.appium.settings"
START = f"am start-activity -n {PACKAGE}/.Settings -a android.intent.action.MAIN"
RECEIVER = f"{PACKAGE}/.receivers"


@pytest.fixture
def settings_app(phone: FakePhone) -> FakePhone:
    activity = Component(f"{PACKAGE}.Settings", exported=True, filters=LAUNCH)
    keyboard = Component(f"{PACKAGE}.AppiumIME", filters=(IntentFilter((SERVICE,)),))
    phone.install(package=PACKAGE, activities=(activity,), services=(keyboard,), behaviour={})
    phone.run(START)
    return phone


def test_starting_it_starts_a_foreground_service_and_no_window(settings_app: FakePhone) -> None:
    services = settings_app.run(f"dumpsys activity services {PACKAGE}")[0]
    assert "isForeground=true" in services
    assert settings_app.display.windows == []
    recorder = f"{PACKAGE}/.recorder.RecorderService"
    assert recorder not in settings_app.run(f"dumpsys activity services {recorder}")[0]
    settings_app.run(f"am force-stop {PACKAGE}")
    assert "isForeground" not in settings_app.run(f"dumpsys activity services {PACKAGE}")[0]


def test_the_clipboard_needs_appiums_keyboard(settings_app: FakePhone) -> None:
    settings_app.conditions.clipboard = "héllo"
    line = f"am broadcast -n {RECEIVER}.ClipboardReceiver -a {PACKAGE}.clipboard.get"
    assert "result=0" in settings_app.run(line)[0]
    settings_app.run(f"ime enable {PACKAGE}/.AppiumIME")
    settings_app.run(f"ime set {PACKAGE}/.AppiumIME")
    data = base64.b64encode("héllo".encode()).decode()
    wanted = f'Broadcast completed: result=-1, data="{data}"\n'
    assert settings_app.run(line)[0].endswith(wanted)
    settings_app.run(f"ime disable {PACKAGE}/.AppiumIME")
    assert settings_app.settings.get("secure", "default_input_method") == KEYBOARD


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("-a {p}.notifications", {"statusBarNotifications": []}),
        ("-n {r}.SmsReader -a {p}.sms.read --es max 5", {"items": [], "total": 0}),
    ],
)
def test_answers_in_json(settings_app: FakePhone, line: str, wanted: object) -> None:
    out = settings_app.run("am broadcast " + line.format(p=PACKAGE, r=RECEIVER))[0]
    assert "result=-1" in out
    assert json.loads(out.partition('data="')[2].rpartition('"')[0]) == wanted


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("{p}.wifi --es setstatus disable", "wifi", False),
        ("{p}.data_connection --es setstatus disable", "mobile_data", False),
        ("{p}.bluetooth --es setstatus disable", "bluetooth", False),
    ],
)
def test_switches(settings_app: FakePhone, line: str, attribute: str, value: bool) -> None:
    assert "result=-1" in settings_app.run("am broadcast -a " + line.format(p=PACKAGE))[0]
    assert getattr(settings_app.conditions, attribute) is value


def test_animation_locale_and_location(settings_app: FakePhone) -> None:
    run = settings_app.run
    assert "result=-1" in run(f"am broadcast -a {PACKAGE}.animation --es setstatus disable")[0]
    assert settings_app.settings.get("global", "window_animation_scale") == "0.0"
    run(f"am broadcast -a {PACKAGE}.locale --es lang de --es country DE")
    assert settings_app.properties.get("persist.sys.locale") == "de-DE"
    assert "result=0" in run(f"am broadcast -a {PACKAGE}.locale --es lang de")[0]
    assert 'data="52.52 13.405 34.0"' in run(f"am broadcast -a {PACKAGE}.location")[0]
    assert "result=-1" in run(f"am broadcast -a {PACKAGE}.scan_media --es path /sdcard")[0]
    assert "result=-1, data=" in run(f"am broadcast -a {PACKAGE}.list_locales")[0]
    assert "result=0" in run(f"am broadcast -a {PACKAGE}.nonsense")[0]


def test_its_notification_is_among_those_that_it_lists(phone: FakePhone) -> None:
    """As Appium's documentation of `mobile: getNotifications` shows it."""
    activity = Component(f"{PACKAGE}.Settings", exported=True, filters=LAUNCH)
    asked = ("android.permission.POST_NOTIFICATIONS",)
    phone.install(package=PACKAGE, activities=(activity,), permissions=asked, grant=True)
    phone.run(START)
    phone.run("cmd notification post -t Head tag words")
    out = phone.run(f"am broadcast -a {PACKAGE}.notifications")[0]
    told = json.loads(out.partition('data="')[2].rpartition('"')[0])["statusBarNotifications"]
    assert [(row["packageName"], row["isOngoing"]) for row in told] == [
        ("com.android.shell", False),
        (PACKAGE, True),
    ]
    assert told[0]["notification"]["title"] == "Head"
    assert told[1]["key"] == f"0|{PACKAGE}|1|null|10180"
    assert told[1]["notification"]["bigTitle"] == "Appium Settings"
    phone.run(f"am force-stop {PACKAGE}")
    assert f"pkg={PACKAGE}" not in phone.run("dumpsys notification")[0]


def test_an_app_that_is_not_there_answers_nothing(phone: FakePhone) -> None:
    assert "result=0\n" in phone.run(f"am broadcast -a {PACKAGE}.notifications")[0]
