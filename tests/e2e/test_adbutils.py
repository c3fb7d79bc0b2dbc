"""adbutils in full: each documented call through the real adb server, by its value."""

from __future__ import annotations

from collections.abc import Callable, Generator

import pytest
from adbutils import (
    AdbClient,
    BrightnessMode,
)

from tests.e2e.adbutils_calls import (
    Desk,
    airplane,
    app_information,
    battery,
    binary,
    brightness,
    browser,
    cleared,
    connected,
    files,
    forwards,
    information,
    installed,
    local_socket,
    logged,
    pictures,
    restarted,
    reverses,
    screen,
    shells,
    started_and_stopped,
    states,
    tracked,
    typed,
    volume,
    wifi,
)
from tests.e2e.lab import Lab

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Generator[Desk]:
    folder = tmp_path_factory.mktemp("adbutils")
    home = folder / "home"
    home.mkdir()
    lab = Lab(home)
    try:
        with lab.phones("--logged-out") as answer:
            phone = answer["phones"][0]
            client = AdbClient("127.0.0.1", lab.adb_port, socket_timeout=10)
            yield Desk(client, client.device(phone["address"]), phone, folder)
    finally:
        lab.close()


CALLS: list[tuple[str, Callable[[Desk], object], object]] = [
    ("list", states, None),
    ("server_version", lambda d: d.client.server_version(), 41),
    ("device_list", lambda d: [x.serial == d.serial for x in d.client.device_list()], [True]),
    (
        "list(extended)",
        lambda d: sorted(d.client.list(extended=True)[0].tags.items())[:3],
        [("device", "shiba"), ("model", "Pixel_8"), ("product", "shiba")],
    ),
    ("get_state", lambda d: d.device.get_state(), "device"),
    ("get_serialno", lambda d: d.device.get_serialno() == d.serial, True),
    ("get_devpath", lambda d: d.device.get_devpath(), "unknown"),
    ("get_features", lambda d: "shell_v2" in d.device.get_features().split(","), True),
    ("info", information, {"state": "device", "devpath": "unknown"}),
    ("getprop", lambda d: d.device.getprop("ro.build.version.sdk"), "34"),
    ("prop", lambda d: str(d.device.prop), "product:shiba model:Pixel 8 device:shiba"),
    ("shell", shells, [
        "a  b $HOME '", "x\n\n", b"\xff", (3, "out\n", "err\n"), (1, True), "a\nb\n",
    ]),
    ("sync", files, [
        256000, 4, [".", "..", "inner", "note.txt"], 256004, True, 4, [False, True], [],
    ]),
    ("install", installed, [
        ["BEFORE_INSTALL", "FINALLY"], True, False, "INSTALL_PARSE_FAILED_NOT_APK", "Success",
        False, "Failure [DELETE_FAILED_INTERNAL_ERROR]",
    ]),
    ("app_info", app_information, ("43.1.4", 2024301040, True, True, None)),
    ("app_start, app_current, app_stop", started_and_stopped, [True, True, True]),
    ("app_clear", cleared, [True, False]),
    ("forward", forwards, [True, True, []]),
    ("reverse", reverses, [[("tcp:7777", "tcp:8888"), ("tcp:7778", "tcp:8888")], 1, []]),
    ("create_connection", local_socket, ["device"]),
    ("logcat", logged, [True, False, True]),
    ("screenshot, framebuffer", pictures, [
        (1080, 2400), (1080, 2400), ((1080, 2400), "RGBA"), [True, True],
    ]),
    ("rotation", lambda d: d.device.rotation(), 0),
    ("window_size", lambda d: tuple(d.device.window_size()), (1080, 2400)),
    ("window_size(landscape)", lambda d: tuple(d.device.window_size(True)), (2400, 1080)),
    ("wlan_ip", lambda d: d.device.wlan_ip(), "192.168.77.33"),
    ("battery", battery, (87, 100, True, True, "Li-ion")),
    ("brightness", brightness, (77, BrightnessMode.MANUAL)),
    ("volume", volume, [1, 1, -1, 1]),
    ("switch_screen, is_screen_on", screen, [False, True]),
    ("switch_wifi", wifi, ["Wifi is disabled", "Wifi is enabled"]),
    ("switch_airplane, root", airplane, ["enabled", "disabled", "restarting adbd as non root"]),
    ("click, swipe, drag, keyevent, send_keys, dump_hierarchy", typed, [True, False, True, False]),
    ("open_browser", browser, "com.android.chrome"),
    ("adb binary", binary, "device\n"),
    ("connect, disconnect, wait_for", connected, [
        "already connected to IT", "disconnected IT", "connected to IT",
    ]),
    ("track_devices", tracked, [(True, "device"), (False, "absent"), (True, "device")]),
    ("tcpip, reboot", restarted, ["restarting in TCP mode port: 5555\n", True, "1"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "expected"), [row[1:] for row in CALLS], ids=[r[0] for r in CALLS]
)
def test_call(desk: Desk, call: Callable[[Desk], object], expected: object) -> None:
    found = call(desk)
    if call is states:
        expected = [(desk.serial, "device")]
    assert found == expected
