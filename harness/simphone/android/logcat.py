"""`logcat` and `log`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harness.simphone.android.clock import zone
from harness.simphone.android.log_filter import BadFilter, LogFilter, parse_filter, parse_start
from harness.simphone.android.log_format import UnknownFormat, chosen, render
from harness.simphone.android.log_ring import (
    BUFFERS,
    DEFAULT_BUFFERS,
    LARGEST,
    SMALLEST,
    Entry,
    LogBuffers,
)
from harness.simphone.android.parts import android
from harness.simphone.android.program import Arguments, Reply, arguments, program
from harness.simphone.contracts import Invocation

VALUED = {
    "-b", "--buffer", "-t", "-T", "-v", "--format", "-e", "--regex", "-m", "--max-count",
    "--pid", "-G", "--buffer-size", "-f", "--file", "-n", "-r", "-P", "--prune", "--uid",
}  # fmt: skip


USAGE = b"""Usage: logcat [options] [filterspecs]

General options:
  -b, --buffer=<buffer>       Request alternate ring buffer(s)
  -v, --format=<format>       Sets log print format verb and adverbs
  -d                          Dump the log and then exit (don't block)
  -f, --file=<file>           Log to file
"""


class _LogFile:
    """What `-f` writes to: each piece goes to the end of the file."""

    def __init__(self, inv: Invocation, path: str) -> None:
        self._inv = inv
        self._path = path

    async def write(self, data: bytes) -> None:
        self._inv.phone.fs.write(self._path, data, uid=self._inv.uid, append=True)


@dataclass(frozen=True, slots=True)
class _View:
    """What one call of logcat shows, and how."""

    buffers: tuple[str, ...]
    form: str
    modifiers: frozenset[str]
    filter: LogFilter
    start: int | float | None
    limit: int | None
    dump: bool
    dividers: bool


async def logcat(inv: Invocation) -> int:
    """Prints the rings, then follows them unless `-d`, `-t`, `-c`, `-g` ends it before."""
    given = arguments(inv.argv[1:], VALUED)
    log = android(inv.phone).log
    if given.has("-h", "--help"):
        await inv.stdout.write(USAGE)
        return 0
    if given.has("-L", "--last"):
        return 0  # nothing is kept of the boot before
    path = given.value("-f", "--file")
    if path is not None:
        file = _LogFile(inv, path)
        try:
            await file.write(b"")
        except OSError as error:
            text = f"logcat: Couldn't open output file '{path}': {error.strerror}\n"
            await inv.stderr.write(text.encode())
            return 1
        inv = replace(inv, stdout=file)
    try:
        view = _view(given, inv)
    except (BadFilter, UnknownFormat, KeyError) as error:
        await inv.stderr.write(f"logcat: {error.args[0]}\n".encode())
        return 1
    if given.has("-c", "--clear"):
        log.clear(view.buffers)
        return 0
    if given.has("-g", "--buffer-size", "-G", "-S", "--statistics", "-p", "-P", "--prune"):
        wanted = given.value("-G", "--buffer-size")
        if wanted is not None:
            return await _resize(inv, log, view.buffers, wanted)
        await inv.stdout.write(_sizes(log, view.buffers).encode())
        return 0
    return await _Printer(inv, log, view).run()


def _view(given: Arguments, inv: Invocation) -> _View:
    form, modifiers = chosen([*given.flags.get("-v", []), *given.flags.get("--format", [])])
    tail = given.value("-t")
    start = tail if tail is not None else given.value("-T")
    specs = given.rest or [inv.env.get("ANDROID_LOG_TAGS", "")]
    limit = given.value("-m", "--max-count")
    return _View(
        buffers=_buffers([*given.flags.get("-b", []), *given.flags.get("--buffer", [])]),
        form=form,
        modifiers=modifiers,
        filter=parse_filter(
            specs,
            silent=given.has("-s"),
            pattern=given.value("-e", "--regex"),
            pid=given.value("--pid"),
            uids=given.value("--uid"),
        ),
        start=None if start is None else parse_start(start, inv.phone.clock.now(), zone(inv.phone)),
        limit=int(limit) if limit and limit.isdigit() else None,
        dump=given.has("-d", "-t", "--dump"),
        dividers=given.has("-D", "--dividers"),
    )


def _buffers(words: list[str]) -> tuple[str, ...]:
    names = [name for word in words for name in word.split(",")]
    if not names or "default" in names:
        names.extend(DEFAULT_BUFFERS)
    if "all" in names:
        return BUFFERS
    known = {*BUFFERS, "default", "kernel"}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise KeyError(f"unknown buffer '{unknown[0]}' listed in -b\n")
    return tuple(name for name in BUFFERS if name in names)


async def _resize(inv: Invocation, log: LogBuffers, buffers: tuple[str, ...], wanted: str) -> int:
    """`-G SIZE[K|M|G]`; logd keeps what is outside of its limits as it was."""
    digits = wanted.upper().rstrip("KMG")
    shift = {"": 0, "K": 10, "M": 20, "G": 30}.get(wanted.upper()[len(digits) :], 0)
    size = int(digits) << shift if digits.isdigit() else 0
    if not SMALLEST <= size <= LARGEST:
        await inv.stderr.write(f"logcat: failed to set the '{buffers[0]}' log size\n".encode())
        return 1
    for name in buffers:
        log.sizes[name] = size
    return 0


def _sizes(log: LogBuffers, buffers: tuple[str, ...]) -> str:
    return "".join(
        f"{name}: ring buffer is {_readable(log.sizes[name])}"
        f" ({log.used(name) // 1024} KiB consumed,"
        f" {log.used(name) // 1024} KiB readable), max entry is 5120 B, max payload is 4068 B\n"
        for name in buffers
    )


def _readable(size: int) -> str:
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{size >> 10} KiB"


class _Printer:
    """Writes entries as they come; remembers which buffers have shown their first line."""

    def __init__(self, inv: Invocation, log: LogBuffers, view: _View) -> None:
        self._inv = inv
        self._log = log
        self._view = view
        self._begun: set[str] = set()
        self._buffer = ""
        self._shown = 0

    async def run(self) -> int:
        view = self._view
        with self._log.follower() as follower:
            seen = self._log.last
            if not await self._print(self._first()):
                return 0
            if view.dump:
                return 0
            if not self._begun and view.buffers:
                await self._inv.stdout.write(self._mark(view.buffers[0]).encode())
            while True:
                await follower.wait()
                news = self._log.entries(view.buffers, seen)
                seen = max([seen, *(entry.number for entry in news)])
                if not await self._print(news):
                    return 0

    def _first(self) -> list[Entry]:
        entries = self._log.entries(self._view.buffers)
        start = self._view.start
        if isinstance(start, float):
            return [entry for entry in entries if entry.time >= start]
        passing = [entry for entry in entries if self._view.filter.passes(entry)]
        return passing if start is None else passing[max(0, len(passing) - start) :]

    async def _print(self, entries: list[Entry]) -> bool:
        """False when `-m` lines were shown."""
        parts: list[str] = []
        for entry in entries:
            if not self._view.filter.passes(entry):
                continue
            parts.append(self._mark(entry.buffer))
            parts.append(
                render(entry, self._view.form, self._view.modifiers, zone(self._inv.phone))
            )
            self._shown += 1
            if self._view.limit is not None and self._shown >= self._view.limit:
                break
        if parts:
            await self._inv.stdout.write("".join(parts).encode())
        return self._view.limit is None or self._shown < self._view.limit

    def _mark(self, buffer: str) -> str:
        before, self._buffer = self._buffer, buffer
        if buffer not in self._begun:
            self._begun.add(buffer)
            return f"--------- beginning of {buffer}\n"
        switched = self._view.dividers and before != buffer
        return f"--------- switch to {buffer}\n" if switched else ""


def _log(inv: Invocation) -> Reply:
    """`log [-p PRIORITY] [-t TAG] [MESSAGE...]`."""
    given = arguments(inv.argv[1:], {"-p", "-t"})
    priority = (given.value("-p") or "i").upper()[:1]
    if priority not in "VDIWEF":
        return Reply(err="log: Invalid log priority\n", code=1)
    inv.phone.log.write(
        given.value("-t") or "log",
        " ".join(given.rest),
        priority=priority,
        pid=inv.pid,
        uid=inv.uid,
    )
    return Reply()


COMMANDS = {"logcat": logcat, "log": program(_log)}
