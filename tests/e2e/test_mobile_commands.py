"""Every `mobile:` command of the real driver: what it does on the simulated phone.

The table holds each name that the driver itself lists. What a phone without something
(a webview, a console, root, GStreamer on the host) refuses is refused here in the same words.
"""

from __future__ import annotations

import base64
import re
import time
import zipfile
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from appium import webdriver
from appium.webdriver.common.appiumby import AppiumBy
from selenium.common.exceptions import WebDriverException

from harness.adapters.places import node_folder
from tests.e2e.appium_server import appium_server, open_session
from tests.e2e.lab import Lab

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

SPLASH = "com.ss.android.ugc.aweme.splash.SplashActivity"
AREA: dict[str, Any] = {"left": 100, "top": 600, "width": 800, "height": 1000}
EMULATORS_ONLY = "only available (for|on) emulators"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@dataclass(frozen=True, slots=True)
class Row:
    """One call; PKG in its arguments is the app, APK its file, PROFILE an element.

    `answer` is compared (a pattern when it is a compiled one, a type when it is a type);
    `refusal` is what the error says instead.
    """

    name: str
    arguments: dict[str, Any] = field(default_factory=dict[str, Any])
    answer: object = None
    refusal: str = ""


def row(name: str, answer: object = None, /, *, refusal: str = "", **arguments: object) -> Row:
    return Row(name, arguments, answer, refusal)


TEXT = re.compile(r".+", re.DOTALL)
MP4 = re.compile(r"AAAA\w\wZ0eX")
"""How a film begins in base64: the length of its first box, and `ftyp`."""
ROWS = [
    row("shell", {"stdout": "a b\n", "stderr": ""}, command="echo", args=["a b"],
        includeStderr=True),
    row("shell", refusal="exited with code 3", command="exit", args=["3"]),
    row("deviceInfo", dict),
    row("batteryInfo", {"level": 0.87, "state": 2}),
    row("getDeviceTime", re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")),
    row("getDeviceTime", re.compile(r"\d{4}$"), format="YYYY"),
    row("getNotifications", dict),
    row("listSms", {"items": [], "total": 0}),
    row("getContexts", [], waitForWebviewMs=50),
    row("getChromeCapabilities", refusal="only be called in a webview context"),
    row("viewportElementRect", refusal="must be a web view", elementId="PROFILE"),
    row("getPerformanceDataTypes", ["cpuinfo", "memoryinfo", "batteryinfo", "networkinfo"]),
    row("getPerformanceData", list, packageName="PKG", dataType="cpuinfo"),
    row("getPerformanceData", list, packageName="PKG", dataType="memoryinfo"),
    row("getPerformanceData", [["power"], ["87"]], packageName="PKG", dataType="batteryinfo"),
    row("getPerformanceData", list, packageName="PKG", dataType="networkinfo"),
    row("getDisplayDensity", 420),
    row("getSystemBars", dict),
    row("getDeclaredOrientation", "PORTRAIT"),
    row("getCurrentPackage", "PKG"),
    row("getCurrentActivity", re.compile(r"com\.ss\.android\.ugc\.aweme\..+")),
    row("listDisplays", list),
    row("listWindows", list, filters={"packageName": "PKG"}, skipScreenshots=False),
    row("viewportRect", {"left": 0, "top": 63, "width": 1080, "height": 2337}),
    row("viewportScreenshot", TEXT),
    row("screenshots", dict),
    row("resetAccessibilityCache"),
    row("getAppStrings", {}),
    row("listApps", dict),
    row("isAppInstalled", True, appId="PKG"),
    row("isAppInstalled", False, appId="no.such"),
    row("queryAppState", 4, appId="PKG"),
    row("changePermissions", permissions="all", appPackage="PKG", action="grant"),
    row("getPermissions", [], type="denied", appPackage="PKG"),
    row("changePermissions", permissions=["android.permission.CAMERA"], appPackage="PKG",
        action="revoke"),
    row("getPermissions", ["android.permission.CAMERA"], type="denied", appPackage="PKG"),
    row("changePermissions", permissions=["RECORD_AUDIO"], appPackage="PKG", action="ignore",
        target="appops"),
    row("pushFile", remotePath="/sdcard/Download/x.txt", payload=b64("hello")),
    row("pullFile", b64("hello"), remotePath="/sdcard/Download/x.txt"),
    row("pullFile", refusal="failed to stat|does not exist|No such",
        remotePath="/sdcard/Download/none"),
    row("pullFolder", re.compile("UEs.+"), remotePath="/sdcard/Download"),
    row("deleteFile", True, remotePath="/sdcard/Download/x.txt"),
    row("pushFile", remotePath="@PKG/files/x.txt", payload=b64("inside")),
    row("deleteFile", True, remotePath="@PKG/files/x.txt"),
    row("sendTrimMemory", pkg="PKG", level="RUNNING_LOW"),
    row("deviceidle", action="whitelistAdd", packages="PKG"),
    row("deviceidle", action="whitelistRemove", packages=["PKG"]),
    row("bluetooth", action="disable"),
    row("bluetooth", action="enable"),
    row("nfc", action="enable"),
    row("nfc", action="disable"),
    row("setUiMode", mode="night", value="yes"),
    row("getUiMode", "yes", mode="night"),
    row("setUiMode", mode="night", value="no"),
    row("getUiMode", "no", mode="car"),
    row("isGpsEnabled", True),
    row("toggleGps"),
    row("isGpsEnabled", False),
    row("toggleGps"),
    row("setGeolocation", latitude=52.5, longitude=13.4, altitude=10),
    row("getGeolocation", {"latitude": 52.5, "longitude": 13.4, "altitude": 10}),
    row("refreshGpsCache", timeoutMs=5000),
    row("resetGeolocation"),
    row("statusBar", "", command="expandNotifications"),
    row("statusBar", "", command="collapse"),
    row("getCurrentPackage", "PKG"),
    row("statusBar", re.compile("wifi"), command="getStatusIcons"),
    row("openNotifications"),
    row("pressKey", keycode=4),
    row("getCurrentPackage", "PKG"),
    row("setConnectivity", wifi=False),
    row("getConnectivity", {"wifi": False, "data": True, "airplaneMode": False}),
    row("setConnectivity", wifi=True, data=True),
    row("setConnectivity", airplaneMode=True),
    row("getConnectivity", {"airplaneMode": True}, services=["airplaneMode"]),
    row("setConnectivity", airplaneMode=False),
    row("setClipboard", content=b64("clip ü")),
    row("getClipboard", b64("clip ü")),
    row("startActivity", re.compile("Status: ok"), component=f"PKG/{SPLASH}", wait=True, stop=True,
        action="android.intent.action.MAIN", categories="android.intent.category.LAUNCHER"),
    row("broadcast", re.compile("Broadcast completed: result=0"), action="no.such.action"),
    row("startService", re.compile("Starting service"), foreground=True,
        component="io.appium.settings/.ForegroundService"),
    row("startService", refusal="Error: Not found", component="no.such/.Service"),
    row("stopService", re.compile("not stopped: was not running"),
        component="io.appium.settings/.recorder.RecorderService"),
    row("deepLink", url="https://www.tiktok.com/@someone", package="PKG"),
    row("deepLink", refusal="unable to resolve Intent", url="nonsense://x", package="PKG"),
    row("activateApp", appId="PKG"),
    row("backgroundApp", seconds=-1),
    row("queryAppState", 3, appId="PKG"),
    row("activateApp", appId="PKG"),
    row("terminateApp", True, appId="PKG"),
    row("queryAppState", 1, appId="PKG"),
    row("activateApp", appId="PKG"),
    row("lock"),
    row("isLocked", True),
    row("unlock"),
    row("isLocked", False),
    row("unlock", key="1234", type="pin", strategy="locksettings"),
    row("isMediaProjectionRecordingRunning", False),
    row("stopMediaProjectionRecording", refusal="Did you start any"),
    row("startMediaProjectionRecording", True, resolution="176x144"),
    row("isMediaProjectionRecordingRunning", True),
    row("startMediaProjectionRecording", False),
    row("stopMediaProjectionRecording", MP4),
    row("isMediaProjectionRecordingRunning", False),
    row("startLogsBroadcast"),
    row("stopLogsBroadcast"),
    row("stopScreenStreaming"),
    row("scheduleAction", name="watch", times=50, intervalMs=10,
        steps=[{"type": "source", "name": "look", "payload": {"subtype": "xml"}}]),
    row("getActionHistory", dict, name="watch"),
    row("unscheduleAction", dict, name="watch"),
    row("getActionHistory", refusal="watch", name="watch"),
    row("acceptAlert", refusal="modal dialog"),
    row("dismissAlert", refusal="modal dialog"),
    row("clickGesture", elementId="PROFILE"),
    row("doubleClickGesture", x=500, y=1900),
    row("longClickGesture", x=500, y=1900, duration=200),
    row("dragGesture", startX=500, startY=1500, endX=500, endY=900, speed=9000),
    row("flingGesture", bool, direction="down", speed=9000, **AREA),
    row("swipeGesture", direction="up", percent=0.5, speed=9000, **AREA),
    row("scrollGesture", bool, direction="down", percent=0.5, speed=9000, **AREA),
    row("pinchOpenGesture", percent=0.5, **AREA),
    row("pinchCloseGesture", percent=0.5, **AREA),
    row("scroll", refusal="scrollable|located", strategy="accessibility id", selector="None",
        maxSwipes=1),
    row("scrollBackTo", refusal="not scrollable", elementId="PROFILE", elementToId="PROFILE"),
    row("type", True, text="hi"),
    row("performEditorAction", action="search"),
    row("hideKeyboard", bool),
    row("isKeyboardShown", False),
    row("replaceElementValue", refusal="Cannot set the element", elementId="PROFILE", text="x"),
    row("setStylusHandwriting", enabled=False),
    row("execEmuConsoleCommand", refusal="Is it an emulator", command="help"),
    row("injectEmulatorCameraImage", refusal=EMULATORS_ONLY, payload=b64("x")),
    row("fingerprint", refusal=EMULATORS_ONLY, fingerprintId=1),
    row("sendSms", refusal=EMULATORS_ONLY, phoneNumber="1", message="x"),
    row("gsmCall", refusal=EMULATORS_ONLY, phoneNumber="1", action="call"),
    row("gsmSignal", refusal=EMULATORS_ONLY, strength=1),
    row("gsmVoice", refusal=EMULATORS_ONLY, state="on"),
    row("powerAc", refusal=EMULATORS_ONLY, state="on"),
    row("powerCapacity", refusal=EMULATORS_ONLY, percent=5),
    row("networkSpeed", refusal=EMULATORS_ONLY, speed="lte"),
    row("sensorSet", refusal=EMULATORS_ONLY, sensorType="light", value="1"),
    row("installApp", appPath="APK"),
    row("installMultipleApks", apks=["APK"]),
    row("clearApp", appId="PKG"),
    row("removeApp", False, appId="no.such"),
    row("removeApp", True, appId="PKG"),
    row("isAppInstalled", False, appId="PKG"),
]  # fmt: skip
VIDEO = {"startScreenStreaming"}
"""Needs GStreamer on the host."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A session on a phone."""

    driver: webdriver.Remote
    phone: dict[str, Any]
    folder: Path

    def filled(self, value: Any) -> Any:
        """The value with PKG, APK and PROFILE in their meaning."""
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if value == "PROFILE":
            return self.driver.find_element(AppiumBy.ACCESSIBILITY_ID, "Profile").id
        if isinstance(value, str):
            return value.replace("PKG", self.phone["package"]).replace("APK", self.phone["apk"])
        return value


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Generator[Desk]:
    folder = tmp_path_factory.mktemp("mobile")
    home = folder / "home"
    home.mkdir()
    lab = Lab(home)
    try:
        with (
            lab.phones("--logged-out") as answer,
            appium_server(lab, folder / "appium.log", "--relaxed-security") as url,
        ):
            phone = answer["phones"][0]
            driver = open_session(url, lab, phone)
            try:
                driver.implicitly_wait(5)
                yield Desk(driver, phone, folder)
            finally:
                driver.quit()
    finally:
        lab.close()


def test_every_command_does_what_it_does_on_a_phone(desk: Desk) -> None:
    wrong: list[str] = []
    for line in ROWS:
        problem = problem_of(desk, line)
        if problem:
            wrong.append(f"{line.name} {line.arguments}: {problem}")
    assert wrong == []


def problem_of(desk: Desk, line: Row) -> str:
    """ "" when the call did what its row says."""
    try:
        found = desk.driver.execute_script(f"mobile: {line.name}", desk.filled(line.arguments))
    except WebDriverException as error:
        said = str(error.msg)
        return "" if line.refusal and re.search(line.refusal, said) else f"refused: {said[:300]}"
    if line.refusal:
        return f"answered {found!r:.200}, not refused with {line.refusal!r}"
    return differs(found, desk.filled(line.answer))


def differs(found: object, wanted: object) -> str:
    if wanted is None or found == wanted:
        return ""
    if isinstance(wanted, type) and isinstance(found, wanted) and (found or found is False):
        return ""
    if isinstance(wanted, re.Pattern) and isinstance(found, str) and wanted.search(found):
        return ""
    return f"answered {found!r:.300}, not {wanted!r}"


def test_no_command_is_left_out() -> None:
    assert {line.name for line in ROWS} | VIDEO == driver_commands()


def driver_commands() -> set[str]:
    """The names in the execute maps of the installed driver."""
    root = node_folder() / "node_modules" / "appium-uiautomator2-driver"
    found: set[str] = set()
    for path in (root, root / "node_modules" / "appium-android-driver"):
        text = (path / "build" / "lib" / "execute-method-map.js").read_text()
        found |= set(re.findall(r"'mobile: (\w+)'", text))
    return found


def test_logs_and_reports(desk: Desk) -> None:
    driver = desk.driver
    driver.execute_script("mobile: shell", {"command": "log", "args": ["-t", "mine", "a line"]})
    time.sleep(0.2)
    assert {"logcat", "bugreport", "server"} <= set(driver.log_types)
    lines = [entry["message"] for entry in driver.get_log("logcat")]
    assert any("mine" in line and "a line" in line for line in lines)
    assert driver.get_log("bugreport")
    (report,) = desk.folder.glob("bugreport-*.zip")
    assert zipfile.is_zipfile(report)
