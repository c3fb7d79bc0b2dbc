"""A phone made of a host folder: the host's own sh, find, stat and sha256sum on real files.

Paths of the phone are moved below the folder by text. What Android alone has (pm, dumpsys,
content …) are small scripts that print what a test wrote down.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from harness.adapters.adb.device import AdbDevice
from harness.adapters.adb.link import AdbLink
from harness.ports import ShellResult

PACKAGE = "com.zhiliaoapp.musically"
CE = f"/data/user/0/{PACKAGE}"
_PATHS = re.compile(r"(?<![\w.~@-])/(data|storage|mnt)/")
DUMP = f"""Packages:
  Package [{PACKAGE}] (aaaea99):
    appId=10180
    versionCode=310 minSdk=26 targetSdk=34
    versionName=3.1.0
    splits=[base, config.en]
    flags=[ HAS_CODE ALLOW_BACKUP ]
    dataDir=/data/user/0/{PACKAGE}
    lastUpdateTime=2026-03-02 10:00:01
    User 0: ceDataInode=4711 deDataInode=4712 installed=true hidden=false
      firstInstallTime=2026-03-02 10:00:00
"""
USUAL = {
    "getprop": '[ "$1" = ro.build.version.sdk ] && echo 34',
    "pm": f'[ "$1" = path ] && echo package:/data/app/{PACKAGE}/base.apk',
    "dumpsys": "cat dump",
    "sm": "printf 'private mounted null\\nemulated;0 mounted null\\n'",
    "content": "cat rows",
    "bmgr": "echo Backup Manager currently enabled",
    "cmd": "exit 1",
    "su": "exit 1",
    "run-as": '[ -e debuggable ] || { echo "run-as: package not debuggable: $1"; exit 1; }\n'
    'shift; [ "$1" = id ] && { echo "uid=10180 context=u:r:runas_app:s0"; exit; }; exec "$@"',
    "id": '[ "$1" = -u ] && { [ -e root ] && echo 0 || echo 2000; exit; }\n'
    '[ -e root ] && echo "uid=0(root) gid=0(root)" || echo "uid=2000(shell)"',
}


class HostLink:
    """Stands in for AdbLink: runs what it is given by the host's shell."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands: list[str] = []

    def shell_into(
        self,
        serial: str,
        command: str,
        write: Callable[[bytes], object],
        *,
        timeout: float = 10.0,
        stdin: bytes | None = None,
    ) -> ShellResult:
        self.commands.append(command)
        top = str(self.folder / "phone")
        moved = _PATHS.sub(rf"{top}/\1/", command)
        given = re.sub(rb"(^|\0)/", rb"\1" + top.encode() + b"/", stdin or b"")
        done = subprocess.run(
            ["/bin/sh", "-c", moved],
            input=given,
            capture_output=True,
            timeout=timeout,
            check=False,
            cwd=self.folder,
            env={"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C"},
        )
        write(done.stdout.replace(top.encode(), b""))
        err = done.stderr.decode("utf-8", "replace").replace(top, "")
        return ShellResult(command, "", err, done.returncode)


class HostPhone(AdbDevice):
    """`files` are laid below the folder; `scripts` replace those of USUAL."""

    def __init__(self, folder: Path, **scripts: str) -> None:
        self.folder = folder
        self.host_link = HostLink(folder)
        super().__init__("host", "HOST:1", cast("AdbLink", cast("Any", self.host_link)))
        (folder / "bin").mkdir()
        self.put("/data/placeholder/x", b"")
        (folder / "phone/storage/emulated").mkdir(parents=True)
        (folder / "phone/data/media/0").mkdir(parents=True)
        (folder / "phone/storage/emulated/0").symlink_to(folder / "phone/data/media/0")
        (folder / "dump").write_text(DUMP)
        (folder / "rows").write_text("No result found.\n")
        for name, text in {**USUAL, **scripts}.items():
            file = folder / "bin" / name.replace("_", "-")
            file.write_text(f"#!/bin/sh\n{text}\n")
            file.chmod(0o755)

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        parts: list[bytes] = []
        done = self.host_link.shell_into("", command, parts.append, timeout=timeout, stdin=stdin)
        text = b"".join(parts).decode("utf-8", "replace")
        return ShellResult(command, text, done.stderr, done.exit_code)

    def put(self, path: str, content: bytes, modified: int = 1_790_000_000) -> None:
        """A file of the phone."""
        file = self.folder / "phone" / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        os.utime(file, (modified, modified))

    def set(self, *flags: str) -> None:
        """`root`, `debuggable`."""
        for flag in flags:
            (self.folder / flag).touch()

    def rows(self, *rows: str) -> None:
        """What `content query` prints."""
        text = "".join(f"Row: {number} {row}\n" for number, row in enumerate(rows))
        (self.folder / "rows").write_text(text)
