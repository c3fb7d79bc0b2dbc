"""Who works with a phone now: one lease a phone on this host, so that two runs never meet.

A lease is a small JSON file in the state folder, changed only under a file lock. It names
its owner and runs out: a run that died, or whose machine slept past the end, frees its
phone by that alone.
"""

from __future__ import annotations

import os
import platform
import re
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from harness.adapters.durable import other_process_lives, process_started, write_durably
from harness.adapters.places import state_folder
from harness.ports import InstrumentError

TERM = 600.0
"""Seconds that a lease is good for."""

RENEW = 120.0
"""Seconds between two renewals."""

LOCK_TIMEOUT = 10.0


class Lease(msgspec.Struct, frozen=True):
    """The file's content. Times in UTC seconds."""

    serial: str  # or "avd:NAME"
    device: str  # name in the owner's devices.yaml
    run: str
    host: str
    pid: int
    process_started: float
    since: float
    until: float

    def in_force(self, now: float) -> bool:
        """It has not run out, and its owner lives (as far as this host can know)."""
        if now >= self.until:
            return False
        return self.host != _host() or other_process_lives(self.pid, self.process_started)

    def __str__(self) -> str:
        until = datetime.fromtimestamp(self.until).astimezone().strftime("%H:%M:%S")
        return f"run {self.run} (process {self.pid} on {self.host}), until {until}"


class PhoneHeldError(Exception):
    """Another run has the phone; `lease` says which and until when."""

    def __init__(self, lease: Lease) -> None:
        super().__init__(f"phone {lease.device!r} ({lease.serial}) is held by {lease}")
        self.lease = lease


class HeldLease:
    """Ours. It renews itself until it is given back; `lost` once another took it over."""

    def __init__(self, book: LeaseBook, lease: Lease, renew: float = RENEW) -> None:
        self._book = book
        self._lease = lease
        self._renew = renew
        self._end = threading.Event()
        self._renewing = threading.Thread(target=self._keep, daemon=True)
        self._renewing.start()

    @property
    def lost(self) -> bool:
        """It ran out while we could not renew it, and somebody else has the phone now."""
        return self._book.owner(self._lease.serial) != _owner(self._lease)

    def give_back(self) -> None:
        """Can be repeated."""
        self._end.set()
        self._renewing.join(LOCK_TIMEOUT + 1.0)
        self._book.give_back(self._lease)

    def _keep(self) -> None:
        while not self._end.wait(self._renew):
            try:
                if not self._book.renew(self._lease):
                    return
            except InstrumentError:
                continue  # a full disk now; the lease may still be renewed in time


class LeaseBook:
    """All leases of this host. Raises InstrumentError("disk", …) where a file cannot be had."""

    def __init__(self, folder: Path | None = None, wall: Callable[[], float] = time.time) -> None:
        self._folder = folder or state_folder() / "leases"
        self._wall = wall

    def take(self, serial: str, device: str, run: str) -> HeldLease:
        """Raises PhoneHeldError while another run has the phone."""
        now = self._wall()
        wanted = Lease(
            serial, device, run, _host(), os.getpid(), process_started(), now, now + TERM
        )  # fmt: skip
        with self._locked(serial):
            there = self._read(serial)
            if there is not None and there.in_force(now):
                raise PhoneHeldError(there)
            self._write(wanted)
        return HeldLease(self, wanted)

    def renew(self, lease: Lease) -> bool:
        """False: it is another's by now."""
        with self._locked(lease.serial):
            if self.owner(lease.serial) != _owner(lease):
                return False
            self._write(msgspec.structs.replace(lease, until=self._wall() + TERM))
        return True

    def give_back(self, lease: Lease) -> None:
        """Only what is still ours."""
        with self._locked(lease.serial):
            if self.owner(lease.serial) == _owner(lease):
                self._path(lease.serial).unlink(missing_ok=True)

    def held(self, serial: str) -> Lease | None:
        """The lease in force of another process, for those who only want to know."""
        there = self._read(serial)
        return there if there is not None and there.in_force(self._wall()) else None

    def owner(self, serial: str) -> tuple[str, int, float] | None:
        """(host, process id, its begin) as the file has it."""
        there = self._read(serial)
        return _owner(there) if there is not None else None

    def _path(self, serial: str) -> Path:
        return self._folder / f"{re.sub(r'[^\w.-]', '_', serial)}.json"

    def _locked(self, serial: str) -> _Locked:
        return _Locked(self._path(serial).with_suffix(".lock"))

    def _read(self, serial: str) -> Lease | None:
        try:
            return msgspec.json.decode(self._path(serial).read_bytes(), type=Lease)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None  # cut by a crash: it holds nobody off

    def _write(self, lease: Lease) -> None:
        path = self._path(lease.serial)
        try:
            write_durably(path, msgspec.json.encode(lease))
        except OSError as error:
            raise InstrumentError(
                "disk", f"write the lease {path}", str(error), advice="Free space and run again."
            ) from error


class _Locked:
    """The file lock of one phone, with our own error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = FileLock(path, timeout=LOCK_TIMEOUT)

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except (OSError, Timeout) as error:
            raise InstrumentError(
                "disk", f"lock {self._path}", str(error), advice="Is the state folder writable?"
            ) from error

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _owner(lease: Lease) -> tuple[str, int, float]:
    return lease.host, lease.pid, lease.process_started


def _host() -> str:
    return platform.node() or "localhost"
