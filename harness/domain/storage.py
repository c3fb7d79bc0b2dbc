"""Where an app's data lies on a phone, and from how near we can look at it."""

from enum import StrEnum


class Tier(StrEnum):
    """How far the phone lets adb look (Android storage reference 2.1), from far to near."""

    SHELL_CLOSED = "shell_closed"  # metadata, MediaStore and shared files
    SHELL_OPEN = "shell_open"  # Android/{data,media,obb} as well
    RUN_AS = "run_as"  # the private folder of a debuggable app as well
    ADB_ROOT = "adb_root"  # everything
    SU = "su"  # everything, through the phone's own su


class Area(StrEnum):
    """One kind of place; what deletes it is the same for everything in it."""

    CE = "ce"  # /data/user/<user>/<package>, readable after the first unlock
    CACHE = "cache"  # its cache folder
    CODE_CACHE = "code_cache"
    NO_BACKUP = "no_backup"
    DE = "de"  # /data/user_de/<user>/<package>
    DE_CACHE = "de_cache"  # its cache and code_cache folders
    SANDBOX = "sandbox"  # /data/misc_{ce,de}/<user>/sdksandbox/<package>, API 33 and later
    EXTERNAL_DATA = "external_data"  # Android/data/<package> of one volume
    EXTERNAL_CACHE = "external_cache"  # its cache folder
    MEDIA = "media"  # Android/media/<package>
    OBB = "obb"  # Android/obb/<package>
    SHARED = "shared"  # DCIM, Movies, Download …: files that other apps may see


PRIVATE = frozenset(
    {Area.CE, Area.CACHE, Area.CODE_CACHE, Area.NO_BACKUP, Area.DE, Area.DE_CACHE, Area.SANDBOX}
)
"""Only root or, for a debuggable app, run-as can look into these."""

EXTERNAL = frozenset({Area.EXTERNAL_DATA, Area.EXTERNAL_CACHE, Area.MEDIA, Area.OBB})
"""The app's folders below Android/ of a volume; some phones close them to adb."""

CACHES = frozenset({Area.CACHE, Area.CODE_CACHE, Area.DE_CACHE, Area.EXTERNAL_CACHE})
"""Android may empty these at any time; losing them is no loss to a person."""

INTERNAL = "internal"
"""Name of the phone's own volume; others are named by their file system's UUID."""
