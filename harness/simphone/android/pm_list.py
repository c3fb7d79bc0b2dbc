"""`pm list …`."""

from __future__ import annotations

from dataclasses import replace

from harness.simphone.android.code_store import apk_path
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.permissions import RUNTIME
from harness.simphone.android.program import Arguments, Reply, arguments, user_given
from harness.simphone.android.users import users_of
from harness.simphone.contracts import Invocation, Package
from harness.simphone.storage.identity import USER_RANGE

FEATURES = (
    "android.hardware.camera", "android.hardware.location.gps", "android.hardware.telephony",
    "android.hardware.touchscreen", "android.hardware.wifi", "android.software.webview",
)  # fmt: skip
GROUPS = tuple(
    f"android.permission-group.{name}"
    for name in ("CALENDAR", "CAMERA", "CONTACTS", "LOCATION", "MICROPHONE", "PHONE", "SENSORS")
)
LIBRARIES = (
    "android.test.base",
    "android.test.mock",
    "android.test.runner",
    "org.apache.http.legacy",
)


def listing(inv: Invocation, words: list[str]) -> Reply:
    """`list packages|instrumentation|users|permissions|features|libraries`."""
    phone = android(inv.phone)
    kind, *rest = words or [""]
    given = arguments(rest, {"--user", "--uid", "--show-versioncode-of"})
    match kind:
        case "packages" | "package":
            return _packages(phone, given)
        case "instrumentation":
            return Reply("".join(_instrumentation(phone, given)))
        case "users":
            return Reply(_users(phone))
        case "permissions":
            return Reply(_permissions(phone, dangerous="d" in "".join(given.flags)))
        case "permission-groups":
            return Reply("".join(f"permission group:{name}\n" for name in GROUPS))
        case "features":
            return Reply("".join(f"feature:{name}\n" for name in FEATURES))
        case "libraries":
            return Reply("".join(f"library:{name}\n" for name in LIBRARIES))
        case _:
            return Reply(err=f"Error: unknown list type '{kind}'\n", code=255)


def _packages(phone: AndroidPhone, given: Arguments) -> Reply:
    user = user_given(given)
    if not phone.packages.copies.known(user):
        text = f"Security exception: Shell does not have permission to access user {user}\n"
        return Reply(err=text, code=255)
    found = installed_for(phone, user)
    if given.has("-u"):
        names = {package.name for package in found}
        known = [p for p in (*phone.packages.all(), *phone.packages.kept()) if p.name not in names]
        found = sorted([*found, *known], key=lambda package: package.name)
    wanted = given.rest[0] if given.rest else ""
    uid = given.value("--uid")
    lines = [
        _line(package, given)
        for package in found
        if wanted in package.name
        and (uid is None or uid == str(package.uid))
        and _kind_wanted(phone, package, given)
    ]
    return Reply("".join(lines))


def installed_for(phone: AndroidPhone, user: int) -> list[Package]:
    """What a user has, by name; uids are the user's own. The image's apps are for all."""
    if not user:
        return phone.packages.all()
    known = [*phone.packages.all(), *phone.packages.kept()]
    holders = {package.name: phone.packages.copies.holders(package.name) for package in known}
    return [
        replace(package, uid=package.uid + user * USER_RANGE)
        for package in sorted(known, key=lambda package: package.name)
        if package.system or user in holders[package.name]
    ]


def _users(phone: AndroidPhone) -> str:
    rows = [f"\t{user}{' running' if user.running else ''}" for user in users_of(phone.spec)]
    return "\n".join(["Users:", *rows, ""])


def _kind_wanted(phone: AndroidPhone, package: Package, given: Arguments) -> bool:
    off = package.name in phone.packages.disabled
    return not (
        (given.has("-s") and not package.system)
        or (given.has("-3") and package.system)
        or (given.has("-d") and not off)
        or (given.has("-e") and off)
    )


def _line(package: Package, given: Arguments) -> str:
    text = "package:"
    if given.has("-f"):
        text += f"{apk_path(package)}="
    text += package.name
    if given.has("--show-versioncode"):
        text += f" versionCode:{package.version_code}"
    if given.has("-i"):
        text += f"  installer={package.installer or 'null'}"
    if given.has("-U"):
        text += f" uid:{package.uid}"
    return text + "\n"


def _instrumentation(phone: AndroidPhone, given: Arguments) -> list[str]:
    wanted = given.rest[0] if given.rest else None
    lines: list[str] = []
    for package in phone.packages.all():
        if package.instrumentation is None or wanted not in (None, package.instrumentation[1]):
            continue
        runner, target = package.instrumentation
        file = f"{apk_path(package)} " if given.has("-f") else ""
        lines.append(f"instrumentation:{file}{package.name}/{runner} (target={target})\n")
    return lines


def _permissions(phone: AndroidPhone, *, dangerous: bool) -> str:
    names = [name for name in _names(phone) if name in RUNTIME or not dangerous]
    title = "Dangerous Permissions:" if dangerous else "All Permissions:"
    return f"{title}\n\n" + "".join(f"permission:{name}\n" for name in names)


def _names(phone: AndroidPhone) -> list[str]:
    return sorted(RUNTIME.union(*(package.permissions for package in phone.packages.all())))
