import re
from pathlib import Path

import pytest

from harness.simphone.contracts import PhoneSpec
from tests.simphone.android.phone import APP, CAMERA, FakePhone

TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


@pytest.mark.parametrize(
    "pattern",
    [
        rf"^  Package \[{APP}\] \([0-9a-f]{{7}}\):$",
        r"^    appId=10180$",
        r"^    codePath=/data/app/~~[\w=-]+/com\.example\.feed-[\w=-]+$",
        r"^    versionCode=310 minSdk=24 targetSdk=34$",
        r"^    versionName=3\.1\.0$",
        r"^    flags=\[ DEBUGGABLE HAS_CODE ALLOW_CLEAR_USER_DATA ALLOW_BACKUP \]$",
        r"^    pkgFlags=\[ .* \]$",
        r"^    dataDir=/data/user/0/com\.example\.feed$",
        rf"^    timeStamp={TIME}$",
        rf"^    lastUpdateTime={TIME}$",
        r"^    installerPackageName=com\.android\.vending$",
        r"^    signatures=PackageSignatures\{[0-9a-f]+ version:2, signatures:\[[0-9a-f]{8}\], past",
        r"^    requested permissions:\n      android\.permission\.INTERNET$",
        r"^    install permissions:\n      android\.permission\.INTERNET: granted=true$",
        r"^    User 0: ceDataInode=\d+ installed=true hidden=false .* virtual=false$",
        rf"^      firstInstallTime={TIME}$",
        rf"^      runtime permissions:\n        {CAMERA}: granted=false, flags=\[ ",
        r"^\s*android\.intent\.action\.MAIN:$",
        r'^\s*Category: "android\.intent\.category\.LAUNCHER"$',
    ],
)
def test_api_34(phone: FakePhone, pattern: str) -> None:
    phone.packages.install(phone.apk(debuggable=True), installer="com.android.vending")
    out = phone.run(f"dumpsys package {APP}")[0]
    assert re.search(pattern, out, re.MULTILINE), out


@pytest.mark.parametrize(
    ("api", "wanted", "unwanted"),
    [
        (33, ["userId=10180", "    firstInstallTime="], ["      firstInstallTime=", "appId="]),
        (34, ["appId=10180", "      firstInstallTime="], ["deDataInode="]),
        (35, ["deDataInode="], ["userId="]),
    ],
)
def test_other_releases(tmp_path: Path, api: int, wanted: list[str], unwanted: list[str]) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=api))
    phone.install()
    block = phone.run(f"dumpsys package {APP}")[0].partition("\nPackages:\n")[2]
    assert all(f"\n{text}" in block or text in block for text in wanted)
    assert not any(text in block for text in unwanted)


def test_an_unknown_package_has_no_block(phone: FakePhone) -> None:
    out = phone.run("dumpsys package io.appium.settings")[0]
    assert not re.search(r"^\s*Package \[io\.appium\.settings\][^:]*:$", out, re.MULTILINE)
    assert "Unable to find package: io.appium.settings" in out


def test_stopped_and_never_launched(phone: FakePhone) -> None:
    def told() -> str:
        return phone.run(f"dumpsys package {APP}")[0]

    phone.install()
    assert "stopped=true notLaunched=true" in told()
    phone.run(f"am start {APP}")
    assert "stopped=false notLaunched=false" in told()
    phone.install(version_code=311)
    assert "stopped=false notLaunched=false" in told()
    phone.run(f"am force-stop {APP}")
    assert "stopped=true notLaunched=false" in told()


def test_all_packages_without_a_name(phone: FakePhone) -> None:
    out = phone.run("dumpsys package")[0]
    assert out.count("\n  Package [") == len(phone.packages.all())
