"""The simulated TikTok's APK: package, version and activities of the global app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.simphone.android.apk.build import LAUNCH, ApkSpec, build_apk
from harness.simphone.android.apk.manifest import VIEW, Component, IntentFilter

PACKAGE = "com.zhiliaoapp.musically"
SPLASH = "com.ss.android.ugc.aweme.splash.SplashActivity"
MAIN = "com.ss.android.ugc.aweme.main.MainActivity"
DEEP_LINK = "com.ss.android.ugc.aweme.deeplink.DeepLinkActivityV2"
APP_LINK = "com.ss.android.ugc.aweme.deeplink.AppLinkHandlerV2"
UPDATE_TIP = "com.ss.android.ugc.aweme.deeplink.UpdateTipActivity"
BROWSABLE = ("android.intent.category.DEFAULT", "android.intent.category.BROWSABLE")
WEB_HOSTS = ("www.tiktok.com", "m.tiktok.com", "vm.tiktok.com")
"""Links of these go to the app when it is installed (verified app links)."""
BEHAVIOUR = "tiktok"
DEFAULT_VERSION = "43.1.4"

PERMISSIONS = tuple(
    f"android.permission.{name}"
    for name in (
        "INTERNET",
        "ACCESS_NETWORK_STATE",
        "READ_EXTERNAL_STORAGE",
        "WRITE_EXTERNAL_STORAGE",
        "READ_MEDIA_IMAGES",
        "READ_MEDIA_VIDEO",
        "READ_MEDIA_AUDIO",
        "POST_NOTIFICATIONS",
        "READ_CONTACTS",
        "CAMERA",
        "RECORD_AUDIO",
        "ACCESS_COARSE_LOCATION",
        "BLUETOOTH_CONNECT",
    )
)


@dataclass(frozen=True, slots=True)
class Build:
    """One version of the app."""

    version_name: str = DEFAULT_VERSION
    version_code: int = 2024301040
    debuggable: bool = False
    allow_backup: bool = False
    pinned_hosts: Sequence[str] = ()
    pinned_authorities: str = ""


def version_code(name: str) -> int:
    """2024301040 of "43.1.4": 202, two digits each, 0 (as three known versions have it)."""
    major, minor, patch = (int(part) for part in name.split("."))
    return int(f"202{major:02d}{minor:02d}{patch:02d}0")


def write_apk(path: Path, build: Build) -> Path:
    """Writes the APK; what the app pins travels in it, as in a real one."""
    return build_apk(
        path,
        ApkSpec(
            package=PACKAGE,
            version_code=build.version_code,
            version_name=build.version_name,
            min_sdk=21,
            target_sdk=34,
            label="TikTok",
            debuggable=build.debuggable,
            allow_backup=build.allow_backup,
            permissions=PERMISSIONS,
            activities=(
                Component(SPLASH, exported=True, filters=LAUNCH),
                Component(MAIN, exported=True),
                Component(
                    DEEP_LINK,
                    exported=True,
                    filters=(IntentFilter((VIEW,), (), ("snssdk1233",)),),
                ),
                Component(
                    APP_LINK,
                    exported=True,
                    filters=(IntentFilter((VIEW,), BROWSABLE, ("http", "https"), WEB_HOSTS),),
                ),
                Component(UPDATE_TIP),
            ),
            behaviour={
                "name": BEHAVIOUR,
                "version": build.version_name,
                "pinned_hosts": list(build.pinned_hosts),
                "pinned_authorities": build.pinned_authorities,
            },
            padding=2_000_000,
        ),
    )
