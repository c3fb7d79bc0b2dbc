"""Users and groups of Android: numbers, names, and which groups a user is in.

The fixed numbers are Android's `android_filesystem_config.h`; app users are
`u<user>_a<n>` for uid `100000 * user + 10000 + n`.
"""

from __future__ import annotations

import re

FIRST_APP_UID = 10000
USER_RANGE = 100000
MEDIA_RW_GID = 1023
MEDIA_PROVIDER_UID = 10160
"""Uid of the module that serves shared storage; see `android.system_packages`."""
EXT_DATA_RW_GID = 1078
EXT_OBB_RW_GID = 1079

NAMES: dict[int, str] = {
    0: "root",
    1000: "system",
    1001: "radio",
    1002: "bluetooth",
    1003: "graphics",
    1004: "input",
    1005: "audio",
    1006: "camera",
    1007: "log",
    1010: "wifi",
    1011: "adb",
    1012: "install",
    1013: "media",
    1015: "sdcard_rw",
    1017: "keystore",
    1020: "mdnsr",
    1023: "media_rw",
    1028: "sdcard_r",
    1032: "package_info",
    1036: "logd",
    1051: "dns",
    1073: "network_stack",
    1077: "external_storage",
    1078: "ext_data_rw",
    1079: "ext_obb_rw",
    2000: "shell",
    2001: "cache",
    3001: "net_bt_admin",
    3002: "net_bt",
    3003: "inet",
    3006: "net_bw_stats",
    3009: "readproc",
    3011: "uhid",
    3012: "readtracefs",
    9997: "everybody",
    9999: "nobody",
}
_NUMBERS = {name: number for number, name in NAMES.items()}

SHELL_GROUPS = (
    2000, 1004, 1007, 1011, 1015, 1028, 1078, 1079,
    3001, 3002, 3003, 3006, 3009, 3011, 3012,
)  # fmt: skip

_APP = re.compile(r"u(\d+)_a(\d+)$")
_ALL_APP = re.compile(r"all_a(\d+)$")


def name_of(number: int) -> str:
    """The name `ls -l` shows for a user or group; the number itself if it has none."""
    known = NAMES.get(number)
    if known is not None:
        return known
    user, app = divmod(number, USER_RANGE)
    if app >= 50000:
        return f"all_a{app - 50000}"
    if FIRST_APP_UID <= app < 20000:
        return f"u{user}_a{app - FIRST_APP_UID}"
    return str(number)


def number_of(name: str) -> int | None:
    """The number of a user or group given by name or in digits; None if unknown."""
    if name.isdigit():
        return int(name)
    if match := _APP.match(name):
        return int(match[1]) * USER_RANGE + FIRST_APP_UID + int(match[2])
    if match := _ALL_APP.match(name):
        return 50000 + int(match[1])
    return _NUMBERS.get(name)


def is_app(uid: int) -> bool:
    """Whether `uid` belongs to an installed app."""
    return uid % USER_RANGE >= FIRST_APP_UID


def groups_of(uid: int) -> tuple[int, ...]:
    """Group numbers of a user, its own first."""
    if uid == 0:
        return (0, *SHELL_GROUPS[1:])
    if uid == 2000:
        return SHELL_GROUPS
    if is_app(uid):
        return (uid, 3003, 9997, 50000 + uid % USER_RANGE - FIRST_APP_UID)
    return (uid,)


def context_of(uid: int) -> str:
    """The SELinux context a process of `uid` runs in."""
    if uid == 0:
        return "u:r:su:s0"
    if uid == 2000:
        return "u:r:shell:s0"
    if is_app(uid):
        return "u:r:runas_app:s0:c142,c256,c512,c768"
    return "u:r:system_server:s0"
