"""Trouble of this host, made for our own process only: full disk, clock, rights, ports."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import time
from pathlib import Path

JUMP = 3600.0
"""Seconds by which the clock jumps."""

_CAPABILITY_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_OVERRIDES = 0b110  # CAP_DAC_OVERRIDE (1) and CAP_DAC_READ_SEARCH (2)
_HELD: list[socket.socket] = []


def fill_host_disk() -> None:
    """From now on the system refuses each further byte that this process, or a program that
    it starts, writes into a file (RLIMIT_FSIZE 0); what is there can be read."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))


def forbid_writing(folder: Path) -> None:
    """No file can be made in `folder` and below; open ones can still be written.

    Root may write everywhere, so this thread gives that right up (Linux).
    """
    for path in [folder, *(entry for entry in folder.rglob("*") if entry.is_dir())]:
        path.chmod(0o500)
    if os.geteuid() == 0:
        _give_up_overrides()


def jump_clock() -> None:
    """The wall clock is an hour ahead, for this process; the monotonic one goes on."""
    real = time.time
    time.time = lambda: real() + JUMP


def take_port(port: int) -> None:
    """Listens there as another program would, until this process ends."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", port))
    taken.listen(1)
    _HELD.append(taken)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def _give_up_overrides() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_CAPABILITY_VERSION, 0), (_Sets * 2)()
    if libc.capget(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    sets[0].effective &= ~_OVERRIDES
    if libc.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")
