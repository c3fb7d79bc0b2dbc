"""Samsung: One UI. Nothing is held back from adb.

Sources: android-storage facts (battery tail with a second `level:`); names of packages,
properties and settings as public debloat lists and device dumps have them.
"""

from __future__ import annotations

from harness.simphone.contracts.maker import Maker, ShippedApp

SAMSUNG = Maker(
    name="samsung",
    manufacturer="samsung",
    brand="samsung",
    clone_user=95,
    models={"userdebug": ("SM-S921B", "e1sxxx"), "retail": ("SM-A546B", "a54xnaxx")},
    home=(
        "com.sec.android.app.launcher",
        "com.sec.android.app.launcher.activities.LauncherActivity",
        "One UI Home",
    ),
    keyboard="com.samsung.android.honeyboard/.service.HoneyBoardService",
    keyboard_label="Samsung Keyboard",
    shipped=(
        ShippedApp("com.samsung.android.app.cocktailbarservice", 10161, 801000000, "8.0.10",
                   "/system/priv-app/CocktailBarService", "Edge panels"),
        ShippedApp("com.sec.android.app.myfiles", 10162, 1520400000, "15.2.04",
                   "/system/priv-app/SecMyFiles2020", "My Files"),
        ShippedApp("com.samsung.android.lool", 10163, 1370000000, "13.7.00",
                   "/system/priv-app/SmartManager_v5", "Device care"),
        ShippedApp("com.samsung.knox.securefolder", 10164, 190300000, "1.9.03",
                   "/system/priv-app/SecureFolder", "Secure Folder"),
        ShippedApp("com.samsung.android.knox.containeragent", 10165, 270000000, "2.7.00",
                   "/system/priv-app/KnoxContainerAgent"),
        ShippedApp("com.samsung.android.da.daagent", 10166, 542000000, "5.4.2",
                   "/system/app/DAAgent", "Dual Messenger"),
        ShippedApp("com.sec.android.app.samsungapps", 10167, 456600000, "4.5.66",
                   "/system/priv-app/GalaxyApps_OPEN", "Galaxy Store"),
    ),
    properties={
        "ro.build.version.oneui": "60101",
        "ro.build.version.sep": "150100",
        "ro.build.PDA": "S921BXXU1AXBA",
        "ro.csc.sales_code": "EUX",
        "ro.csc.country_code": "Germany",
        "ro.boot.warranty_bit": "0",
        "ro.config.knox": "v30",
        "ro.build.characteristics": "phone",
    },
    settings={
        "system": {"screen_mode_setting": "4", "multi_window_menu_in_full_screen": "0"},
        "global": {"sem_enhanced_cpu_responsiveness": "0", "protect_battery": "0"},
        "secure": {"default_input_method_honeyboard_setup": "1"},
    },
    battery_tail=(
        "  Capacity level: -1\n"
        "SEC_FEATURE_BATTERY_FULL_CAPACITY: false\n"
        "  mSavedBatteryAsoc: 98\n"
        "  [EventLogBuffer]\n"
        "    2026-11-25 08:00:01.123 level:85 temperature:281 current:412\n"
        "    2026-11-25 08:05:01.130 level:86 temperature:283 current:398\n"
    ),
)  # fmt: skip
