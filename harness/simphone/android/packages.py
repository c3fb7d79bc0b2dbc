"""The package manager's own memory: what is installed, and what was left behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harness.simphone.android import package_data
from harness.simphone.android.adoption import AdoptedCards
from harness.simphone.android.apk.archive import Apk, read_apk
from harness.simphone.android.apk.manifest import Manifest
from harness.simphone.android.code_store import CodeStore, apk_path, fresh_code_path
from harness.simphone.android.install_checks import check
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.permissions import at_install
from harness.simphone.android.system_log import event, say, server_pid
from harness.simphone.android.system_packages import BUILT
from harness.simphone.android.user_copies import UserCopies
from harness.simphone.contracts import InstallError, Package, PhoneParts

FIRST_UID = 10180  # uids below belong to what a Pixel ships with


class PhonePackages:
    """`contracts.Packages`. `store` is a host folder that phones may share."""

    def __init__(self, phone: PhoneParts, store: Path) -> None:
        self._phone: AndroidPhone = android(phone)
        self._store = store
        self._installed: dict[str, Package] = {}
        self._manifests: dict[str, Manifest] = {}
        self._kept: dict[str, Package] = {}  # uninstalled with `-k`: data still there
        self._factory: dict[str, tuple[Package, Manifest]] = {}  # behind an update
        self._next_uid = FIRST_UID
        self.copies = UserCopies(self._phone, self._take_up)
        """What the users beside the owner have."""
        self.cards = AdoptedCards(self._phone, self._installed, self._kept)
        """Cards that are formatted as internal storage."""
        self.disabled: set[str] = set()
        self.home: tuple[str, str] = self._phone.spec.maker.home[:2]
        """Package and activity of the home screen."""

    def get(self, name: str) -> Package | None:
        return self._installed.get(name)

    def all(self) -> list[Package]:
        return sorted(self._installed.values(), key=lambda package: package.name)

    def kept(self) -> list[Package]:
        """Packages uninstalled while their data was kept (`pm list packages -u`), and those
        whose card is not in the phone."""
        return list(self._kept.values())

    def manifest(self, name: str) -> Manifest | None:
        """The manifest of an installed package, with all components."""
        return self._manifests.get(name)

    def spool(self) -> Path:
        """The host folder for APKs that are still arriving."""
        folder = self._store / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def preinstall(self, package: Package, manifest: Manifest) -> None:
        """Adds a package that the phone ships with; it has no APK bytes."""
        self._installed[package.name] = package
        self._manifests[package.name] = manifest

    def preinstall_apk(self, apk: Path, folder: str) -> Package:
        """Adds an app that the phone ships with at `folder`; the image must be writable then."""
        phone, found = self._phone, read_apk(apk)
        package = self._record(found, None, grant=False, installer=None)
        package.system, package.code_path = True, folder
        package.first_install = package.last_update = BUILT
        phone.fs.mkdir(folder, parents=True)
        phone.fs.write(apk_path(package), apk.read_bytes(), mtime=BUILT)
        package.ce_inode = package_data.create(phone.fs, package.name, package.uid)
        self.preinstall(package, found.manifest)
        return package

    def factory(self, name: str) -> Package | None:
        """The version that the phone shipped with, where an update lies over it."""
        found = self._factory.get(name)
        return found[0] if found else None

    def install(
        self,
        apk: Path,
        *,
        replace: bool = True,
        grant: bool = False,
        downgrade: bool = False,
        installer: str | None = None,
        user: int | None = 0,
    ) -> Package:
        """`user`: None = for all."""
        phone = self._phone
        found = read_apk(apk)
        name = found.manifest.package
        before = self._installed.get(name)
        remnant = self._kept.get(name)
        check(
            found,
            before or remnant,
            api=phone.spec.api,
            free=phone.fs.usage("/data")[1],
            may_downgrade=downgrade and self._debug_allowed(found, before),
        )
        if before is not None and not replace:
            text = f"Attempt to re-install {name} without first uninstalling."
            raise InstallError("INSTALL_FAILED_ALREADY_EXISTS", text)
        package = self._record(found, before or remnant, grant=grant, installer=installer)
        self._place(found, package)
        if before is not None:
            self._stop(before, "installPackageLI", "package updated")
            self._replace_code(before)
            package_data.drop_code_cache(phone.fs, name, package.volume)
        elif remnant is not None:
            self._drop_code(remnant)  # there as long as another user has the app
        self._manifests[name] = found.manifest
        away = remnant is not None and remnant.away  # its folders are not here
        kept = before is not None or (remnant is not None and remnant.ce_inode and not away)
        self._give(package, user, fresh=not kept)
        say(
            self._phone,
            "PackageManager",
            f"installPackageLI: {name} version {package.version_code}",
            "D",
        )
        return package

    def uninstall(self, name: str, *, keep_data: bool = False, user: int | None = None) -> bool:
        """False when it is not installed (and left no data), or came with the phone as it is.

        `user`: None = for all of them.
        """
        others = self.copies.holders(name) if user is None else [user] if user else []
        gone = [self.copies.remove(other, name, keep_data=keep_data) for other in others]
        if user:
            self._forget_unused(name)
            return gone == [True]
        package = self._installed.get(name)
        if package is None:
            return self._forget_remnant(name, keep_data=keep_data) or any(gone)
        if package.system:
            return self._roll_back(package)
        if not keep_data:
            self._phone.media.orphan(name)
        self._stop(package, "deletePackageX", "user requested")
        self.copies.remove_with_owner(name, keep_data=keep_data)
        del self._installed[name]
        self.disabled.discard(name)
        self._phone.processes.forget(name)
        self._phone.activities.state.forget(name)
        if not keep_data:
            package_data.destroy(self._phone.fs, name, package.volume)
            package.ce_inode = 0
        if keep_data or self.copies.holders(name):
            self._kept[name] = package
        if not self.copies.holders(name):
            del self._manifests[name]
            self._code().drop(package.code_path)
        say(self._phone, "PackageManager", f"deletePackageX- pkg:{name}, userId:0", "D")
        return True

    def archive(self, name: str) -> bool:
        """API 35: code and caches go, data and uid stay; False when its installer is not known."""
        package = self._installed.get(name)
        if package is None or package.system or package.installer is None:
            return False
        self.uninstall(name, keep_data=True, user=0)
        package.archived = self._phone.clock.now()
        package_data.trim_cache(self._phone.fs, name, package.volume)
        package_data.drop_code_cache(self._phone.fs, name, package.volume)
        return True

    def clear(self, name: str) -> bool:
        """`pm clear`: data emptied, runtime permissions reset."""
        package = self._installed.get(name)
        if package is None:
            return False
        self._phone.media.orphan(name)
        self._stop(package, "clear data", "user requested")
        package.granted = at_install(package.permissions, all_of_them=False)
        package_data.clear(self._phone.fs, name, package.uid, package.volume)
        package.ce_inode = self._phone.fs.stat(package_data.ce(name, package.volume)).ino
        event(self._phone, "am_clear_app_data_caller", server_pid(self._phone), 1000, name)
        return True

    def _give(self, package: Package, user: int | None, *, fresh: bool) -> None:
        """Makes it installed: for the owner, for one other user, or for all (None)."""
        phone, name = self._phone, package.name
        everyone = [other.id for other in phone.spec.users] if user is None else []
        for other in [*everyone, *([user] if user else [])]:
            self.copies.add(other, package)
        if user and name not in self._installed:
            kept = self._kept.get(name)
            package.ce_inode = kept.ce_inode if kept else 0
            self._kept[name] = package
            return
        package.ce_inode = package_data.create(phone.fs, name, package.uid, package.volume)
        if fresh:
            phone.backups.restore(package)
        self._kept.pop(name, None)
        self._installed[name] = package

    def _take_up(self, package: Package) -> None:
        """`install-existing` for the owner, of what another user has."""
        if package.name not in self._installed:
            self._give(package, 0, fresh=not package.ce_inode)

    def _forget_unused(self, name: str) -> None:
        """The code goes with the last user who had the app."""
        package = self._kept.get(name)
        if package is None or package.away or self.copies.holders(name):
            return
        self._code().drop(package.code_path)
        if not package.ce_inode:
            del self._kept[name]
            self._manifests.pop(name, None)

    def _record(
        self, apk: Apk, before: Package | None, *, grant: bool, installer: str | None
    ) -> Package:
        now, m = self._phone.clock.now(), apk.manifest
        behaviour = apk.behaviour.get("name")
        volume = before.volume if before and not before.away else ""
        fresh = Package(
            name=m.package,
            version_code=m.version_code,
            version_name=m.version_name,
            uid=before.uid if before else self._new_uid(),
            code_path=fresh_code_path(m.package, package_data.top(volume)),
            min_sdk=m.min_sdk,
            target_sdk=m.target_sdk,
            debuggable=m.debuggable,
            first_install=now,
            last_update=now,
            signer_sha256=apk.signer_sha256,
            launch_activity=m.launch_activity,
            activities=tuple(activity.name for activity in m.activities),
            permissions=m.permissions,
            granted=at_install(m.permissions, all_of_them=grant),
            instrumentation=m.instrumentation,
            installer=installer,
            allow_backup=m.allow_backup,
            behaviour=behaviour if isinstance(behaviour, str) else None,
            behaviour_data=apk.behaviour,
            volume=volume,
        )
        if before is None or m.package in self._kept:
            return fresh
        granted = fresh.granted | (before.granted & set(m.permissions))
        return replace(
            fresh,
            first_install=before.first_install,
            granted=granted,
            system=before.system,
            stopped=before.stopped,
            not_launched=before.not_launched,
        )

    def _place(self, apk: Apk, package: Package) -> None:
        try:
            self._code().place(apk, package.code_path)
        except OSError as error:
            text = f"Failed to copy {apk.path.name}: {error.strerror}"
            raise InstallError("INSTALL_FAILED_INSUFFICIENT_STORAGE", text) from error

    def _replace_code(self, before: Package) -> None:
        if before.system and before.name not in self._factory:
            self._factory[before.name] = (before, self._manifests[before.name])
        else:
            self._code().drop(before.code_path)

    def _roll_back(self, package: Package) -> bool:
        """Back to the version that the phone shipped with; False when this is that version.

        Data go where that version is older (DeletePackageHelper), else they stay.
        """
        found = self._factory.pop(package.name, None)
        if found is None:
            return False
        factory, manifest = found
        older = factory.version_code < package.version_code
        if older:
            self._phone.media.orphan(package.name)
        self._stop(package, "deletePackageX", "user requested")
        self._code().drop(package.code_path)
        if older:
            package_data.destroy(self._phone.fs, package.name)
        factory.ce_inode = package_data.create(self._phone.fs, package.name, factory.uid)
        self._installed[package.name], self._manifests[package.name] = factory, manifest
        say(self._phone, "PackageManager", f"deletePackageX- pkg:{package.name}, userId:0", "D")
        return True

    def _drop_code(self, package: Package) -> None:
        """Code on a card that is not in the phone stays there."""
        if not package.away:
            self._code().drop(package.code_path)

    def _forget_remnant(self, name: str, *, keep_data: bool) -> bool:
        if name not in self._kept or keep_data:
            return False
        self._phone.media.orphan(name)
        package = self._kept.pop(name)
        package_data.destroy(self._phone.fs, name, package.volume)
        return True

    def _stop(self, package: Package, why: str, reason: str) -> None:
        text = f"Force stopping {package.name} appid={package.uid} user=-1: {why}"
        say(self._phone, "ActivityManager", text)
        for process in self._phone.processes.of_package(package.name):
            description = f"stop {package.name} due to {why}"
            self._phone.processes.kill(process.pid, reason=reason, description=description)
        self._phone.activities.state.notifications.cancel(package.name)
        self._phone.display.close_package(package.name)

    def _debug_allowed(self, apk: Apk, before: Package | None) -> bool:
        """`-d` is for debuggable apps, and for any app on a phone that is debuggable."""
        retail = self._phone.properties.get("ro.debuggable") != "1"
        return not retail or (apk.manifest.debuggable and (before is None or before.debuggable))

    def _new_uid(self) -> int:
        self._next_uid += 1
        return self._next_uid - 1

    def _code(self) -> CodeStore:
        return CodeStore(self._store, self._phone.fs)
