"""What a new phone has installed."""

from __future__ import annotations

from harness.simphone.android.apk.manifest import (
    LAUNCHER,
    MAIN,
    VIEW,
    Component,
    IntentFilter,
    Manifest,
)
from harness.simphone.contracts import SHELL_UID, SYSTEM_UID, Package, PhoneSpec

SETTINGS = "com.android.settings"
PHOTOS = "com.google.android.apps.photos"
PHOTOS_PAGER = f"{PHOTOS}.pager.HostPhotoPagerActivity"
BUILT = 1230768000.0  # 2009-01-01 UTC: the date that factory images carry

_LAUNCH = IntentFilter((MAIN,), (LAUNCHER,))
_HOME = IntentFilter((MAIN,), ("android.intent.category.HOME",))
_SHOW_MEDIA = IntentFilter((VIEW,), (), ("content",), ("media",))
_WEB = IntentFilter((VIEW,), ("android.intent.category.BROWSABLE",), ("http", "https"))

Row = tuple[str, int, int, str, str, tuple[Component, ...]]
"""Name, uid, version code, version name, folder, activities."""

_TABLE: tuple[Row, ...] = (
    ("android", SYSTEM_UID, 34, "14", "/system/framework/framework-res", ()),
    ("com.android.shell", SHELL_UID, 34, "14", "/system/priv-app/Shell", ()),
    ("com.android.phone", 1001, 34, "14", "/system/priv-app/TeleService", ()),
    ("com.android.systemui", 10090, 34, "14", "/system_ext/priv-app/SystemUIGoogle", ()),
    (
        SETTINGS,
        SYSTEM_UID,
        34,
        "14",
        "/system_ext/priv-app/SettingsGoogle",
        (Component(f"{SETTINGS}.Settings", exported=True, filters=(_LAUNCH,)),),
    ),
    (
        "com.android.chrome",
        10130,
        626104233,
        "126.0.6478.122",
        "/product/app/Chrome",
        (Component("com.google.android.apps.chrome.Main", exported=True, filters=(_LAUNCH, _WEB)),),
    ),
    ("com.android.vending", 10140, 84162030, "41.6.20-31", "/product/priv-app/Phonesky", ()),
    ("com.google.android.gms", 10150, 242335038, "24.23.35", "/product/priv-app/GmsCore", ()),
    (
        "com.google.android.providers.media.module",
        10160,
        340818110,
        "s_aml_340818110",
        "/apex/com.android.mediaprovider/priv-app/MediaProviderGoogle",
        (),
    ),
    (
        PHOTOS,
        10155,
        49501234,
        "6.90.0.644",
        "/product/app/Photos",
        (
            Component(f"{PHOTOS}.home.HomeActivity", exported=True, filters=(_LAUNCH,)),
            Component(PHOTOS_PAGER, exported=True, filters=(_SHOW_MEDIA,)),
        ),
    ),
    ("com.google.android.webview", 10170, 626104233, "126.0.6478.122", "/product/app/WebView", ()),
)


def system_packages(spec: PhoneSpec) -> list[tuple[Package, Manifest]]:
    """The preinstalled packages with their manifests."""
    found: list[tuple[Package, Manifest]] = []
    home, labels = spec.maker.home[0], {**LABELS, **_labels(spec)}
    for name, uid, code, version, folder, activities in (*_TABLE, *_of_maker(spec)):
        manifest = Manifest(
            package=name,
            version_code=code,
            version_name=version,
            min_sdk=spec.api,
            target_sdk=spec.api,
            label=labels.get(name, name),
            permissions=("android.permission.INTERNET",),
            activities=activities,
        )
        package = Package(
            name=name,
            version_code=code,
            version_name=version,
            uid=uid,
            code_path=folder,
            min_sdk=spec.api,
            target_sdk=spec.api,
            debuggable=False,
            first_install=BUILT,
            last_update=BUILT,
            signer_sha256="0" * 64,
            launch_activity=manifest.launch_activity
            or (spec.maker.home[1] if name == home else None),
            activities=tuple(activity.name for activity in activities),
            permissions=manifest.permissions,
            granted=set(manifest.permissions),
            behaviour="launcher" if name == home else BEHAVIOURS.get(name),
            ce_inode=1000 + uid,
            system=True,
            stopped=False,
            not_launched=False,
        )
        found.append((package, manifest))
    return found


def _of_maker(spec: PhoneSpec) -> list[Row]:
    """The launcher, the keyboard and what else this maker's phones ship with."""
    maker = spec.maker
    package, activity, _ = maker.home
    home = Component(activity, exported=True, filters=(_HOME,))
    keyboard = maker.keyboard.partition("/")[0]
    return [
        (package, 10110, 34, "14", f"/system_ext/priv-app/{package.split('.')[-1]}", (home,)),
        (keyboard, 10120, 160101234, "13.8.06", f"/product/app/{keyboard.split('.')[-1]}", ()),
        *((a.name, a.uid, a.version_code, a.version_name, a.folder, ()) for a in maker.shipped),
    ]


def _labels(spec: PhoneSpec) -> dict[str, str]:
    maker = spec.maker
    own = {app.name: app.label for app in maker.shipped if app.label}
    keyboard = maker.keyboard.partition("/")[0]
    return {**own, maker.home[0]: maker.home[2], keyboard: maker.keyboard_label}


LABELS = {
    "android": "Android System",
    SETTINGS: "Settings",
    "com.android.chrome": "Chrome",
    "com.android.vending": "Google Play Store",
    PHOTOS: "Photos",
}
BEHAVIOURS = {
    SETTINGS: "settings",
    "com.android.chrome": "chrome",
    PHOTOS: "photos",
}
"""Names under which other parts may register an `App` in `phone.apps`."""
