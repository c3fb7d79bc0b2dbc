"""One probe: two round trips at the first time of a boot, one after that."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.adb import capability_probe
from harness.adapters.adb.capability_probe import probe_phone
from harness.ports import DeviceControl

from .conftest import FakePhone

APP = "com.zhiliaoapp.musically"
PROPERTIES = {
    "ro.product.model": "22101320G",
    "ro.product.manufacturer": "Xiaomi",
    "ro.build.version.sdk": "33",
    "ro.build.version.release": "13",
    "ro.build.type": "user",
    "ro.product.cpu.abilist": "arm64-v8a,armeabi-v7a",
    "ro.miui.ui.version.name": "V14",
    "persist.sys.timezone": "Europe/Berlin",
}
ANSWERS = {
    "boot": "b1\n",
    "clock": "1790000000.5\n+0200\n",
    "battery": "  level: 40\n  scale: 100\n  status: 3\n",
    "df": "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/x 1000 400 600 40% /data\n",
    "airplane": "0",
    "power": "  mWakefulness=Awake",
    "window": "  mCurrentFocus=Window{1 u0 a/b}",
    f"pm {APP}": f"package:/data/app/{APP}/base.apk",
    "properties": "".join(f"[{key}]: [{value}]\n" for key, value in PROPERTIES.items()),
    "id": "uid=2000(shell) gid=2000(shell)",
    "run_as": f"run-as: package not debuggable: {APP}",
    "app_folders": f"ls: /sdcard/Android/data/{APP}: Permission denied",
    "features": "feature:android.hardware.wifi\nfeature:android.hardware.nfc\n",
    "users": "Users:\n\tUserInfo{0:Owner:c13} running\n",
    "package": "    User 0: installed=true",
    "miui_adb_input": "0\n",
}


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Names asked for in each round trip; each is answered from ANSWERS."""
    made: list[list[str]] = []

    def batch(_phone: DeviceControl, commands: dict[str, str], **_: object) -> dict[str, str]:
        made.append(list(commands))
        return {name: ANSWERS.get(name, "") for name in commands}

    monkeypatch.setattr(capability_probe, "read_batch", batch)
    return made


def test_a_retail_phone(trips: list[list[str]], tmp_path: Path) -> None:
    seen, now = probe_phone(FakePhone(), [APP], folder=tmp_path, wall=lambda: 1_790_000_000.0)

    assert len(trips) == 2
    assert (seen.model, seen.api, seen.skin, seen.root) == ("22101320G", 33, "MIUI V14", "none")
    assert seen.abis == ("arm64-v8a", "armeabi-v7a")
    assert seen.features == ("android.hardware.nfc", "android.hardware.wifi")
    assert (seen.run_as, seen.app_folders, seen.package) == (False, "closed", APP)
    assert seen.settings["miui_adb_input"] == "0"
    assert [user.has_app for user in seen.users] == [True]
    assert (now.battery, now.charging, now.free_bytes) == (40, False, 600 * 1024)
    assert now.clock_offset == pytest.approx(0.5)
    assert (now.locked, now.screen_on, now.airplane) == (False, True, False)


def test_what_stays_is_asked_for_once_a_boot(
    trips: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = probe_phone(FakePhone(), [APP], folder=tmp_path)
    again, _ = probe_phone(FakePhone(), [APP], folder=tmp_path)
    assert (len(trips), again) == (3, first)

    monkeypatch.setitem(ANSWERS, "boot", "b2\n")
    probe_phone(FakePhone(), [APP], folder=tmp_path)
    assert len(trips) == 5

    monkeypatch.setitem(ANSWERS, f"pm {APP}", "")  # the app was removed
    gone, _ = probe_phone(FakePhone(), [APP], folder=tmp_path)
    assert (len(trips), gone.package) == (7, "")


def test_without_a_boot_id_nothing_is_kept(
    trips: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ANSWERS, "boot", "")
    probe_phone(FakePhone(), [APP], folder=tmp_path)
    probe_phone(FakePhone(), [APP], folder=tmp_path)

    assert len(trips) == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answers", "root"),
    [
        ({"id": "uid=0(root)"}, "adb"),
        ({"id": "uid=2000", "su": "/system/bin/su"}, "su found"),
    ],
)
def test_ways_to_root(
    answers: dict[str, str],
    root: str,
    trips: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, text in answers.items():
        monkeypatch.setitem(ANSWERS, name, text)

    assert probe_phone(FakePhone(), [APP], folder=tmp_path)[0].root == root


def test_a_phone_that_says_nothing_gives_a_probe_that_knows_nothing(
    trips: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(ANSWERS):
        monkeypatch.setitem(ANSWERS, name, "")

    seen, now = probe_phone(FakePhone(), [APP], folder=tmp_path)

    assert (seen.run_as, seen.app_folders, seen.lock, seen.users) == (None, "", "", ())
    assert (now.battery, now.charging, now.free_bytes, now.clock_offset) == (None,) * 4
