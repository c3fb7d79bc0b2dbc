"""`pm`, which is also `cmd package`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from harness.simphone.android import install
from harness.simphone.android.adb_guards import refusal, security_exception
from harness.simphone.android.code_store import apk_path
from harness.simphone.android.dumpsys.package import dump_package
from harness.simphone.android.parts import android
from harness.simphone.android.permissions import grant, revoke
from harness.simphone.android.pm_list import installed_for, listing
from harness.simphone.android.pm_marks import VERBS as MARK_VERBS
from harness.simphone.android.pm_resolve import (
    query_activities,
    query_receivers,
    query_services,
    resolve_activity,
)
from harness.simphone.android.pm_state import STORAGE_STATS_SINCE
from harness.simphone.android.pm_state import VERBS as STATE_VERBS
from harness.simphone.android.program import Reply, arguments, program, user_given
from harness.simphone.android.split_apks import split_path
from harness.simphone.contracts import Invocation, Package

Verb = Callable[[Invocation, list[str]], Reply | Awaitable[Reply]]
USAGE = """Package manager (package) commands:
  help
  path [--user USER_ID] PACKAGE
  dump PACKAGE
  list features|instrumentation|libraries|packages|permissions|users
  resolve-activity [--brief] [--components] INTENT
  query-activities [--brief] [--components] INTENT
  install [-rtdg] [-i PACKAGE] [--user USER_ID] [-S BYTES] [PATH|-]
  install-create | install-write | install-commit | install-abandon
  --streaming is supported
  uninstall [-k] [--user USER_ID] PACKAGE
  clear [--user USER_ID] PACKAGE
  enable | disable | disable-user [--user USER_ID] PACKAGE
  grant | revoke [--user USER_ID] PACKAGE PERMISSION
  reset-permissions
  get-install-location
  trim-caches DESIRED_FREE_SPACE
"""
USAGE_35 = """  archive [--user USER_ID] PACKAGE
  get-package-storage-stats [--user USER_ID] PACKAGE
"""


def _path(inv: Invocation, words: list[str]) -> Reply:
    given = arguments(words, {"--user"})
    found = installed_for(android(inv.phone), user_given(given))
    package = next((p for p in found if given.rest[:1] == [p.name]), None)
    if package is None:
        return Reply(code=1)
    paths = [apk_path(package), *(split_path(package, name) for name in package.splits)]
    return Reply("".join(f"package:{path}\n" for path in paths))


def _dump(inv: Invocation, words: list[str]) -> Reply:
    return Reply(dump_package(android(inv.phone), words))


def _clear(inv: Invocation, words: list[str]) -> Reply:
    rest = arguments(words, {"--user"}).rest
    held_back = refusal(inv.phone, "clear", inv.uid)
    if held_back is not None:
        return security_exception("clear", held_back)
    user, packages = user_given(arguments(words, {"--user"})), android(inv.phone).packages
    if user and rest:
        known = {p.name: p for p in installed_for(android(inv.phone), user)}
        done = rest[0] in known and packages.copies.clear(user, known[rest[0]])
    else:
        done = bool(rest) and packages.clear(rest[0])
    return Reply("Success\n") if done else Reply("Failed\n", code=1)


def _permission(
    inv: Invocation, words: list[str], change: Callable[[Package, str], str | None], verb: str
) -> Reply:
    rest = arguments(words, {"--user"}).rest
    if len(rest) < 2:
        return Reply(err="Error: no permission specified\n", code=255)
    package = inv.phone.packages.get(rest[0])
    if package is None:
        text = f"java.lang.IllegalArgumentException: Unknown package: {rest[0]}\n"
        return Reply(err=f"\nException occurred while executing '{verb}':\n{text}", code=255)
    held_back = refusal(inv.phone, "grant", inv.uid) or change(package, rest[1])
    return Reply() if held_back is None else security_exception(verb, held_back)


def _grant(inv: Invocation, words: list[str]) -> Reply:
    return _permission(inv, words, grant, "grant")


def _revoke(inv: Invocation, words: list[str]) -> Reply:
    return _permission(inv, words, revoke, "revoke")


def _no_user(_: Invocation, __: list[str]) -> Reply:
    return Reply(err="Error: couldn't create User.\n", code=1)


VERBS: Mapping[str, Verb] = {
    "path": _path,
    "dump": _dump,
    "list": listing,
    "clear": _clear,
    "grant": _grant,
    "revoke": _revoke,
    "install": install.install,
    "install-create": install.create,
    "install-write": install.write,
    "install-commit": install.commit,
    "install-abandon": install.abandon,
    "uninstall": install.uninstall,
    "resolve-activity": resolve_activity,
    "query-activities": query_activities,
    "query-services": query_services,
    "query-receivers": query_receivers,
    "create-user": _no_user,
    **STATE_VERBS,
    **MARK_VERBS,
}


async def package_service(inv: Invocation) -> Reply:
    """One call of `pm` or `cmd package`; argv[0] is the program's name."""
    words = list(inv.argv[1:])
    verb = words.pop(0) if words else "help"
    if verb in ("help", "-h", "--help"):
        extra = USAGE_35 if inv.phone.spec.api >= STORAGE_STATS_SINCE else ""
        return Reply(USAGE + extra)
    function = VERBS.get(verb)
    if function is None:
        return Reply(err=f"Unknown command: {verb}\n", code=255)
    answer = function(inv, words)
    return answer if isinstance(answer, Reply) else await answer


COMMANDS = {"pm": program(package_service)}
