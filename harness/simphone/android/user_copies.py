"""The apps of the users beside the owner: same code and app id, data of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.simphone.android import package_data
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.volumes import user_root
from harness.simphone.contracts import FileSystem, Package
from harness.simphone.storage.layout import SHARED_FOLDERS

CLONES_GO_WITH_OWNER = frozenset({"clone"})
"""Kinds of users whose copy goes with the owner's: `deleteAppWithParent` of the platform's
clone profile (DeletePackageHelper, UserProperties)."""


@dataclass(slots=True)
class Copy:
    """An app as one further user has it; not installed = removed with its data kept."""

    first_install: float
    ce_inode: int
    installed: bool = True
    stopped: bool = True
    not_launched: bool = True


class UserCopies:
    """One phone's. Users are those of `PhoneSpec.users`."""

    def __init__(self, phone: AndroidPhone, for_owner: Callable[[Package], None]) -> None:
        """`for_owner`: installs for the owner what another user has."""
        self._phone = phone
        self._for_owner = for_owner
        self._copies: dict[tuple[int, str], Copy] = {}
        for user in phone.spec.users:
            make_folders(phone.fs, user.id)

    def known(self, user: int) -> bool:
        """Whether the phone has this user; user 0 it has."""
        return user == 0 or any(other.id == user for other in self._phone.spec.users)

    def get(self, user: int, name: str) -> Copy | None:
        """None where this user never had the app, or lost it with its data."""
        return self._copies.get((user, name))

    def holders(self, name: str) -> list[int]:
        """Users beside the owner who have the app installed."""
        return sorted(u for (u, n), copy in self._copies.items() if n == name and copy.installed)

    def add(self, user: int, package: Package) -> None:
        """Installs it for the user; data that were kept are taken up again."""
        if not user:
            self._for_owner(package)
            return
        before = self._copies.get((user, package.name))
        inode = package_data.create(self._phone.fs, package.name, package.uid, user=user)
        now = self._phone.clock.now()
        self._copies[user, package.name] = (
            before if before is not None and before.installed else Copy(now, inode)
        )

    def remove(self, user: int, name: str, *, keep_data: bool = False) -> bool:
        """False when the user does not have it installed."""
        copy = self._copies.get((user, name))
        if copy is None or not copy.installed:
            return False
        if keep_data:
            copy.installed = False
            return True
        self._phone.media.orphan(name, user)
        package_data.destroy_for(self._phone.fs, name, user)
        del self._copies[user, name]
        return True

    def remove_with_owner(self, name: str, *, keep_data: bool) -> None:
        """What goes when the owner's copy goes."""
        for user in self._phone.spec.users:
            if user.kind in CLONES_GO_WITH_OWNER:
                self.remove(user.id, name, keep_data=keep_data)

    def clear(self, user: int, package: Package) -> bool:
        """`pm clear --user`; False when the user does not have it installed."""
        copy = self._copies.get((user, package.name))
        if copy is None or not copy.installed:
            return False
        self._phone.media.orphan(package.name, user)
        package_data.destroy_for(self._phone.fs, package.name, user, kinds=("data", "media"))
        copy.ce_inode = package_data.create(self._phone.fs, package.name, package.uid, user=user)
        copy.stopped = True
        return True


def make_folders(fs: FileSystem, user: int) -> None:
    """What Android prepares for a new user: private tops and shared storage."""
    for path in (f"/data/user/{user}", f"/data/user_de/{user}"):
        fs.mkdir(path, uid=0, parents=True)
        fs.chmod(path, 0o771)
    for name in ("", *SHARED_FOLDERS):
        fs.mkdir(f"{user_root(user)}/{name}".rstrip("/"), uid=0, parents=True)
