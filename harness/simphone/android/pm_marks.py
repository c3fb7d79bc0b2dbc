"""Verbs of `pm` that mark a package or tell a fact of the device."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android.parts import android
from harness.simphone.android.pm_list import FEATURES
from harness.simphone.android.program import Reply, arguments, user_given
from harness.simphone.contracts import Invocation, Package

APP_LINKS_SINCE = 31


def _named(inv: Invocation, words: list[str]) -> tuple[str, Package | None]:
    rest = arguments(words, {"--user", "--dialogMessage", "--dialogTitle"}).rest
    name = rest[0] if rest else ""
    return name, inv.phone.packages.get(name)


def _has_feature(_: Invocation, words: list[str]) -> Reply:
    found = bool(words) and words[0] in FEATURES
    return Reply("true\n" if found else "false\n", code=0 if found else 1)


def _suspend(inv: Invocation, words: list[str], *, on: bool) -> Reply:
    name, package = _named(inv, words)
    marks = android(inv.phone).activities.state.suspended
    if package is None:
        return Reply(f"Package {name} new suspended state: false\n")
    (marks.add if on else marks.discard)(name)
    if on:
        android(inv.phone).activities.force_stop(name)
    return Reply(f"Package {name} new suspended state: {'true' if on else 'false'}\n")


def _suspended(inv: Invocation, words: list[str]) -> Reply:
    return _suspend(inv, words, on=True)


def _unsuspended(inv: Invocation, words: list[str]) -> Reply:
    return _suspend(inv, words, on=False)


def _hide(inv: Invocation, words: list[str]) -> Reply:
    """Shell may not: MANAGE_USERS is the system's."""
    name, _ = _named(inv, words)
    text = (
        "\nException occurred while executing 'hide':\njava.lang.SecurityException: Neither user"
        f" {inv.uid} nor current process has android.permission.MANAGE_USERS: {name}\n"
    )
    return Reply(err=text, code=255)


def _install_existing(inv: Invocation, words: list[str]) -> Reply:
    phone, user = android(inv.phone), user_given(arguments(words, {"--user"}))
    name = _named(inv, words)[0]
    known = [*phone.packages.all(), *phone.packages.kept()]
    package = next((p for p in known if p.name == name), None)
    if package is None or not phone.packages.copies.known(user) or not _code_is_there(inv, package):
        text = f"android.content.pm.PackageManager$NameNotFoundException: Package {name} doesn't"
        return Reply(f"{text} exist\n", code=1)
    phone.packages.copies.add(user, package)
    return Reply(f"Package {name} installed for user: {user}\n")


def _code_is_there(inv: Invocation, package: Package) -> bool:
    if package.system:
        return True
    try:
        inv.phone.fs.stat(package.code_path)
    except OSError:
        return False
    return True


def _app_links(inv: Invocation, words: list[str]) -> Reply:
    """Hosts that the package's activities name, all of them verified here."""
    if inv.phone.spec.api < APP_LINKS_SINCE:
        return Reply(err="Unknown command: get-app-links\n", code=255)
    name, package = _named(inv, words)
    manifest = android(inv.phone).packages.manifest(name)
    if package is None or manifest is None:
        return Reply(err=f"Failure: package {name} not found\n", code=1)
    hosts = sorted({h for a in manifest.activities for f in a.filters for h in f.hosts})
    lines = [f"  {name}:", f"    ID: {package.ce_inode:08x}-0000-4000-8000-000000000000"]
    lines += ["    Signatures: [" + package.signer_sha256.upper() + "]"]
    lines += ["    Domain verification state:", *(f"      {host}: verified" for host in hosts)]
    return Reply("\n".join([*lines, ""]))


def _running_users(_: Invocation, __: list[str]) -> Reply:
    return Reply("Maximum supported running users: 3\n")


def _dexopt(_: Invocation, __: list[str]) -> Reply:
    return Reply("Success\n")


VERBS: Mapping[str, Callable[[Invocation, list[str]], Reply]] = {
    "has-feature": _has_feature,
    "suspend": _suspended,
    "unsuspend": _unsuspended,
    "hide": _hide,
    "unhide": _hide,
    "install-existing": _install_existing,
    "get-app-links": _app_links,
    "get-max-running-users": _running_users,
    "bg-dexopt-job": _dexopt,
}
