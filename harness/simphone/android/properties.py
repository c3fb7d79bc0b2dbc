"""System properties: `getprop` and `setprop`."""

from __future__ import annotations

from harness.simphone.android.adb_guards import switches
from harness.simphone.android.program import Reply, program
from harness.simphone.contracts import Invocation, PhoneSpec

BUILDS = {  # build id, incremental number, security patch
    26: ("OPR6.170623.013", "4283428", "2017-09-05"),
    27: ("OPM1.171019.011", "4448085", "2017-12-05"),
    28: ("PPR1.180610.011", "4904172", "2018-08-05"),
    29: ("QP1A.190711.020", "5800535", "2019-09-05"),
    30: ("RP1A.200720.011", "6746289", "2020-09-05"),
    31: ("SP1A.210812.016", "7679548", "2021-10-05"),
    32: ("SP2A.220305.012", "8177914", "2022-03-05"),
    33: ("TP1A.220624.014", "8819323", "2022-08-05"),
    34: ("UQ1A.240205.004", "11269751", "2024-02-05"),
    35: ("AP3A.241005.015", "12366759", "2024-10-05"),
    36: ("BP2A.250605.031", "13578606", "2025-06-05"),
}
VALUE_MAX = 92  # PROP_VALUE_MAX, including the final zero


class PropertyError(ValueError):
    """A property that cannot be set: read-only, or too long."""


class PhoneProperties:
    """`contracts.Properties` of a phone of this kind."""

    def __init__(self, spec: PhoneSpec) -> None:
        self._values = {**_build(spec), **_state(spec), **_of_maker(spec)}

    def get(self, key: str) -> str:
        return self._values.get(key, "")

    def set(self, key: str, value: str) -> None:
        """Raises PropertyError for `ro.` keys that have a value and for long values."""
        if key.startswith("ro.") and key in self._values:
            raise PropertyError(f"{key} is read-only")
        if len(value.encode()) >= VALUE_MAX and not key.startswith("ro."):
            raise PropertyError(f"{key}: value is longer than {VALUE_MAX - 1} bytes")
        self._values[key] = value

    def all(self) -> dict[str, str]:
        return dict(sorted(self._values.items()))


def fingerprint(spec: PhoneSpec) -> str:
    """`google/shiba/shiba:14/UQ1A…/11269751:user/release-keys`."""
    build, number, _ = BUILDS.get(spec.api, BUILDS[34])
    kind, keys = _kind(spec)
    brand = spec.maker.brand
    return f"{brand}/{spec.product}/{spec.product}:{spec.release}/{build}/{number}:{kind}/{keys}"


def _kind(spec: PhoneSpec) -> tuple[str, str]:
    return ("user", "release-keys") if spec.profile == "retail" else ("userdebug", "dev-keys")


def _build(spec: PhoneSpec) -> dict[str, str]:
    build, number, patch = BUILDS.get(spec.api, BUILDS[34])
    kind, keys = _kind(spec)
    retail = spec.profile == "retail"
    return {
        "ro.build.version.sdk": str(spec.api),
        "ro.build.version.release": spec.release,
        "ro.build.version.release_or_codename": spec.release,
        "ro.build.version.codename": "REL",
        "ro.build.version.incremental": number,
        "ro.build.version.security_patch": patch,
        "ro.build.version.preview_sdk": "0",
        "ro.build.id": build,
        "ro.build.display.id": build if retail else f"{spec.product}-{kind} {spec.release} {build}",
        "ro.build.type": kind,
        "ro.build.tags": keys,
        "ro.build.fingerprint": fingerprint(spec),
        "ro.build.product": spec.product,
        "ro.build.flavor": f"{spec.product}-{kind}",
        "ro.build.characteristics": "nosdcard",
        "ro.debuggable": "0" if retail else "1",
        "ro.secure": "1",
        "ro.adb.secure": "1" if retail else "0",
        "ro.product.name": spec.product,
        "ro.product.device": spec.product,
        "ro.product.model": spec.model,
        "ro.product.brand": spec.maker.brand,
        "ro.product.manufacturer": spec.manufacturer,
        "ro.product.board": "simphone",
        "ro.product.locale": spec.locale,
        "ro.product.first_api_level": str(spec.api),
        "ro.product.cpu.abi": "arm64-v8a",
        "ro.product.cpu.abilist": "arm64-v8a",
        "ro.hardware": spec.product,
        "ro.harness.simulated": "1",  # the one honest word about what this phone is
    }


def _state(spec: PhoneSpec) -> dict[str, str]:
    retail = spec.profile == "retail"
    return {
        "ro.serialno": spec.serialno,
        "ro.boot.serialno": spec.serialno,
        "ro.boot.hardware": spec.product,
        "ro.boot.verifiedbootstate": "green" if retail else "orange",
        "ro.boot.flash.locked": "1" if retail else "0",
        "ro.boot.vbmeta.device_state": "locked" if retail else "unlocked",
        "ro.boot.qemu": "",
        "ro.kernel.qemu": "",
        "ro.crypto.state": "encrypted",
        "ro.crypto.type": "file",
        "ro.sf.lcd_density": str(spec.density),
        "ro.config.low_ram": "false",
        "persist.sys.locale": spec.locale,
        "persist.sys.timezone": spec.timezone,
        "persist.sys.usb.config": "adb",
        "persist.sys.fuse": "true",
        "sys.usb.config": "adb",
        "sys.usb.state": "adb",
        "sys.boot_completed": "1",
        "sys.user.0.ce_available": "true",
        **{f"sys.user.{u.id}.ce_available": "true" for u in spec.users if u.running},
        "dev.bootcomplete": "1",
        "init.svc.bootanim": "stopped",
        "init.svc.adbd": "running",
        "init.svc.zygote": "running",
        "gsm.sim.state": "LOADED",
        "gsm.operator.alpha": "Simulated",
        "gsm.operator.iso-country": spec.locale.rpartition("-")[2].lower(),
        "gsm.network.type": "LTE",
        "net.bt.name": "Android",
        "vold.decrypt": "",
    }


def _of_maker(spec: PhoneSpec) -> dict[str, str]:
    facts = {"api": spec.api, "release": spec.release, "model": spec.model}
    own = {key: value.format(**facts) for key, value in spec.maker.properties.items()}
    names = {guard.switch for guard in spec.maker.guards.values() if guard.switch}
    return {**own, **switches(spec.guards, names)}


def _getprop(inv: Invocation) -> Reply:
    arguments = [word for word in inv.argv[1:] if not word.startswith("-")]
    values = inv.phone.properties.all()
    if arguments:
        default = arguments[1] if len(arguments) > 1 else ""
        return Reply(f"{values.get(arguments[0]) or default}\n")
    return Reply("".join(f"[{key}]: [{value}]\n" for key, value in values.items()))


def _setprop(inv: Invocation) -> Reply:
    if len(inv.argv) != 3:
        return Reply(err="usage: setprop NAME VALUE\n", code=1)
    key, value = inv.argv[1], inv.argv[2]
    try:
        inv.phone.properties.set(key, value)
    except PropertyError:
        message = f"Failed to set property '{key}' to '{value}'.\nSee dmesg for error reason.\n"
        return Reply(err=message, code=1)
    return Reply()


COMMANDS = {"getprop": program(_getprop), "setprop": program(_setprop)}
