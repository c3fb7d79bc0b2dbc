"""`tar` (create, list, extract), `gzip`, `gunzip`, `zcat`."""

from __future__ import annotations

import gzip as codec
import io
import stat
import tarfile
import zlib
from dataclasses import replace

from harness.simphone.contracts import Command, Stat
from harness.simphone.storage.identity import name_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.inputs import all_of
from harness.simphone.toybox.tree import walk


@applet(raw=True)
async def tar(call: Call) -> None:
    words = list(call.operands)
    if words and not words[0].startswith("-"):
        words[0] = "-" + words[0]
    letters, archive, folder, rest = "", "-", "", list[str]()
    while words:
        word = words.pop(0)
        if not word.startswith("-") or word == "-":
            rest.append(word)
            continue
        for letter in word[1:] if not word.startswith("--") else "":
            letters += letter
            if letter in "fC" and words:
                value = words.pop(0)
                archive, folder = (value, folder) if letter == "f" else (archive, value)
    call.options.update({letter: [""] for letter in letters})
    if archive != "-":
        archive = call.view.absolute(archive)  # -C does not count for the archive itself
    if folder:
        call.invocation = replace(call.invocation, cwd=call.view.absolute(folder))
    if call.has("c"):
        await _create(call, archive, rest)
    elif call.has("x", "t"):
        await _extract(call, archive, rest)
    else:
        raise UsageError("Needs -txc")


async def _create(call: Call, archive: str, names: list[str]) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz" if call.has("z") else "w") as out:
        for name in names:
            async for path, status, _ in walk(call, name):
                await _add(call, out, path, status)
    if archive == "-":
        await call.out(buffer.getvalue())
    else:
        call.view.write(archive, buffer.getvalue(), new_mode=0o666)


async def _add(call: Call, out: tarfile.TarFile, path: str, status: Stat) -> None:
    entry = tarfile.TarInfo(path.lstrip("/"))
    entry.mode, entry.mtime = status.mode & 0o7777, status.mtime
    entry.uid, entry.gid = status.uid, status.gid
    entry.uname, entry.gname = name_of(status.uid), name_of(status.gid)
    try:
        if stat.S_ISDIR(status.mode):
            entry.type = tarfile.DIRTYPE
            out.addfile(entry)
        elif stat.S_ISLNK(status.mode):
            entry.type = tarfile.SYMTYPE
            entry.linkname = call.phone.fs.readlink(call.view.absolute(path))
            out.addfile(entry)
        else:
            data = call.view.read(path)
            entry.size = len(data)
            out.addfile(entry, io.BytesIO(data))
    except OSError as error:
        await call.failed(path, error)


async def _extract(call: Call, archive: str, names: list[str]) -> None:
    stdin = call.invocation.stdin
    data = await all_of(stdin) if archive == "-" else call.view.read(archive)
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as source:
            for entry in source:
                if names and not any(_within(entry.name, name) for name in names):
                    continue
                if call.has("t", "v"):
                    await call.out(f"{entry.name}{'/' if entry.isdir() else ''}\n")
                if call.has("x"):
                    await _restore(call, source, entry)
    except tarfile.TarError:
        raise UsageError("bad header") from None


async def _restore(call: Call, source: tarfile.TarFile, entry: tarfile.TarInfo) -> None:
    view, fs = call.view, call.phone.fs
    full = view.absolute(entry.name)
    try:
        view.mkdir(full.rpartition("/")[0] or "/", mode=0o777, parents=True)
        if entry.isdir():
            view.mkdir(full, mode=entry.mode, parents=True)
        elif entry.issym():
            fs.symlink(entry.linkname, full, uid=view.uid)
        elif content := source.extractfile(entry):
            view.write(full, content.read(), new_mode=entry.mode)
            fs.utime(full, entry.mtime, uid=view.uid, ns=view.ns)
            if view.uid == 0 and not call.has("o"):
                fs.chown(full, entry.uid, entry.gid, ns=view.ns)
    except OSError as error:
        await call.failed(entry.name, error)


def _within(name: str, wanted: str) -> bool:
    wanted = wanted.strip("/")
    return name == wanted or name.startswith(wanted + "/")


@applet("cdfkv123456789")
async def gzip(call: Call) -> None:
    unpack = call.has("d") or call.name in {"gunzip", "zcat"}
    turn = _unpacked if unpack else codec.compress
    for name in call.operands or ["-"]:
        try:
            data = await all_of(call.invocation.stdin) if name == "-" else call.view.read(name)
            result = turn(data)
        except (codec.BadGzipFile, EOFError, zlib.error):
            await call.complain(f"{name}: not in gzip format")
            continue
        except OSError as error:
            await call.failed(name, error)
            continue
        if name == "-" or call.has("c") or call.name == "zcat":
            await call.out(result)
            continue
        target = name.removesuffix(".gz") if unpack else f"{name}.gz"
        call.view.write(target, result, new_mode=call.view.stat(name).mode & 0o777)
        if not call.has("k"):
            call.view.remove(name)


def _unpacked(data: bytes) -> bytes:
    return codec.decompress(data)


COMMANDS: dict[str, Command] = {"tar": tar, "gzip": gzip, "gunzip": gzip, "zcat": gzip}
