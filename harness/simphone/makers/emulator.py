"""The Android emulator: a Google image that says what it is, with a console beside adbd."""

from __future__ import annotations

from dataclasses import replace

from harness.simphone.contracts.maker import GOOGLE, ShippedApp

_IMAGE = ("sdk_gphone64_x86_64", "emu64xa")

MESSAGES = "com.google.android.apps.messaging"
"""What shows a message that `sms send` of the console brings."""

EMULATOR = replace(
    GOOGLE,
    name="emulator",
    models={"userdebug": _IMAGE, "retail": _IMAGE},
    properties={
        "ro.product.name": "sdk_gphone64_x86_64",
        "ro.product.cpu.abi": "x86_64",
        "ro.product.cpu.abilist": "x86_64,arm64-v8a",
        "ro.hardware": "ranchu",
        "ro.boot.hardware": "ranchu",
        "ro.boot.qemu": "1",
        "ro.kernel.qemu": "1",
        "ro.boot.qemu.avd_name": "{model}",
        "ro.build.characteristics": "emulator",
        "qemu.sf.lcd_density": "420",
    },
    shipped=(
        ShippedApp(
            MESSAGES,
            10145,
            230410063,
            "messages.android_20231120",
            "/product/app/Messages",
            "Messages",
        ),
    ),
    console=True,
)
