"""Cards that were adopted, which is formatted as internal storage: an app's data move to one."""

from __future__ import annotations

from harness.simphone.android import package_data
from harness.simphone.android.volumes import EXPAND
from harness.simphone.contracts import FileSystem, Package


def move_data(fs: FileSystem, package: Package, volume: str) -> None:
    """As "Move to SD card" in the settings: the private folders are on the card afterwards, the
    code and the folders on shared storage stay. Made empty: it is for apps without content."""
    name, old = package.name, package.volume
    for top in ("user/0", "user_de/0"):
        fs.mkdir(f"{EXPAND}/{volume}/{top}", parents=True, mode=0o711)
    for folder in (package_data.ce(name, old), package_data.de(name, old)):
        package_data.remove(fs, folder)
    package.volume = volume
    package.ce_inode = package_data.create(fs, name, package.uid, volume)
