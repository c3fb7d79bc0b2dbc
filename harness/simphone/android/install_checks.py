"""Why the package manager refuses an APK."""

from __future__ import annotations

from harness.simphone.android.apk.archive import Apk
from harness.simphone.contracts import InstallError, Package

SPARE_BYTES = 5 << 20
"""What must stay free on /data after an installation."""


def check(apk: Apk, before: Package | None, *, api: int, free: int, may_downgrade: bool) -> None:
    """Raises InstallError; `before` is the installed version or a remnant with kept data."""
    new = apk.manifest
    if new.min_sdk > api:
        text = f"Requires newer sdk version #{new.min_sdk} (current version is #{api})"
        raise InstallError("INSTALL_FAILED_OLDER_SDK", text)
    if free < apk.size + SPARE_BYTES:
        text = f"Failed to allocate {apk.size} bytes; {free} bytes are free"
        raise InstallError("INSTALL_FAILED_INSUFFICIENT_STORAGE", text)
    if before is None:
        return
    if before.signer_sha256 != apk.signer_sha256:
        text = f"Existing package {new.package} signatures do not match newer version; ignoring!"
        raise InstallError("INSTALL_FAILED_UPDATE_INCOMPATIBLE", text)
    if new.version_code < before.version_code and not may_downgrade:
        text = (
            f"Downgrade detected: Update version code {new.version_code}"
            f" is older than current {before.version_code}"
        )
        raise InstallError("INSTALL_FAILED_VERSION_DOWNGRADE", text)
