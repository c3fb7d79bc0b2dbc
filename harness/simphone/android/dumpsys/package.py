"""`dumpsys package`: the shape of API 34."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

from harness.simphone.android import package_data
from harness.simphone.android.apk.manifest import Manifest
from harness.simphone.android.clock import stamp
from harness.simphone.android.code_store import UPDATES
from harness.simphone.android.intents import short
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.permissions import RUNTIME
from harness.simphone.contracts import Package

FIRST_INSTALL_PER_USER = 34
"""API level from which `appId` and a first-install time for each user are printed."""
DE_INODE_FROM = 35
DISTRACTION_FROM = 30
INSTALLER_TITLES = {"com.android.vending": "Google Play Store"}
INSTALL_REASON_FROM = 33


FROM_CODE = (
    "minExtensionVersions=", "versionName=", "usesNonSdkApi=", "splits=", "apkSigningVersion=",
    "flags=", "privateFlags=", "forceQueryable=", "queriesPackages=", "queriesIntents=",
    "dataDir=", "supportsScreens=",
)  # fmt: skip
"""What is read from the code, and not told of an app whose card is not in the phone
(`Settings.dumpPackageLPr`: all that stands behind `ps.pkg != null`)."""


def dump_package(phone: AndroidPhone, words: list[str]) -> str:
    """One package, or all; an unknown name still prints the sections around it."""
    names = [word for word in words if not word.startswith("-")]
    known = sorted([*phone.packages.all(), *phone.packages.kept()], key=lambda p: p.name)
    packages = [package for package in known if not names or package.name == names[0]]
    if names and not packages:
        return (
            "Dexopt state:\n  Unable to find package: "
            f"{names[0]}\n\nCompiler stats:\n  Unable to find package: {names[0]}\n"
        )
    parts = [_resolver(phone, packages), _key_sets(packages), "Packages:\n"]
    parts += [_block(phone, package) for package in packages]
    hidden = [f for f in (phone.packages.factory(p.name) for p in packages) if f is not None]
    if hidden:
        parts.append("\nHidden system packages:\n")
        parts += [_block(phone, package) for package in hidden]
    parts.append("\nQueries:\n  system apps queryable: false\n  queries via package name:\n")
    parts.append("\nDexopt state:\n")
    for package in packages:
        parts.append(
            f"  [{package.name}]\n    path: {package.code_path}/base.apk\n"
            "      arm64: [status=speed-profile] [reason=install]\n"
        )
    return "".join(parts)


def token(package: Package, salt: int = 0) -> str:
    """The seven hex digits that Android prints for an object; stable for an installation."""
    seed = f"{package.name} {package.code_path} {package.last_update} {salt}"
    return f"{crc32(seed.encode()) & 0xFFFFFFF:07x}"


def _resolver(phone: AndroidPhone, packages: list[Package]) -> str:
    lines: list[str] = []
    for package in packages:
        manifest = phone.packages.manifest(package.name)
        for activity in manifest.activities if manifest else ():
            for found in activity.filters:
                for action in found.actions:
                    name = short(package.name, activity.name)
                    lines.append(f"      {action}:")
                    lines.append(f"        {token(package)} {name} filter {token(package, 1)}")
                    lines += [f'          Action: "{name}"' for name in found.actions]
                    lines += [f'          Category: "{name}"' for name in found.categories]
                    lines += [f'          Scheme: "{name}"' for name in found.schemes]
    if not lines:
        return ""
    return "Activity Resolver Table:\n  Non-Data Actions:\n" + "\n".join(lines) + "\n\n"


def _key_sets(packages: list[Package]) -> str:
    text = "".join(f"  [{p.name}]\n      Signing KeySets: {p.uid % 97}\n" for p in packages)
    return f"Key Set Manager:\n{text}\n"


def _block(phone: AndroidPhone, package: Package) -> str:
    manifest = phone.packages.manifest(package.name)
    flags = _flags(package, manifest)
    code, data = package.code_path, package_data.ce(package.name, package.volume)
    version = f"versionCode={package.version_code} minSdk={package.min_sdk}"
    signers = f"{token(package, 3)} version:2, signatures:[{package.signer_sha256[:8]}]"
    per_user = phone.spec.api >= FIRST_INSTALL_PER_USER
    rows = [
        f"{'appId' if per_user else 'userId'}={package.uid}",
        f"pkg=Package{{{token(package, 2)} {package.name}}}",
        f"codePath={code}",
        f"resourcePath={code}",
        f"legacyNativeLibraryDir={code}/lib",
        "extractNativeLibs=false",
        "primaryCpuAbi=arm64-v8a",
        "secondaryCpuAbi=null",
        "cpuAbiOverride=null",
        f"{version} targetSdk={package.target_sdk}",
        "minExtensionVersions=[]",
        f"versionName={package.version_name or 'null'}",
        "usesNonSdkApi=false",
        f"splits=[{', '.join(('base', *package.splits))}]",
        "apkSigningVersion=2",
        f"flags=[ {flags} ]",
        "privateFlags=[ PRIVATE_FLAG_ACTIVITIES_RESIZE_MODE_RESIZEABLE_VIA_SDK_VERSION ]",
        "forceQueryable=false",
        "queriesPackages=[]",
        "queriesIntents=[]",
        *([f"volumeUuid={package.volume}"] if package.volume else []),
        f"dataDir={data}",
        "supportsScreens=[small, medium, large, xlarge, resizeable, anyDensity]",
        f"timeStamp={stamp(phone, package.last_update)}",
        *([] if per_user else [f"firstInstallTime={stamp(phone, package.first_install)}"]),
        f"lastUpdateTime={stamp(phone, package.last_update)}",
        f"installerPackageName={package.installer or 'null'}",
        f"packageSource={'0' if package.installer is None else '2'}",
        f"signatures=PackageSignatures{{{signers}, past signatures:[]}}",
        "installPermissionsFixed=true",
        f"pkgFlags=[ {flags} ]",
    ]
    rows = [row for row in rows if not (package.away and row.startswith(FROM_CODE))]
    head = f"  Package [{package.name}] ({token(package)}):\n"
    body = "".join(f"    {row}\n" for row in rows)
    return (
        head + body + _permissions(package) + _user(phone, package) + _other_users(phone, package)
    )


def _flags(package: Package, manifest: Manifest | None) -> str:
    words = [
        ("SYSTEM", package.system),
        ("DEBUGGABLE", package.debuggable),
        ("HAS_CODE", True),
        ("ALLOW_CLEAR_USER_DATA", True),
        ("UPDATED_SYSTEM_APP", package.system and package.code_path.startswith(UPDATES)),
        ("TEST_ONLY", manifest is not None and manifest.test_only),
        ("ALLOW_BACKUP", package.allow_backup),
    ]
    return " ".join(word for word, on in words if on)


def _permissions(package: Package) -> str:
    install = [name for name in package.permissions if name not in RUNTIME]
    granted = [f"{name}: granted={_yes(name in package.granted)}" for name in install]
    return _section("requested", package.permissions, 4) + _section("install", granted, 4)


def _user(phone: AndroidPhone, package: Package) -> str:
    runtime = [
        f"{name}: granted={_yes(name in package.granted)},"
        " flags=[ USER_SENSITIVE_WHEN_GRANTED|USER_SENSITIVE_WHEN_DENIED ]"
        for name in package.permissions
        if name in RUNTIME
    ]
    installed = phone.packages.get(package.name) is not None or package.away
    enabled = 3 if package.name in phone.packages.disabled else 0
    api = phone.spec.api
    de_inode = f" deDataInode={_de_inode(phone, package)}" if api >= DE_INODE_FROM else ""
    distraction = " distractionFlags=0" if api >= DISTRACTION_FROM else ""
    reason = "      installReason=0\n" if api >= INSTALL_REASON_FROM else ""
    first = stamp(phone, package.first_install)
    install = f"      firstInstallTime={first}\n{_archive(phone, package)}"
    install += "      uninstallReason=0\n"
    return (
        f"    User 0: ceDataInode={package.ce_inode}{de_inode}"
        f" installed={_yes(installed)} hidden=false suspended=false"
        f"{distraction} stopped={_yes(package.stopped)} notLaunched={_yes(package.not_launched)}"
        f" enabled={enabled} instant=false virtual=false\n"
        f"{reason}{install if api >= FIRST_INSTALL_PER_USER else ''}"
        "      gids=[3003]\n"
    ) + _section("runtime", runtime, 6)


def _other_users(phone: AndroidPhone, package: Package) -> str:
    """A block for each further user, also for one who never had the app (times: the epoch)."""
    api, text = phone.spec.api, ""
    for user in phone.spec.users:
        copy = phone.packages.copies.get(user.id, package.name)
        had = copy is not None
        inodes = f"ceDataInode={copy.ce_inode if copy else 0}"
        if api >= DE_INODE_FROM:
            inodes += f" deDataInode={_de_inode(phone, package, user.id) if had else 0}"
        installed = package.system or (copy is not None and copy.installed)
        distraction = " distractionFlags=0" if api >= DISTRACTION_FROM else ""
        text += (
            f"    User {user.id}: {inodes} installed={_yes(installed)} hidden=false"
            f" suspended=false{distraction} stopped={_yes(copy is None or copy.stopped)}"
            f" notLaunched={_yes(copy is None or copy.not_launched)}"
            " enabled=0 instant=false virtual=false\n"
        )
        text += "      installReason=0\n" if api >= INSTALL_REASON_FROM else ""
        if api >= FIRST_INSTALL_PER_USER:
            first = stamp(phone, copy.first_install if copy else 0.0)
            text += f"      firstInstallTime={first}\n      uninstallReason=0\n"
        text += "      gids=[3003]\n      runtime permissions:\n"
    return text


def _archive(phone: AndroidPhone, package: Package) -> str:
    """What `Settings.dumpPackageLPr` prints where a user's ArchiveState is set (API 35)."""
    if package.archived is None:
        return ""
    installer = package.installer or ""
    component = f"ComponentInfo{{{package.name}/{package.launch_activity}}}"
    return (
        f"      archiveTime={stamp(phone, package.archived)}\n"
        f"      unarchiveInstallerTitle={INSTALLER_TITLES.get(installer, installer)}\n"
        f"        archiveActivityInfo=ArchiveActivityInfo {{ title = {package.name},"
        f" originalComponentName = {component}, iconBitmap = null,"
        " monochromeIconBitmap = null }\n"
    )


def _de_inode(phone: AndroidPhone, package: Package, user: int = 0) -> int:
    try:
        return phone.fs.stat(package_data.de(package.name, package.volume, user)).ino
    except FileNotFoundError:
        return 0  # packages of the image that never kept data


def _section(title: str, lines: Iterable[str], indent: int) -> str:
    pad = " " * indent
    body = "".join(f"{pad}  {line}\n" for line in lines)
    return f"{pad}{title} permissions:\n{body}" if body or title == "runtime" else ""


def _yes(value: bool) -> str:
    return "true" if value else "false"
