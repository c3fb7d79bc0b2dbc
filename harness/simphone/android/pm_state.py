"""The verbs of `pm` that change or tell a package's state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android import package_data
from harness.simphone.android.code_store import apk_path
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.permissions import at_install
from harness.simphone.android.program import Reply, arguments
from harness.simphone.contracts import Invocation, Package

ARCHIVE_SINCE = 35
STORAGE_STATS_SINCE = 35


def _enable(inv: Invocation, words: list[str]) -> Reply:
    return _set_enabled(inv, words, "enabled")


def _disable(inv: Invocation, words: list[str]) -> Reply:
    return _set_enabled(inv, words, "disabled-user")


def _set_enabled(inv: Invocation, words: list[str], state: str) -> Reply:
    phone, package = _package(inv, words)
    if package is None:
        return _unknown(words)
    if state == "enabled":
        phone.packages.disabled.discard(package.name)
    else:
        phone.activities.force_stop(package.name)
        phone.packages.disabled.add(package.name)
    return Reply(f"Package {package.name} new state: {state}\n")


def _reset_permissions(inv: Invocation, _: list[str]) -> Reply:
    for package in inv.phone.packages.all():
        package.granted = at_install(package.permissions, all_of_them=False)
    return Reply()


def _storage_stats(inv: Invocation, words: list[str]) -> Reply:
    phone, package = _package(inv, words)
    if phone.spec.api < STORAGE_STATS_SINCE:
        return Reply(err="Unknown command: get-package-storage-stats\n", code=255)
    if package is None:
        return _unknown(words)
    code, data, cache = sizes(phone, package)
    return Reply(f"code: {code} bytes\ndata: {data} bytes\ncache: {cache} bytes\n")


def sizes(phone: AndroidPhone, package: Package) -> tuple[int, int, int]:
    """Bytes of (code, data with cache, cache) of a package."""
    fs, name = phone.fs, package.name
    roots = [package_data.ce(name, package.volume), package_data.de(name, package.volume)]
    roots += package_data.external_folders(fs, name, ("data", "media"))
    caches = [f"{root}/{folder}" for root in roots for folder in ("cache", "code_cache")]
    try:
        code = fs.stat(apk_path(package)).size
    except OSError:
        code = 0  # preinstalled packages have no bytes here
    data = sum(package_data.size(fs, root) for root in roots)
    return code, data, sum(package_data.size(fs, cache) for cache in caches)


def _trim_caches(inv: Invocation, words: list[str]) -> Reply:
    if not words:
        return Reply(err="Error: no size specified\n", code=255)
    phone = android(inv.phone)
    for package in phone.packages.all():
        if not package.system:
            package_data.trim_cache(phone.fs, package.name, package.volume)
    return Reply()


def _install_location(_: Invocation, __: list[str]) -> Reply:
    return Reply("0[auto]\n")


def _max_users(_: Invocation, __: list[str]) -> Reply:
    return Reply("Maximum supported users: 4\n")


def _accepted(inv: Invocation, words: list[str]) -> Reply:
    """Compiling and similar work that leaves nothing to see."""
    _, package = _package(inv, words)
    return Reply("Success\n") if package or "-a" in words else _unknown(words)


def _package(inv: Invocation, words: list[str]) -> tuple[AndroidPhone, Package | None]:
    rest = arguments(words, {"--user", "-m", "-f", "-r"}).rest
    return android(inv.phone), inv.phone.packages.get(rest[-1]) if rest else None


def _unknown(words: list[str]) -> Reply:
    return Reply(err=f"Error: Unknown package: {words[-1] if words else ''}\n", code=255)


def _archive(inv: Invocation, words: list[str]) -> Reply:
    phone, package = _package(inv, words)
    if phone.spec.api < ARCHIVE_SINCE:
        return Reply(err="Unknown command: archive\n", code=255)
    if package is None:  # each refusal is a line on stdout (PackageManagerShellCommand.runArchive)
        return Reply(f"Failure [Package {words[-1] if words else ''} not found.]\n", code=1)
    if phone.packages.archive(package.name):
        return Reply("Success\n")
    text = f"Failure [Archiving is not possible: {package.name} has no installer of record]\n"
    return Reply(text, code=1)


MOVE_FAILED_DOESNT_EXIST, MOVE_FAILED_SYSTEM_PACKAGE, MOVE_FAILED_INTERNAL_ERROR = -2, -3, -6


def _move(inv: Invocation, words: list[str]) -> Reply:
    """`move-package PACKAGE internal|UUID`: code and private folders go to that volume."""
    phone, (name, where) = android(inv.phone), (*words, "", "")[:2]
    package = phone.packages.get(name)
    if package is None:
        return Reply(f"Failure [{MOVE_FAILED_DOESNT_EXIST}]\n", code=1)
    if phone.packages.cards.move(package, "" if where == "internal" else where):
        return Reply("Success\n")
    failed = MOVE_FAILED_SYSTEM_PACKAGE if package.system else MOVE_FAILED_INTERNAL_ERROR
    return Reply(f"Failure [{failed}]\n", code=1)


def _default_state(inv: Invocation, words: list[str]) -> Reply:
    phone, package = _package(inv, words)
    if package is None:
        return _unknown(words)
    phone.packages.disabled.discard(package.name)
    return Reply(f"Package {package.name} new state: default\n")


def _set_installer(inv: Invocation, words: list[str]) -> Reply:
    """Only who has the installer's own certificate may name it."""
    _, package = _package(inv, words[:1])
    if package is None or len(words) < 2:
        return _unknown(words[:1])
    text = f"Caller does not have same cert as new installer package {words[1]}"
    head = "\nException occurred while executing 'set-installer':\n"
    return Reply(err=f"{head}java.lang.SecurityException: {text}\n", code=255)


def _remove_user(_: Invocation, words: list[str]) -> Reply:
    """The users of a simulated phone are there for its whole life."""
    return Reply(err=f"Error: couldn't remove user id {words[-1] if words else ''}\n", code=1)


VERBS: Mapping[str, Callable[[Invocation, list[str]], Reply]] = {
    "enable": _enable,
    "disable": _disable,
    "disable-user": _disable,
    "reset-permissions": _reset_permissions,
    "get-package-storage-stats": _storage_stats,
    "trim-caches": _trim_caches,
    "get-install-location": _install_location,
    "get-max-users": _max_users,
    "compile": _accepted,
    "archive": _archive,
    "move-package": _move,
    "default-state": _default_state,
    "set-installer": _set_installer,
    "remove-user": _remove_user,
}
