"""Looks at what lies on the phone after planting, so that nothing is left unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.simphone.android.package_data import external_folders
from harness.simphone.contracts import FileSystem
from harness.simphone.used.planted import Planted, planted

SHARED = "/storage/emulated/0"
JOURNAL = "-journal"
FOLDER, KIND = 0o040000, 0o170000


def survey(
    fs: FileSystem, package: str, labels: Mapping[str, tuple[str, str, bool]]
) -> list[Planted]:
    """An item for each file, in the order of the paths. Raises KeyError for one without a label."""
    found: list[Planted] = []
    for root in _roots(fs, package):
        for path in _below(fs, root):
            if path not in labels and path.startswith(f"{SHARED}/DCIM"):
                continue  # not the app's
            kind, title, on_server = labels[_known_as(path)]
            found.append(planted(kind, path, fs.read(path), title, on_server=on_server))
    return sorted(found, key=lambda item: item.path)


def _roots(fs: FileSystem, package: str) -> list[str]:
    shared = external_folders(fs, package, ("data", "media", "obb"))
    return [f"/data/user/0/{package}", f"/data/user_de/0/{package}", *shared, f"{SHARED}/DCIM"]


def _known_as(path: str) -> str:
    """A journal belongs to its database."""
    return path.removesuffix(JOURNAL)


def _below(fs: FileSystem, folder: str) -> Iterator[str]:
    try:
        names = fs.listdir(folder)
    except FileNotFoundError:
        return  # this phone has none
    for name in names:
        path = f"{folder}/{name}"
        if fs.stat(path, follow=False).mode & KIND == FOLDER:
            yield from _below(fs, path)
        else:
            yield path
