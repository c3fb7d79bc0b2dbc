"""Cards that were adopted, which is formatted as internal storage: apps moved to one, and what
happens when it leaves the phone.

As AOSP's StorageManagerService and PackageManagerService do it on all releases from 8 to 16:
apps on a volume that goes are unloaded with their records kept (`unloadPrivatePackages`); when
it comes back they are loaded, and what belongs to no app of that volume is deleted
(`reconcileApps`, `reconcileAppsData`). One that is removed meanwhile loses what can be reached;
its folders on the card stay until then (RemovePackageHelper builds a fake package for it).
"""

from __future__ import annotations

from harness.simphone.android import package_data
from harness.simphone.android.code_store import fresh_code_path
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.volumes import EXPAND
from harness.simphone.contracts import FileSystem, Package

MOUNTED, UNMOUNTED = "mounted", "unmounted"
KIND, FOLDER = 0o170000, 0o040000


class AdoptedCards:
    """One phone's. A card that was pulled out is listed no more; one that was ejected by hand
    in the settings is, as unmounted."""

    def __init__(
        self, phone: AndroidPhone, installed: dict[str, Package], kept: dict[str, Package]
    ) -> None:
        """`installed`, `kept`: the package manager's own tables."""
        self._phone = phone
        self._installed = installed
        self._kept = kept
        self._states: dict[str, str] = {}

    def states(self) -> dict[str, str]:
        """State by UUID, of the cards that are in the phone."""
        return dict(self._states)

    def put_in(self, uuid: str) -> None:
        """Mounts it, new or as it was; its apps are there again."""
        if self._states.get(uuid) == MOUNTED:
            return
        self._phone.fs.insert_adopted(uuid)
        self._states[uuid] = MOUNTED
        for name, package in list(self._kept.items()):
            if package.away and package.volume == uuid:
                del self._kept[name]
                package.away = False
                self._installed[name] = package
        self._reconcile(uuid)

    def take_out(self, uuid: str, *, pulled: bool) -> None:
        """Unmounts it: its apps are unloaded. `pulled`: out of the phone, not only ejected."""
        if self._states.get(uuid) == MOUNTED:
            for name, package in list(self._installed.items()):
                if package.volume == uuid:
                    self._phone.activities.force_stop(name)
                    del self._installed[name]
                    package.away = True
                    self._kept[name] = package
            self._phone.fs.eject_adopted(uuid)
        if pulled:
            self._states.pop(uuid, None)
        else:
            self._states[uuid] = UNMOUNTED

    def move(self, package: Package, uuid: str) -> bool:
        """`pm move-package`: code and private folders; "" = to the phone's own storage. False
        for an app of the phone's image, or a card that is not there."""
        known = uuid == "" or self._states.get(uuid) == MOUNTED
        if package.system or not known:
            return False
        if package.volume == uuid:
            return True
        phone, name, old = self._phone, package.name, package.volume
        phone.activities.force_stop(name)
        code = fresh_code_path(name, package_data.top(uuid))
        places = [(package.code_path, code)]
        places += [
            (make(name, old), make(name, uuid)) for make in (package_data.ce, package_data.de)
        ]
        for source, target in places:
            _copy(phone.fs, source, target)
        package_data.remove(phone.fs, package.code_path.rpartition("/")[0])
        for source, _ in places[1:]:
            package_data.remove(phone.fs, source)
        package.code_path, package.volume = code, uuid
        package.last_update = phone.clock.now()
        package.ce_inode = phone.fs.stat(package_data.ce(name, uuid)).ino
        return True

    def _reconcile(self, uuid: str) -> None:
        fs, top = self._phone.fs, f"{EXPAND}/{uuid}"
        for folder in ("user/0", "user_de/0"):
            for name in fs.listdir(f"{top}/{folder}"):
                found = self._installed.get(name)
                if found is None or found.volume != uuid:
                    package_data.remove(fs, f"{top}/{folder}/{name}")
        codes = {package.code_path.split("/")[5] for package in self._installed.values()
                 if package.volume == uuid}  # fmt: skip
        for name in fs.listdir(f"{top}/app"):
            if name not in codes:
                package_data.remove(fs, f"{top}/app/{name}")


def _copy(fs: FileSystem, source: str, target: str) -> None:
    """A folder with all below it, with owners, modes and times."""
    status = fs.stat(source, follow=False)
    if status.mode & KIND == FOLDER:
        fs.mkdir(target, parents=True)
        for name in fs.listdir(source):
            _copy(fs, f"{source}/{name}", f"{target}/{name}")
    else:
        fs.write(target, fs.read(source))
    fs.chown(target, status.uid, status.gid)
    fs.chmod(target, status.mode & 0o7777)
    fs.utime(target, status.mtime)
