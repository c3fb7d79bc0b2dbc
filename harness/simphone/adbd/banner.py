"""What the phone says of itself in CNXN, and which adb features it has."""

from __future__ import annotations

from collections.abc import Sequence

from harness.simphone.contracts import PhoneSpec

SINCE = {
    24: ("shell_v2", "cmd", "stat_v2"),
    28: ("fixed_push_mkdir",),
    29: ("apex", "abb", "fixed_push_symlink_timestamp", "abb_exec"),
    30: ("ls_v2", "remount_shell", "track_app"),
}
"""Features by the API level they came with (AOSP, adb/transport.cpp), without `sendrecv_v2*`
(compressed sync) and `delayed_ack` (byte-counted windows)."""


def features_of(api: int) -> tuple[str, ...]:
    """What the adbd of this Android version can do."""
    return tuple(name for since, names in SINCE.items() if api >= since for name in names)


def banner(spec: PhoneSpec, state: str, features: Sequence[str]) -> bytes:
    """The payload of the phone's CNXN.

    `state` is the word that `adb devices` shows: "device", "recovery",
    "sideload", "rescue" or "bootloader".
    """
    facts = {
        "ro.product.name": spec.product,
        "ro.product.model": spec.model,
        "ro.product.device": spec.product,
        "features": ",".join(features),
    }
    return f"{state}::{';'.join(f'{key}={value}' for key, value in facts.items())}".encode()
