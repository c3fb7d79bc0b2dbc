"""What each of adbutils' calls gives on a phone, for the table in `test_adbutils`."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from adbutils import (
    AdbClient,
    AdbDevice,
    AdbError,
    AdbTimeout,
    BrightnessMode,
    Network,
    adb_path,
)
from adbutils._proto import FileInfo
from adbutils.errors import AdbInstallError
from PIL import Image, ImageChops

from harness.adapters.places import node_folder
from tests.e2e.lab import eventually, free_port

SETTINGS = "io.appium.settings"


@dataclass(frozen=True, slots=True)
class Desk:
    """A phone on the desk: the client, the phone by it, what `harness phone` said of it."""

    client: AdbClient
    device: AdbDevice
    phone: dict[str, Any]
    folder: Path

    @property
    def serial(self) -> str:
        return str(self.phone["address"])

    @property
    def package(self) -> str:
        return str(self.phone["package"])

    def settled(self) -> None:
        """The phone answers again after its adbd has started anew."""
        assert eventually(lambda: self.device.shell("echo up") == "up", 20)


def states(desk: Desk) -> list[tuple[str, str]]:
    return [(row.serial, row.state) for row in desk.client.list()]


def information(desk: Desk) -> dict[str, str]:
    """Without the serial number, which is another one each time."""
    told = cast("dict[str, str]", desk.device.info)
    assert told.pop("serialno") == desk.serial
    return told


def brightness(desk: Desk) -> tuple[int, BrightnessMode]:
    device = desk.device
    device.brightness_value = 77
    device.brightness_mode = BrightnessMode.MANUAL
    return device.brightness_value, device.brightness_mode


def volume_of(desk: Desk) -> int:
    told = desk.device.shell("cmd media_session volume --stream 3 --get")
    return int(told.rpartition("volume is ")[2].split()[0])


def volume(desk: Desk) -> list[int]:
    """How far each key moves it."""
    seen = [volume_of(desk)]
    for press in (desk.device.volume_up, desk.device.volume_up, desk.device.volume_down):
        press()
        seen.append(volume_of(desk))
    desk.device.volume_mute()
    muted = "Muted: true" in desk.device.shell("dumpsys audio")
    desk.device.volume_mute()
    return [after - before for before, after in itertools.pairwise(seen)] + [int(muted)]


def screen(desk: Desk) -> list[bool]:
    seen: list[bool] = []
    for on in (False, True):
        desk.device.switch_screen(on)
        seen.append(desk.device.is_screen_on())
    desk.device.shell("wm dismiss-keyguard")
    return seen


def airplane(desk: Desk) -> list[str]:
    seen: list[str] = []
    desk.device.root()
    time.sleep(0.3)  # the daemon starts again a moment after its answer
    desk.settled()
    for on in (True, False):
        desk.device.switch_airplane(on)
        seen.append(desk.device.shell("cmd connectivity airplane-mode"))
    with desk.device.open_transport() as connection:
        connection.send_command("unroot:")
        connection.check_okay()
        seen.append(str(connection.read_until_close()).strip())
    time.sleep(0.3)
    desk.settled()
    return seen


def wifi(desk: Desk) -> list[str]:
    seen: list[str] = []
    for on in (False, True):
        desk.device.switch_wifi(on)
        seen.append(desk.device.shell("cmd wifi status").splitlines()[0])
    return seen


def started_and_stopped(desk: Desk) -> list[object]:
    device, package = desk.device, desk.package
    device.app_start(package)
    running = eventually(lambda: device.app_current().package == package, 10)
    device.app_stop(package)
    stopped = device.app_current().package
    device.app_start(package, "com.ss.android.ugc.aweme.splash.SplashActivity")
    named = device.app_current().package
    device.app_stop(package)
    return [running, stopped != package, named == package]


def cleared(desk: Desk) -> list[bool]:
    folder = f"/sdcard/Android/data/{desk.package}"
    there = [desk.device.sync.exists(f"{folder}/files")]
    desk.device.app_clear(desk.package)
    return [*there, desk.device.sync.exists(f"{folder}/files")]


def app_information(desk: Desk) -> tuple[object, ...]:
    found = desk.device.app_info(desk.package)
    assert found is not None
    assert found.first_install_time is not None
    assert found.last_update_time is not None
    assert found.first_install_time <= found.last_update_time
    assert re.match(r"[0-9a-f]{8}\b", str(found.signature))
    return (
        found.version_name,
        found.version_code,
        "DEBUGGABLE" in found.flags,
        found.path.endswith("/base.apk"),
        desk.device.app_info("no.such.app"),
    )


def installed(desk: Desk) -> list[object]:
    device = desk.device
    apk = next((node_folder() / "node_modules").rglob("settings_apk-debug.apk"))
    seen: list[str] = []
    device.install(apk, nolaunch=True, silent=True, callback=seen.append)
    there = SETTINGS in device.list_packages(["-3"])
    device.sync.push(apk, "/data/local/tmp/again.apk")
    device.install_remote("/data/local/tmp/again.apk", clean=True)
    gone = device.sync.exists("/data/local/tmp/again.apk")
    device.sync.push(b"no archive", "/data/local/tmp/bad.apk")
    with pytest.raises(AdbInstallError) as refused:
        device.install_remote("/data/local/tmp/bad.apk")
    removed = device.uninstall(SETTINGS)
    return [
        seen,
        there,
        gone,
        refused.value.reason,
        removed,
        SETTINGS in device.list_packages(),
        device.uninstall(SETTINGS),
    ]


def forwards(desk: Desk) -> list[object]:
    device, port = desk.device, free_port()
    first = device.forward_port("localabstract:somewhere")
    again = device.forward_port("localabstract:somewhere")
    device.forward(f"tcp:{port}", "tcp:6790")
    rows = {(row.local, row.remote) for row in device.forward_list()}
    with pytest.raises(AdbError, match="rebind"):
        device.forward(f"tcp:{port}", "tcp:1", norebind=True)
    device.forward_remove(f"tcp:{port}")
    with pytest.raises(AdbError):
        device.forward_remove(f"tcp:{port}")
    device.forward_remove(f"tcp:{port}", raise_non_found=False)
    device.forward_remove_all()
    left = desk.client.forward_list(desk.serial)
    wanted = {(f"tcp:{first}", "localabstract:somewhere"), (f"tcp:{port}", "tcp:6790")}
    return [first == again, rows == wanted, left]


def reverses(desk: Desk) -> list[object]:
    device = desk.device
    device.reverse("tcp:7777", "tcp:8888")
    with pytest.raises(AdbError, match="rebind"):
        device.reverse("tcp:7777", "tcp:9999", norebind=True)
    device.reverse("tcp:7778", "tcp:8888")
    rows = [(row.remote, row.local) for row in device.reverse_list()]
    device.reverse_remove("tcp:7777")
    kept = len(device.reverse_list())
    device.reverse_remove_all()
    with pytest.raises(AdbError, match="not found"):
        device.reverse_remove("tcp:7777")
    return [sorted(rows), kept, device.reverse_list()]


def shells(desk: Desk) -> list[object]:
    device = desk.device
    framed = device.shell2("echo out; echo err >&2; exit 3", v2=True)
    plain = device.shell2("ls /no-such; false")
    with pytest.raises(AdbTimeout):
        device.shell("sleep 5", timeout=0.3)
    with device.shell("echo a; sleep 0.1; echo b", stream=True) as stream:
        streamed = stream.read_until_close()
    return [
        device.shell(["echo", "a  b", "$HOME", "'"]),
        device.shell("printf 'x\\n\\n'", rstrip=False),
        device.shell("printf '\\377'", encoding=None),
        (framed.returncode, framed.stdout, framed.stderr),
        (plain.returncode, "No such file" in plain.output),
        streamed,
    ]


def files(desk: Desk) -> list[object]:
    sync, folder = desk.device.sync, desk.folder
    tree = folder / "tree" / "inner"
    tree.mkdir(parents=True)
    data = bytes(range(256)) * 1000
    (tree / "ä b.bin").write_bytes(data)
    desk.device.shell("mkdir -p /sdcard/tree/inner")
    sent = sync.push(tree / "ä b.bin", "/sdcard/tree/inner", check=True)
    sync.push(io.BytesIO(b"text"), "/sdcard/tree/note.txt", mode=0o644)
    stat = sync.stat("/sdcard/tree/note.txt")
    names = sorted(entry.path for entry in sync.iter_directory("/sdcard/tree"))
    pulled = sync.pull("/sdcard/tree", folder / "back")
    same = (folder / "back" / "inner" / "ä b.bin").read_bytes() == data
    single = sync.pull("/sdcard/tree/note.txt", folder / "note.txt")
    with pytest.raises(AdbError, match="No such file"):
        sync.read_bytes("/sdcard/tree/none")
    desk.device.remove("/sdcard/tree/note.txt")
    there = [sync.exists("/sdcard/tree/note.txt"), sync.exists("/sdcard/tree/inner/ä b.bin")]
    desk.device.rmtree("/sdcard/tree")
    left = [
        entry.path for entry in cast("list[FileInfo]", sync.list("/sdcard")) if entry.path == "tree"
    ]
    return [sent, stat.size, names, pulled, same, single, there, left]


def pictures(desk: Desk) -> list[object]:
    """One picture, three ways."""
    device = desk.device
    device.keyevent("HOME")
    shown = device.screenshot(error_ok=False)
    by_display = device.screenshot(display_id=0, error_ok=False)
    raw = device.framebuffer()
    with pytest.raises(AdbError, match="Invalid display_id"):
        device.screenshot(display_id=5)
    alike = [
        ImageChops.difference(crop(shown), crop(other.convert("RGB"))).getbbox() is None
        for other in (by_display, raw)
    ]
    return [shown.size, by_display.size, (raw.size, raw.mode), alike]


def crop(picture: Image.Image) -> Image.Image:
    """Without the status bar, whose clock goes on."""
    return picture.crop((0, 200, 1080, 2200))


def typed(desk: Desk) -> list[bool]:
    """Gestures as their effect on the screen: the shade opens and closes, an icon opens."""
    device = desk.device
    device.keyevent("HOME")
    device.swipe(0.5, 5, 0.5, 0.6, 0.1)
    shade = ["notification_stack_scroller" in device.dump_hierarchy()]
    device.keyevent(4)
    shade.append("notification_stack_scroller" in device.dump_hierarchy())
    left, top, right, bottom = icon(device.dump_hierarchy(), "Settings")
    device.click((left + right) // 2, (top + bottom) // 2)
    opened = eventually(lambda: device.app_current().package == "com.android.settings", 5)
    device.drag(0.5, 0.7, 0.5, 0.4, 0.1)
    device.send_keys("no field has the focus")
    device.keyevent("KEYCODE_HOME")
    return [*shade, opened, device.app_current().package == "com.android.settings"]


def icon(xml: str, label: str) -> tuple[int, ...]:
    node = re.search(rf'<node [^>]*text="{label}"[^>]*bounds="([^"]*)"', xml)
    assert node is not None, xml
    return tuple(int(number) for number in re.findall(r"\d+", node[1]))


def browser(desk: Desk) -> str:
    desk.device.open_browser("example.com/a?b=c")
    return desk.device.app_current().package


def tracked(desk: Desk) -> list[tuple[bool, str]]:
    events = desk.client.track_devices()
    seen = [next(events)]
    desk.client.disconnect(desk.serial, raise_error=True)
    seen.append(next(events))
    desk.client.connect(desk.serial, timeout=5)
    while seen[-1].status != "device":
        seen.append(next(events))
    assert {event.serial for event in seen} == {desk.serial}
    return [(event.present, event.status) for event in (seen[0], seen[1], seen[-1])]


def connected(desk: Desk) -> list[str]:
    client = desk.client
    said = [client.connect(desk.serial), str(client.disconnect(desk.serial))]
    with pytest.raises(AdbError, match="no such device"):
        client.disconnect(desk.serial, raise_error=True)
    said.append(client.connect(desk.serial))
    client.wait_for(desk.serial, timeout=10)
    return [text.replace(desk.serial, "IT") for text in said]


def restarted(desk: Desk) -> list[object]:
    said = desk.device.tcpip(5555)
    time.sleep(0.3)
    desk.settled()
    before = desk.device.shell("cat /proc/sys/kernel/random/boot_id")
    desk.device.reboot()
    time.sleep(0.3)
    desk.settled()
    changed = desk.device.shell("cat /proc/sys/kernel/random/boot_id") != before
    return [said, changed, desk.device.getprop("sys.boot_completed")]


def logged(desk: Desk) -> list[bool]:
    """`stop` waits for the next line, which a phone writes soon."""
    file = desk.folder / "log.txt"
    watching = desk.device.logcat(str(file), clear=True, re_filter=r"wanted \d")
    desk.device.shell("log -t mine wanted 1; log -t mine other; log -t mine wanted 2")
    full = eventually(lambda: file.read_text().count("wanted") == 2, 10)
    watching.stop(timeout=10)
    return [full, "other" in file.read_text(), "I/mine" in file.read_text()]


def battery(desk: Desk) -> tuple[object, ...]:
    found = desk.device.battery()
    return (found.level, found.scale, found.present, found.usb_powered, found.technology)


def binary(desk: Desk) -> str:
    """`adb_output` asks the server of the environment; here the same binary asks ours."""
    command = [adb_path(), "-P", str(desk.client.port), "-s", desk.serial, "get-state"]
    return subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout


def local_socket(desk: Desk) -> list[object]:
    """To a socket of the phone; a port that nobody listens on is refused."""
    device = desk.device
    with pytest.raises(AdbError, match="closed"):
        device.create_connection(Network.TCP, 4)
    return [device.get_state()]
