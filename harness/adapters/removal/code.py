"""The app's own code, base and splits, pulled from the phone and checked to be its copy."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from harness.adapters.adb.device import quote
from harness.adapters.builds.apk_signer import signer_of
from harness.domain.package_state import PackageState
from harness.domain.removal import CodePart
from harness.ports import InstrumentError, StreamingControl

_SLOW = 600.0
_CHUNK = 1 << 20


def pull_code(
    device: StreamingControl, package: str, folder: Path, *, user: int = 0
) -> tuple[CodePart, ...]:
    """All APKs of the installed app, base first. Raises InstrumentError when one of them
    could not be read whole."""
    listed = device.shell(f"pm path --user {user} {quote(package)}")
    paths = [
        line.removeprefix("package:").strip()
        for line in listed.stdout.splitlines()
        if line.startswith("package:")
    ]
    if not paths:
        raise _error(device, f"pm path {package}", "no APK is listed; is the app installed?")
    paths.sort(key=lambda path: not path.endswith("/base.apk"))
    return tuple(
        _pull(device, path, folder, f"code-{number}.apk") for number, path in enumerate(paths)
    )


def code_problem(parts: tuple[CodePart, ...], state: PackageState, folder: Path) -> str | None:
    """Why this copy would not install as the same app; None = nothing speaks against it.

    Checks what can be checked on this side: each file is a whole APK with a manifest, all
    have one signer, and it is the installed one; every split that Android names is there.
    The phone's own word is asked for by a rehearsal (see `installing`).
    """
    signers = {signer_of(folder / part.file) for part in parts}
    for part in parts:
        file = folder / part.file
        try:
            with zipfile.ZipFile(file) as apk:
                if apk.testzip() is not None or "AndroidManifest.xml" not in apk.namelist():
                    return f"{part.name} is no whole APK"
        except (OSError, zipfile.BadZipFile) as error:
            return f"{part.name} is no APK: {error}"
    if len(signers) > 1:
        return "its parts have different signers"
    (signer,) = signers
    if signer is not None and state.signer is not None and signer != state.signer:
        return "its signer is not the one of the installed app"
    if state.splits and len(state.splits) != len(parts):
        return f"Android names {len(state.splits)} parts, {len(parts)} were found"
    return None


def _pull(device: StreamingControl, path: str, folder: Path, file: str) -> CodePart:
    target = folder / file
    with target.open("wb") as out:
        result = device.shell_to_file(f"cat {quote(path)}", out, timeout=_SLOW)
    if not result.ok:
        raise _error(device, f"read {path}", f"exit {result.exit_code}: {result.stderr.strip()}")
    seen = hashlib.sha256()
    with target.open("rb") as data:
        while piece := data.read(_CHUNK):
            seen.update(piece)
    told = device.shell(f"sha256sum {quote(path)}", timeout=120.0).stdout.split()
    if not told or told[0].lstrip("\\") != seen.hexdigest():
        raise _error(device, f"read {path}", "the copy has another SHA-256 than the file")
    name = path.rpartition("/")[2]
    return CodePart(name, path, file, target.stat().st_size, seen.hexdigest())


def _error(device: StreamingControl, action: str, detail: str) -> InstrumentError:
    return InstrumentError(
        "adb", f"{action} on {device.name}", detail, advice="Nothing was deleted."
    )
