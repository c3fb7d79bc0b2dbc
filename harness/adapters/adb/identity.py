"""Which phone this is: DeviceIdentity from its properties, read once per boot."""

from __future__ import annotations

from collections.abc import Mapping

from harness.adapters.adb.text.properties import read_properties
from harness.domain.facts.device import DeviceIdentity
from harness.ports import DeviceControl, InstrumentError

SIMULATED = "ro.harness.simulated"
"""Property by which this project's own phone says what it is. An emulator is none."""


def read_identity(phone: DeviceControl) -> DeviceIdentity:
    """Raises InstrumentError when the phone does not answer getprop."""
    result = phone.shell("getprop")
    properties = read_properties(result.stdout)
    if "ro.build.version.sdk" not in properties:
        raise InstrumentError(
            "adb",
            f"getprop on {phone.name} ({phone.serial})",
            f"exit {result.exit_code}, no API level in the answer: {result.stderr.strip()[:120]}",
            advice="Is the phone still starting?",
        )
    return identity_of(properties, phone.serial)


def identity_of(properties: Mapping[str, str], serial: str) -> DeviceIdentity:
    """Pure: the record from all properties."""

    def first(*keys: str) -> str:
        return next((properties[key] for key in keys if properties.get(key)), "")

    sdk = first("ro.build.version.sdk")
    build = first("ro.build.type")
    return DeviceIdentity(
        serial=serial,
        model=first("ro.product.model", "ro.product.system.model"),
        manufacturer=first("ro.product.manufacturer", "ro.product.system.manufacturer"),
        api=int(sdk) if sdk.isdigit() else 0,
        release=first("ro.build.version.release"),
        build_type=build,
        fingerprint=first("ro.build.fingerprint"),
        simulated=properties.get(SIMULATED) == "1",
        locale=first("persist.sys.locale", "ro.product.locale"),
        timezone=first("persist.sys.timezone"),
        rootable=build != "user" and properties.get("ro.debuggable") == "1",
        carrier=first("gsm.operator.alpha", "gsm.sim.operator.alpha").strip(","),
    )
