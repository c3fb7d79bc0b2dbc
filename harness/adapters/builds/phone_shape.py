"""Which parts of a build a phone wants: its ABIs, density, API level and languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harness.adapters.adb.text.properties import read_properties
from harness.domain.apk_choice import PhoneShape
from harness.ports import DeviceControl, InstrumentError

_DENSITY = re.compile(r"^(Physical|Override) density: (\d+)$", re.MULTILINE)


def read_shape(device: DeviceControl, languages: Sequence[str] = ()) -> PhoneShape:
    """`languages`: those of the app beside the phone's own. Raises InstrumentError."""
    text = device.shell("getprop; wm density").stdout
    shape = shape_of(text, languages)
    if not shape.abis or not shape.api:
        raise InstrumentError(
            "adb",
            f"getprop on {device.name} ({device.serial})",
            "no ABI or API level in the answer",
            advice="Is the phone still starting?",
        )
    return shape


def shape_of(text: str, languages: Sequence[str] = ()) -> PhoneShape:
    """Pure: from what `getprop; wm density` prints."""
    properties = read_properties(text)
    abis = properties.get("ro.product.cpu.abilist") or properties.get("ro.product.cpu.abi", "")
    sdk = properties.get("ro.build.version.sdk", "")
    locales = properties.get("persist.sys.locale") or properties.get("ro.product.locale", "")
    told = {kind: int(value) for kind, value in _DENSITY.findall(text)}
    fallback = properties.get("ro.sf.lcd_density", "")
    density = told.get("Override") or told.get("Physical")
    return PhoneShape(
        abis=tuple(abi for abi in abis.split(",") if abi),
        density=density or (int(fallback) if fallback.isdigit() else 420),
        api=int(sdk) if sdk.isdigit() else 0,
        languages=tuple(
            dict.fromkeys(
                re.split("[-_]", locale)[0].lower()
                for locale in (*locales.split(","), *languages)
                if locale
            )
        ),
    )
