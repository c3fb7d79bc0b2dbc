"""With which rights a command runs in an app's own folders (android-storage reference 2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from harness.adapters.adb.device import quote
from harness.domain.removal import Root
from harness.domain.storage import Tier
from harness.ports import DeviceControl

_SU_FORMS = ("su 0 sh -c", "su -c", "su root sh -c")
"""The emulator's su wants a user first, others one string after -c."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """How far in we get, and the words that get us there."""

    tier: Tier
    package: str
    su: str = ""  # one of the forms above

    @property
    def root(self) -> bool:
        """Everything may be read, written and given to any owner."""
        return self.tier in {Tier.ADB_ROOT, Tier.SU}

    @property
    def private(self) -> bool:
        """The app's private folder is open to us."""
        return self.root or self.tier is Tier.RUN_AS

    def command(self, root: Root, script: str) -> str:
        """`script` as it must be sent to run inside `root`, which must exist."""
        inside = f"cd {quote(root.path)} && {script}"
        if self.tier is Tier.SU:
            return f"{self.su} {quote(inside)}"
        if self.tier is Tier.RUN_AS and root.private:
            return f"run-as {self.package} sh -c {quote(inside)}"
        return inside


def find_entrance(device: DeviceControl, package: str) -> Entrance:
    """Changes nothing: adb is not restarted as root here. Raises InstrumentError."""
    if device.is_root():
        return Entrance(Tier.ADB_ROOT, package)
    if device.shell("command -v su").ok:
        for form in _SU_FORMS:
            if device.shell(f"{form} 'id -u'").stdout.strip() == "0":
                return Entrance(Tier.SU, package, form)
    if device.shell(f"run-as {package} id -u").stdout.strip().isdigit():
        return Entrance(Tier.RUN_AS, package)
    return Entrance(Tier.SHELL_OPEN, package)
