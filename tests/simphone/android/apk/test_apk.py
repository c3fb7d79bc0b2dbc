"""The readers against the APKs that Appium ships, when its packages are installed."""

from pathlib import Path

import pytest

from harness.simphone.android.apk.archive import read_apk

ROOT = Path(__file__).resolve().parents[4] / "tools" / "node" / "node_modules"
APPIUM = ROOT / "appium-uiautomator2-driver" / "node_modules"


@pytest.mark.parametrize(
    ("pattern", "package", "runner"),
    [
        ("io.appium.settings/apks/settings_apk-debug.apk", "io.appium.settings", None),
        (
            "appium-uiautomator2-server/apks/appium-uiautomator2-server-v*.apk",
            "io.appium.uiautomator2.server",
            None,
        ),
        (
            "appium-uiautomator2-server/apks/*-androidTest.apk",
            "io.appium.uiautomator2.server.test",
            ("androidx.test.runner.AndroidJUnitRunner", "io.appium.uiautomator2.server"),
        ),
    ],
)
def test_appium_apks(pattern: str, package: str, runner: tuple[str, str] | None) -> None:
    found = sorted(APPIUM.glob(pattern))
    if not found:
        pytest.skip("Appium's npm packages are not installed")
    apk = read_apk(found[0])
    assert apk.manifest.package == package
    assert apk.manifest.instrumentation == runner
    assert apk.manifest.min_sdk >= 21
    assert len(apk.signer_sha256) == 64
