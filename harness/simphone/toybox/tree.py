"""Walking and copying of file trees, for cp, mv, du, find, chmod."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator

from harness.simphone.contracts import Stat
from harness.simphone.toybox.call import Call


async def walk(
    call: Call, path: str, *, children_first: bool = False, depth: int = 0, deepest: int = 10_000
) -> AsyncIterator[tuple[str, Stat, int]]:
    """(path, stat, depth) of a tree without following links; failures are reported."""
    try:
        status = call.view.stat(path, follow=False)
    except OSError as error:
        await call.failed(path, error)
        return
    if not children_first:
        yield path, status, depth
    if stat.S_ISDIR(status.mode) and depth < deepest:
        try:
            names = call.view.listdir(path)
        except OSError as error:
            await call.failed(path, error)
            names = []
        for name in names:
            inner = f"{path.rstrip('/')}/{name}"
            async for found in walk(
                call, inner, children_first=children_first, depth=depth + 1, deepest=deepest
            ):
                yield found
    if children_first:
        yield path, status, depth


async def copy(call: Call, source: str, target: str, *, keep: bool, recursive: bool) -> None:
    """Copies a file, or a tree with `recursive`; `keep` keeps times, modes and owners."""
    view = call.view
    try:
        status = view.stat(source, follow=not recursive)
        if stat.S_ISDIR(status.mode):
            await _copy_folder(call, source, target, status, keep=keep, recursive=recursive)
        elif stat.S_ISLNK(status.mode):
            link = view.fs.readlink(view.absolute(source))
            view.fs.symlink(link, view.absolute(target), uid=view.uid)
            return
        else:
            view.write(target, view.read(source), new_mode=status.mode & 0o777)
        if keep:
            _keep(call, target, status)
    except OSError as error:
        await call.failed(target if error.filename == view.absolute(target) else source, error)


async def _copy_folder(
    call: Call, source: str, target: str, status: Stat, *, keep: bool, recursive: bool
) -> None:
    if not recursive:
        await call.complain(f"Skipped dir '{source}'")
        return
    if not call.view.exists(target):
        call.view.mkdir(target, mode=status.mode & 0o7777 | 0o700)
    for name in call.view.listdir(source):
        await copy(call, f"{source}/{name}", f"{target}/{name}", keep=keep, recursive=True)


def _keep(call: Call, target: str, status: Stat) -> None:
    view = call.view
    full = view.absolute(target)
    view.fs.utime(full, status.mtime, uid=view.uid, ns=view.ns)
    if view.uid in {0, view.stat(target).uid}:
        view.fs.chmod(full, status.mode & 0o7777, uid=view.uid, ns=view.ns)
    if view.uid == 0:
        view.fs.chown(full, status.uid, status.gid, ns=view.ns)
