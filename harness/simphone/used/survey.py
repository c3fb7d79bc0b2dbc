"""Looks at what lies on the phone after planting, so that nothing is left unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.simphone.android.package_data import ce, de, external_folders, sandboxes
from harness.simphone.android.volumes import adopted
from harness.simphone.contracts import FileSystem
from harness.simphone.used.planted import Planted, planted

SHARED = "/storage/emulated/0"
OTHERS_TOO = ("DCIM", "Movies")
"""Shared folders in which the app's files lie among others."""
JOURNAL = "-journal"
FOLDER, KIND = 0o040000, 0o170000


def survey(
    fs: FileSystem, package: str, labels: Mapping[str, tuple[str, str, bool]]
) -> list[Planted]:
    """An item for each file, in the order of the paths. Raises KeyError for one without a label."""
    found: list[Planted] = []
    for root in roots(fs, package):
        for path in below(fs, root):
            if path not in labels and path.startswith(_shared()):
                continue  # not the app's
            kind, title, on_server = labels[_known_as(path)]
            found.append(planted(kind, path, fs.read(path), title, on_server=on_server))
    return sorted(found, key=lambda item: item.path)


def roots(fs: FileSystem, package: str) -> list[str]:
    """The folders in which files of the app may lie, there or not."""
    shared = external_folders(fs, package, ("data", "media", "obb"))
    private = [make(package, name) for name in ("", *adopted(fs)) for make in (ce, de)]
    return [*private, *sandboxes(package), *shared, *_shared()]


def _shared() -> tuple[str, ...]:
    return tuple(f"{SHARED}/{folder}" for folder in OTHERS_TOO)


def _known_as(path: str) -> str:
    """A journal belongs to its database."""
    return path.removesuffix(JOURNAL)


def below(fs: FileSystem, folder: str) -> Iterator[str]:
    """Paths of the files in a folder and its folders; none where it is not there."""
    try:
        names = fs.listdir(folder)
    except FileNotFoundError:
        return  # this phone has none
    for name in names:
        path = f"{folder}/{name}"
        if fs.stat(path, follow=False).mode & KIND == FOLDER:
            yield from below(fs, path)
        else:
            yield path
