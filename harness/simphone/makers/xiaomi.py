"""Xiaomi: MIUI and HyperOS. Two developer options stand between adb and the phone.

"USB debugging (Security settings)" gives shell input injection, permissions and settings,
"Install via USB" installations. Sources: refusals as reported for scrcpy, STF, KeyMapper
and openatx/uiautomator2; the properties are those of MIUI's own settings app.
"""

from __future__ import annotations

from harness.simphone.contracts.maker import AdbGuard, Maker, ShippedApp

_SECURITY = ("USB debugging (Security settings)", "persist.security.adbinput")
_INSTALL = ("Install via USB", "persist.security.adbinstall")

XIAOMI = Maker(
    name="xiaomi",
    manufacturer="Xiaomi",
    brand="Redmi",
    clone_user=999,
    models={"userdebug": ("2312DRA50G", "garnet_global"), "retail": ("23090RA98G", "gold_global")},
    home=("com.miui.home", "com.miui.home.launcher.Launcher", "System Launcher"),
    keyboard="com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME",
    keyboard_label="Gboard",
    shipped=(
        ShippedApp("com.miui.securitycenter", 10161, 40001180, "9.1.8",
                   "/system_ext/priv-app/MIUISecurityCenterGlobal", "Security"),
        ShippedApp("com.miui.powerkeeper", 10162, 40200, "4.2.00",
                   "/system_ext/app/PowerKeeper", "Battery and performance"),
        ShippedApp("com.miui.packageinstaller", 10163, 5140, "5.1.4",
                   "/product/priv-app/MIUIPackageInstaller", "Package installer"),
        ShippedApp("com.xiaomi.xmsf", 10164, 60200, "6.2.0",
                   "/product/app/XMSF", "Xiaomi service framework"),
        ShippedApp("com.xiaomi.account", 10165, 2024031100, "G-24.03.11",
                   "/product/app/XiaomiAccount", "Xiaomi Account"),
        ShippedApp("com.miui.gallery", 10166, 30600, "3.6.0",
                   "/product/priv-app/MIUIGalleryGlobal", "Gallery"),
        ShippedApp("com.xiaomi.mipicks", 10167, 40900, "4.9.0",
                   "/product/app/MIPicks", "GetApps"),
    ),
    properties={
        "ro.miui.ui.version.name": "V816",
        "ro.miui.ui.version.code": "816",
        "ro.mi.os.version.name": "OS1.0",
        "ro.miui.region": "DE",
        "ro.miui.build.region": "eea",
    },
    settings={
        "secure": {"miui_optimization": "1", "adb_install_enabled": "1"},
        "system": {"power_supersave_mode_open": "0"},
        "global": {"force_fsg_nav_bar": "1"},
    },
    guards={
        "input": AdbGuard(*_SECURITY, "{injection}"),
        "grant": AdbGuard(
            *_SECURITY,
            "grantRuntimePermission: Neither user 2000 nor current process has"
            " android.permission.GRANT_RUNTIME_PERMISSIONS.",
        ),
        "settings": AdbGuard(
            *_SECURITY,
            "Permission denial: writing to settings requires:"
            "android.permission.WRITE_SECURE_SETTINGS",
        ),
        "install": AdbGuard(*_INSTALL, "Install canceled by user"),
    },
    install_question=(
        "com.miui.securitycenter", "com.miui.permcenter.install.AdbInstallActivity",
    ),
)  # fmt: skip
