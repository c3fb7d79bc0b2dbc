"""Oppo (and Realme, OnePlus): ColorOS. One option, told by no property.

Until "Disable permission monitoring" is on, shell grants no permission, writes no setting
and clears no app. Sources: refusals as reported to Appium (issue 13802) and to apps that
ask their users for `pm grant`.
"""

from __future__ import annotations

from harness.simphone.contracts.maker import AdbGuard, Maker, ShippedApp

_MONITORING = ("Disable permission monitoring", "")

OPPO = Maker(
    name="oppo",
    manufacturer="OPPO",
    brand="OPPO",
    clone_user=999,
    models={"userdebug": ("CPH2609", "CPH2609"), "retail": ("CPH2579", "CPH2579")},
    home=("com.android.launcher", "com.android.launcher.Launcher", "System Launcher"),
    keyboard="com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME",
    keyboard_label="Gboard",
    shipped=(
        ShippedApp("com.coloros.safecenter", 10161, 140100, "14.1.0",
                   "/my_stock/priv-app/SafeCenter", "Phone Manager"),
        ShippedApp("com.oplus.battery", 10162, 140200, "14.2.0",
                   "/system_ext/priv-app/Battery", "Battery"),
        ShippedApp("com.oplus.appdetail", 10163, 13010, "13.0.10",
                   "/my_stock/app/AppDetail", "App installer"),
        ShippedApp("com.coloros.filemanager", 10164, 140500, "14.5.0",
                   "/my_stock/app/FileManager", "My Files"),
        ShippedApp("com.heytap.market", 10165, 111500, "11.15.0",
                   "/my_heytap/app/KeKeMarket", "App Market"),
        ShippedApp("com.coloros.gallery3d", 10166, 145700, "14.57.0",
                   "/my_stock/app/Gallery", "Photos"),
    ),
    properties={
        "ro.build.version.oplusrom": "V14.0.0",
        "ro.build.version.oplusrom.display": "14.0",
        "ro.oplus.image.my_product.type": "23031",
        "ro.vendor.oplus.market.name": "{model}",
        "ro.vendor.oplus.regionmark": "EUEX",
    },
    settings={"system": {"oplus_customize_screen_refresh_rate": "1"}},
    guards={
        "grant": AdbGuard(
            *_MONITORING,
            "grantRuntimePermission: Neither user 2000 nor current process has"
            " android.permission.GRANT_RUNTIME_PERMISSIONS.",
        ),
        "settings": AdbGuard(
            *_MONITORING,
            "Permission denial: writing to settings requires:"
            "android.permission.WRITE_SECURE_SETTINGS",
        ),
        "clear": AdbGuard(*_MONITORING, "adb clearing user data is forbidden."),
    },
)  # fmt: skip
