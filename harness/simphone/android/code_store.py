"""Where installed APKs lie: once on the host by content, linked into the phone's tree."""

from __future__ import annotations

import base64
import os
import random
import shutil
from pathlib import Path

from harness.simphone.android.apk.archive import Apk
from harness.simphone.android.package_data import remove
from harness.simphone.contracts import SYSTEM_UID, FileSystem, Package

APK_MODE = 0o644
UPDATES = "/data/app/"
"""Where installed code lies; a pre-installed app lies there only after an update."""
LINKED_FROM = 4 << 20  # bytes


class CodeStore:
    """`store` holds each APK once under its SHA-256; phones may share the folder."""

    def __init__(self, store: Path, fs: FileSystem) -> None:
        self._store = store
        self._fs = fs
        store.mkdir(parents=True, exist_ok=True)

    def place(self, apk: Apk, code_path: str) -> None:
        """Puts the APK at `code_path`/base.apk of the phone.

        Large ones are hard-linked where the host allows it, so that phones with
        Appium's 18 MB server keep one copy; those do not count as used space.
        Raises OSError (ENOSPC …).
        """
        target = f"{code_path}/base.apk"
        self._fs.mkdir(code_path, uid=0, gid=SYSTEM_UID, mode=0o755, parents=True)
        small = apk.size < LINKED_FROM
        data = apk.path.read_bytes() if small else b""
        self._fs.write(target, data, uid=0, gid=SYSTEM_UID, mode=APK_MODE)
        if not small:
            self._link(self._keep(apk), self._fs.host_path(target))

    def drop(self, code_path: str) -> None:
        """Removes the folder with the APK, and the random folder around it."""
        apk = self._fs.host_path(f"{code_path}/base.apk")
        if apk.exists() and apk.stat().st_size >= LINKED_FROM:
            apk.unlink()  # was never counted as used space, so it must not be given back
            apk.touch()
        remove(self._fs, code_path)
        parent = code_path.rpartition("/")[0]
        if parent.rpartition("/")[2].startswith("~~"):
            remove(self._fs, parent)

    @staticmethod
    def _link(kept: Path, host: Path) -> None:
        linked = host.with_name(host.name + ".link")
        try:
            linked.hardlink_to(kept)
        except OSError:  # another file system, or one without links
            shutil.copyfile(kept, linked)
        linked.replace(host)

    def _keep(self, apk: Apk) -> Path:
        kept = self._store / f"{apk.sha256}.apk"
        if not kept.exists():
            part = self._store / f"{apk.sha256}.{os.getpid()}.part"
            shutil.copyfile(apk.path, part)
            part.replace(kept)
        return kept


def fresh_code_path(package: str, top: str = "/data") -> str:
    """`/data/app/~~RANDOM==/PACKAGE-RANDOM==`, new for every installation."""
    return f"{top}/app/~~{_token()}/{package}-{_token()}"


def apk_path(package: Package) -> str:
    """The phone's path of the package's APK, as `pm path` prints it."""
    if package.system and not package.code_path.startswith(UPDATES):
        return f"{package.code_path}/{package.code_path.rpartition('/')[2]}.apk"
    return f"{package.code_path}/base.apk"


def _token() -> str:
    return base64.urlsafe_b64encode(random.randbytes(16)).decode()
