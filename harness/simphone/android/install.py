"""Installing: one APK from a file or a stream, or sessions of several."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from harness.simphone.android.apk.archive import peek
from harness.simphone.android.install_question import may_install
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Arguments, Reply, arguments, user_given
from harness.simphone.android.service_state import InstallSession
from harness.simphone.android.split_apks import base_and_splits, check_native_code, place
from harness.simphone.contracts import InstallError, Invocation, Package, Source

VALUED = {
    "-S", "-i", "-p", "--user", "--abi", "--install-location", "--originating-uri", "--referrer",
    "--install-reason", "--package", "--pkg", "--staged-ready-timeout", "--package-source",
}  # fmt: skip
CHUNK = 1 << 18
BASE = "base.apk"
EVERYONE = -1
"""`--user` left out or "all" (UserHandle.USER_ALL)."""


async def install(inv: Invocation, words: list[str]) -> Reply:
    """`pm install [-r] [-d] [-g] [-t] [-S SIZE] [PATH|-]`."""
    given, phone = arguments(words, VALUED), android(inv.phone)
    with tempfile.TemporaryDirectory(dir=phone.packages.spool()) as folder:
        apk = Path(folder) / BASE
        try:
            await _fetch(inv, given, apk)
            check_native_code([apk], _abis(phone))
            await _finish(inv, given, apk)
        except InstallError as error:
            return failure(error)
    return Reply("Success\n")


async def create(inv: Invocation, words: list[str]) -> Reply:
    """`install-create`: opens a session."""
    sessions = android(inv.phone).activities.state.sessions
    number = max(sessions, default=1_404_517_321) + 1
    sessions[number] = InstallSession(number, words)
    return Reply(f"Success: created install session [{number}]\n")


async def write(inv: Invocation, words: list[str]) -> Reply:
    """`install-write -S SIZE SESSION NAME [PATH|-]`."""
    given, phone = arguments(words, VALUED), android(inv.phone)
    session = _session(phone, given.rest[0] if given.rest else "")
    if session is None or len(given.rest) < 2:
        return Reply(err="Error: must specify a session and a name\n", code=1)
    folder = phone.packages.spool()
    target = folder / f"{session.number}-{len(session.parts)}.apk"
    source = Arguments(given.flags, given.rest[2:])
    try:
        await _fetch(inv, source, target)
    except InstallError as error:
        target.unlink(missing_ok=True)
        return failure(error)
    session.parts[given.rest[1]] = target
    return Reply(f"Success: streamed {target.stat().st_size} bytes\n")


async def commit(inv: Invocation, words: list[str]) -> Reply:
    """`install-commit SESSION`: installs the base; splits are checked and kept with it."""
    phone = android(inv.phone)
    session = _session(phone, words[0] if words else "")
    if session is None:
        return Reply(err="Error: session not found\n", code=1)
    try:
        if not session.parts:
            raise InstallError("INSTALL_FAILED_INVALID_APK", "Failed to find any APK")
        base, splits = base_and_splits(session.parts)
        check_native_code([base, *splits.values()], _abis(phone))
        package = await _finish(inv, arguments(session.flags, VALUED), base)
        place(phone.fs, package, splits)
    except InstallError as error:
        return failure(error)
    finally:
        _forget(phone, session)
    return Reply("Success\n")


async def abandon(inv: Invocation, words: list[str]) -> Reply:
    """`install-abandon SESSION`."""
    phone = android(inv.phone)
    session = _session(phone, words[0] if words else "")
    if session is None:
        return Reply(err="Error: session not found\n", code=1)
    _forget(phone, session)
    return Reply("Success\n")


async def uninstall(inv: Invocation, words: list[str]) -> Reply:
    """`pm uninstall [-k] [--user N] PACKAGE`."""
    given, phone = arguments(words, {"--user", "--versionCode"}), android(inv.phone)
    if not given.rest:
        return Reply(err="Error: package name not specified\n", code=1)
    user = user_given(given, EVERYONE)
    if user != EVERYONE and not _has(phone, given.rest[0], user):
        return Reply(f"Failure [not installed for {user}]\n", code=1)
    whose = None if user == EVERYONE else user
    if phone.packages.uninstall(given.rest[0], keep_data=given.has("-k"), user=whose):
        return Reply("Success\n")
    return Reply("Failure [DELETE_FAILED_INTERNAL_ERROR]\n", code=1)


def _has(phone: AndroidPhone, name: str, user: int) -> bool:
    copy = phone.packages.copies.get(user, name)
    if user:
        return copy is not None and copy.installed
    return phone.packages.get(name) is not None


def failure(error: InstallError) -> Reply:
    """`Failure [CODE: text]`."""
    code, text = error.args
    return Reply(f"Failure [{code}: {text}]\n", code=1)


def _abis(phone: AndroidPhone) -> list[str]:
    return phone.properties.get("ro.product.cpu.abilist").split(",")


async def _finish(inv: Invocation, given: Arguments, apk: Path) -> Package:
    phone = android(inv.phone)
    manifest, _ = peek(apk)
    await may_install(phone, manifest.label or manifest.package, inv.uid)
    if manifest.test_only and not given.has("-t"):
        raise InstallError("INSTALL_FAILED_TEST_ONLY", "Failed to install test-only apk.")
    return phone.packages.install(
        apk,
        replace=not given.has("-R"),
        grant=given.has("-g"),
        downgrade=given.has("-d"),
        installer=given.value("-i"),
        user=None if user_given(given, EVERYONE) == EVERYONE else user_given(given),
    )


async def _fetch(inv: Invocation, given: Arguments, target: Path) -> None:
    """Brings the APK to the host file `target`: exactly `-S` bytes of stdin, or a phone path."""
    path = given.rest[0] if given.rest else "-"
    if path != "-":
        _copy(inv, path, target)
        return
    size = given.value("-S")
    if size is None or not size.isdigit():
        raise InstallError("INSTALL_FAILED_INVALID_APK", "must either specify -S or a path")
    await _receive(inv.stdin, int(size), target)


async def _receive(source: Source, size: int, target: Path) -> None:
    left = size
    with target.open("wb") as file:
        while left:
            data = await source.read(min(CHUNK, left))
            if not data:
                text = f"stream ended {left} bytes before its {size}"
                raise InstallError("INSTALL_FAILED_INVALID_APK", text)
            file.write(data)
            left -= len(data)


def _copy(inv: Invocation, path: str, target: Path) -> None:
    full = path if path.startswith("/") else f"{inv.cwd.rstrip('/')}/{path}"
    try:
        inv.phone.fs.stat(full, uid=inv.uid, ns=inv.ns)
        shutil.copyfile(inv.phone.fs.host_path(full, ns=inv.ns), target)
    except OSError as error:
        text = f"failed to read {path}: {error.strerror}"
        raise InstallError("INSTALL_FAILED_INVALID_URI", text) from error


def _session(phone: AndroidPhone, number: str) -> InstallSession | None:
    return phone.activities.state.sessions.get(int(number)) if number.isdigit() else None


def _forget(phone: AndroidPhone, session: InstallSession) -> None:
    for part in session.parts.values():
        part.unlink(missing_ok=True)
    phone.activities.state.sessions.pop(session.number, None)
