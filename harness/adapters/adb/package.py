"""The app as installed: version, installer, and whether its signer is the genuine one."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from harness.adapters.adb import signing_block
from harness.adapters.adb.device import quote
from harness.adapters.adb.text.package import PackageDump, package_block, read_away, read_package
from harness.domain.facts.device import AppPackage
from harness.ports import DeviceControl


def read_app(
    phone: DeviceControl,
    packages: Sequence[str],
    signers: Sequence[str] = (),
    *,
    before: AppPackage | None = None,
) -> AppPackage | None:
    """The first of `packages` that is installed, or None. Raises InstrumentError.

    `before`: an earlier reading; an app that was not updated since keeps its signer, so
    one command tells all.
    """
    for name in packages:
        dump = read_package(phone.shell(f"dumpsys package {quote(name)}").stdout, name)
        if dump is None or not dump.installed:
            continue
        same = before is not None and _untouched(before, dump)
        signer = before.signer_sha256 if before and same else read_signer(phone, name)
        return AppPackage(
            package=name,
            version_name=dump.version_name,
            version_code=dump.version_code,
            signer_sha256=signer,
            genuine=None if signer is None or not signers else signer in signers,
            installer=dump.installer,
            first_install=dump.first_install,
            last_update=dump.last_update,
        )
    return None


def read_uid(phone: DeviceControl, name: str) -> int | None:
    """The user id that Android gave the app; None = not installed. Raises InstrumentError."""
    dump = read_package(phone.shell(f"dumpsys package {quote(name)}").stdout, name)
    return None if dump is None else dump.uid


def read_absent_card(phone: DeviceControl, name: str) -> str | None:
    """UUID of the adopted card that an installed app lies on while the card is not in the phone.

    None for any other app. Raises InstrumentError.
    """
    dump = phone.shell(f"dumpsys package {quote(name)}").stdout
    block = package_block(dump, name)
    paths = phone.shell(f"pm path {quote(name)}").stdout
    return None if block is None else read_away(block, paths)


def _untouched(before: AppPackage, now: PackageDump) -> bool:
    return (
        now.last_update is not None
        and before.package == now.name
        and before.last_update == now.last_update
        and before.version_code == now.version_code
    )


def read_signer(phone: DeviceControl, name: str) -> str | None:
    """SHA-256 of the certificate that signed the installed APK; None = not readable.

    Only the end of the file is read: an APK of 200 MB stays where it is.
    """
    paths = phone.shell(f"pm path {quote(name)}").stdout.splitlines()
    apks = [line.removeprefix("package:").strip() for line in paths if line.startswith("package:")]
    path = next((apk for apk in apks if apk.endswith("base.apk")), apks[0] if apks else None)
    if path is None:
        return None
    size_text = phone.shell(f"stat -c %s {quote(path)}").stdout.strip()
    if not size_text.isdigit():
        return None
    size = int(size_text)
    start = max(size - signing_block.END_LENGTH, 0)
    directory = signing_block.directory_offset(_bytes(phone, path, start, size - start))
    if directory is None or directory < 32:
        return None
    length = signing_block.block_length(_bytes(phone, path, directory - 24, 24))
    if length is None or length > directory:
        return None
    return signing_block.certificate_sha256(_bytes(phone, path, directory - length, length))


def _bytes(phone: DeviceControl, path: str, start: int, count: int) -> bytes:
    command = f"tail -c +{start + 1} {quote(path)} | head -c {count} | base64"
    result = phone.shell(command, timeout=20.0)
    try:
        return base64.b64decode("".join(result.stdout.split()), validate=True)
    except binascii.Error:
        return b""
