"""What lies on the phone at this moment, by the phone's own file system: the truth for tests."""

from __future__ import annotations

import hashlib

from harness.simphone.phone import Phone
from harness.simphone.used.survey import below, roots

OWNERS_SINCE = 29
"""API level; older Androids do not record who made a shared file."""


def kept_files(phone: Phone, package: str) -> list[dict[str, object]]:
    """Each file in the app's folders and in the shared ones, with its inode, the package that
    owns MediaStore's row of it, and whether the app that is installed now has made it (always,
    in folders of its own that MediaStore does not know)."""
    rows = {row.path: row for row in phone.media.rows()}
    owners = phone.spec.api >= OWNERS_SINCE
    installed = phone.packages.get(package)
    found: list[dict[str, object]] = []
    for root in roots(phone.fs, package):
        for path in below(phone.fs, root):
            data = phone.fs.read(path)
            row = rows.get(path)
            made = row is None or (installed is not None and phone.fs.maker(path) == installed.uid)
            if row is not None and (row.pending or row.trashed):
                row = None  # queries of others do not show it
            found.append(
                {
                    "path": path,
                    "size": len(data),
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "inode": phone.fs.stat(path).ino,
                    "owner": row.owner if row is not None and owners else None,
                    "made": made,
                }
            )
    return sorted(found, key=lambda file: str(file["path"]))
