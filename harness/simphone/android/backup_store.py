"""What the backup manager keeps of apps, and what it gives back when one is installed anew.

As the platform's Auto Backup: preferences, databases, files and the external
files folder of apps that allow it, up to 25 MB; never caches and no_backup.
A restore runs at any installation, before the first start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.simphone.android import package_data
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.system_log import say
from harness.simphone.android.volumes import PRIMARY
from harness.simphone.contracts import Package, PhoneParts

QUOTA = 25 * 1024**2
LEFT_OUT = ("cache", "code_cache", "no_backup")
FOLDER, KIND = 0o040000, 0o170000
NOT_ALLOWED, TOO_BIG, DONE = "Backup is not allowed", "Size quota exceeded", "Success"


@dataclass(frozen=True, slots=True)
class SavedFile:
    """One file of a dataset; `path` from the phone's root."""

    path: str
    data: bytes
    mode: int
    modified: float


@dataclass(frozen=True, slots=True)
class Dataset:
    """The last backup of one package."""

    signer_sha256: str
    root: str  # the app's private folder then
    taken: float
    files: tuple[SavedFile, ...]


class BackupStore:
    """One phone's datasets; they outlive the package."""

    def __init__(self, phone: PhoneParts) -> None:
        self._phone: AndroidPhone = android(phone)
        self._datasets: dict[str, Dataset] = {}

    @property
    def enabled(self) -> bool:
        """Whether the backup manager is switched on."""
        return self._phone.settings.get("secure", "backup_enabled") == "1"

    def taken(self) -> dict[str, float]:
        """When each package was last backed up, in seconds since the epoch."""
        return {name: dataset.taken for name, dataset in sorted(self._datasets.items())}

    def back_up(self, name: str) -> str:
        """Takes a backup; the result as `bmgr backupnow` prints it."""
        package = self._phone.packages.get(name)
        if package is None or not package.allow_backup or not self.enabled:
            return NOT_ALLOWED
        files = tuple(self._files(name))
        if sum(len(file.data) for file in files) > QUOTA:
            return TOO_BIG
        root, now = package_data.ce(name, package.volume), self._phone.clock.now()
        self._datasets[name] = Dataset(package.signer_sha256, root, now, files)
        return DONE

    def restore(self, package: Package) -> int:
        """Puts a fresh package's files back; how many. 0 without a fitting backup."""
        dataset = self._datasets.get(package.name)
        allowed = package.allow_backup and self.enabled
        if dataset is None or not allowed or dataset.signer_sha256 != package.signer_sha256:
            return 0
        fs = self._phone.fs
        root = package_data.ce(package.name, package.volume)
        for file in dataset.files:
            path = file.path.replace(dataset.root, root, 1)
            fs.mkdir(path.rpartition("/")[0], uid=package.uid, mode=0o771, parents=True)
            fs.write(path, file.data, uid=package.uid, mode=file.mode, mtime=file.modified)
        count = len(dataset.files)
        text = f"Restore complete for {package.name}: {count} files"
        say(self._phone, "BackupManagerService", f"restoreAtInstall pkg={package.name}")
        say(self._phone, "BackupManagerService", text)
        return count

    def _files(self, name: str) -> Iterator[SavedFile]:
        package = self._phone.packages.get(name)
        root = package_data.ce(name, package.volume if package is not None else "")
        for folder in self._names(root):
            if folder not in LEFT_OUT:
                yield from self._below(f"{root}/{folder}")
        yield from self._below(f"{PRIMARY}/Android/data/{name}/files")

    def _below(self, path: str) -> Iterator[SavedFile]:
        fs = self._phone.fs
        try:
            status = fs.stat(path, follow=False)
        except OSError:
            return  # no such folder in this app
        if status.mode & KIND == FOLDER:
            for name in fs.listdir(path):
                yield from self._below(f"{path}/{name}")
        else:
            yield SavedFile(path, fs.read(path), status.mode & 0o777, status.mtime)

    def _names(self, path: str) -> list[str]:
        try:
            return self._phone.fs.listdir(path)
        except OSError:
            return []
