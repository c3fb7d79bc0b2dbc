"""The tree of a freshly booted API 34 phone: mounts, folders, owners, links."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.contracts import SHELL_UID, SYSTEM_UID, FileSystem
from harness.simphone.storage.identity import MEDIA_RW_GID

LOG_GID = 1007
CACHE_UID = 2001


@dataclass(frozen=True, slots=True)
class BaseMount:
    """A mount made at boot; `backing` is where its files lie below the root."""

    target: str
    source: str
    kind: str
    backing: str
    read_only: bool = False
    own_device: bool = True


BASE_MOUNTS = (
    BaseMount("/dev", "tmpfs", "tmpfs", "/dev"),
    BaseMount("/proc", "proc", "proc", "/proc"),
    BaseMount("/sys", "sysfs", "sysfs", "/sys"),
    BaseMount("/mnt", "tmpfs", "tmpfs", "/mnt"),
    BaseMount("/apex", "tmpfs", "tmpfs", "/apex", read_only=True),
    BaseMount(
        "/apex/com.android.conscrypt",
        "/dev/block/loop7",
        "ext4",
        "/apex/com.android.conscrypt",
        read_only=True,
    ),
    BaseMount("/metadata", "/dev/block/sda15", "ext4", "/metadata"),
    BaseMount("/cache", "/dev/block/sda16", "ext4", "/cache"),
    BaseMount("/data", "/dev/block/dm-9", "f2fs", "/data"),
    BaseMount("/storage", "tmpfs", "tmpfs", "/storage"),
    BaseMount("/storage/emulated", "/dev/fuse", "fuse", "/data/media"),
)

# path, owner, group, mode
FOLDERS: tuple[tuple[str, int, int, int], ...] = (
    ("/system/bin", 0, SHELL_UID, 0o751),
    ("/system/xbin", 0, SHELL_UID, 0o751),
    ("/system/app", 0, 0, 0o755),
    ("/system/priv-app", 0, 0, 0o755),
    ("/system/framework", 0, 0, 0o755),
    ("/system/lib64", 0, 0, 0o755),
    ("/system/fonts", 0, 0, 0o755),
    ("/system/etc/security/cacerts", 0, 0, 0o755),
    ("/system/etc/permissions", 0, 0, 0o755),
    ("/system/product", 0, 0, 0o755),
    ("/system/system_ext", 0, 0, 0o755),
    ("/vendor/bin", 0, SHELL_UID, 0o751),
    ("/vendor/etc", 0, 0, 0o755),
    ("/apex/com.android.conscrypt/cacerts", 0, 0, 0o755),
    ("/apex/com.android.art/bin", 0, SHELL_UID, 0o751),
    ("/apex/com.android.runtime/bin", 0, SHELL_UID, 0o751),
    ("/data", SYSTEM_UID, SYSTEM_UID, 0o771),
    ("/data/adb", 0, 0, 0o700),
    ("/data/anr", SYSTEM_UID, SYSTEM_UID, 0o775),
    ("/data/app", SYSTEM_UID, SYSTEM_UID, 0o771),
    ("/data/local", 0, 0, 0o751),
    ("/data/local/tmp", SHELL_UID, SHELL_UID, 0o771),
    ("/data/local/traces", SHELL_UID, SHELL_UID, 0o777),
    ("/data/media", MEDIA_RW_GID, MEDIA_RW_GID, 0o770),
    ("/data/misc", SYSTEM_UID, 9998, 0o1771),
    ("/data/misc_ce/0/sdksandbox", SYSTEM_UID, SYSTEM_UID, 0o711),
    ("/data/misc_de/0/sdksandbox", SYSTEM_UID, SYSTEM_UID, 0o711),
    ("/data/misc/user/0/cacerts-added", SYSTEM_UID, SYSTEM_UID, 0o755),
    ("/data/system", SYSTEM_UID, SYSTEM_UID, 0o775),
    ("/data/system/dropbox", SYSTEM_UID, SYSTEM_UID, 0o700),
    ("/data/system_ce/0", SYSTEM_UID, SYSTEM_UID, 0o770),
    ("/data/system_de/0", SYSTEM_UID, SYSTEM_UID, 0o770),
    ("/data/tombstones", SYSTEM_UID, SYSTEM_UID, 0o771),
    ("/data/user", SYSTEM_UID, SYSTEM_UID, 0o711),
    ("/data/user_de", SYSTEM_UID, SYSTEM_UID, 0o711),
    ("/data/user_de/0", SYSTEM_UID, SYSTEM_UID, 0o771),
    ("/data/data", SYSTEM_UID, SYSTEM_UID, 0o771),
    ("/cache", SYSTEM_UID, CACHE_UID, 0o770),
    ("/metadata", 0, SYSTEM_UID, 0o771),
    ("/mnt/expand", 0, SYSTEM_UID, 0o771),
    ("/mnt/media_rw", MEDIA_RW_GID, MEDIA_RW_GID, 0o750),
    ("/dev/block", 0, 0, 0o755),
    ("/dev/socket", 0, 0, 0o755),
    ("/sys/class/net/lo", 0, 0, 0o755),
    ("/sys/class/net/wlan0", 0, 0, 0o755),
    ("/storage/self", 0, 0, 0o755),
)

SHARED_FOLDERS = (
    "Alarms", "Android", "Android/data", "Android/media", "Android/obb", "Audiobooks",
    "DCIM", "DCIM/Camera", "Documents", "Download", "Movies", "Music", "Notifications",
    "Pictures", "Podcasts", "Recordings", "Ringtones",
)  # fmt: skip

LINKS = (
    ("/system/bin", "/bin"),
    ("/system/etc", "/etc"),
    ("/data/user_de/0/com.android.shell/files/bugreports", "/bugreports"),
    ("/system/product", "/product"),
    ("/system/system_ext", "/system_ext"),
    ("/vendor", "/system/vendor"),
    ("/storage/self/primary", "/sdcard"),
    ("/storage/emulated/0", "/storage/self/primary"),
    ("/data/data", "/data/user/0"),
    ("/sys/kernel/debug", "/d"),
)


def create_tree(fs: FileSystem) -> None:
    """Makes folders and links on an empty, mounted tree (system mounts writable)."""
    for path, owner, group, mode in FOLDERS:
        fs.mkdir(path, parents=True)
        fs.chown(path, owner, group)
        fs.chmod(path, mode)
    fs.mkdir("/storage/emulated/0", uid=MEDIA_RW_GID)
    for name in SHARED_FOLDERS:
        fs.mkdir(f"/storage/emulated/0/{name}", uid=MEDIA_RW_GID)
    for target, path in LINKS:
        fs.symlink(target, path)
    fs.write("/system/build.prop", b"# begin common build properties\n", mode=0o600)
    fs.write("/system/etc/hosts", b"127.0.0.1       localhost\n::1             ip6-localhost\n")
    fs.write("/sys/class/net/wlan0/address", b"02:15:b2:00:10:01\n")
