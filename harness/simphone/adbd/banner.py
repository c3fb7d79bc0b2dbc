"""What the phone says of itself in CNXN, and which adb features it has."""

from __future__ import annotations

from collections.abc import Sequence

from harness.simphone.contracts import PhoneSpec

DEFAULT_FEATURES = (
    "shell_v2",
    "cmd",
    "stat_v2",
    "ls_v2",
    "fixed_push_mkdir",
    "apex",
    "abb",
    "fixed_push_symlink_timestamp",
    "abb_exec",
    "remount_shell",
    "track_app",
)
"""Without `sendrecv_v2*` (compressed sync) and `delayed_ack` (byte-counted windows)."""


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
