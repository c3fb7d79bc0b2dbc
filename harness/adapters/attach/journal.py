"""The write-ahead journal of a phone: what was there before we changed it.

One file a phone in state_folder()/journals. It is on disk before the first change and
is removed only after everything was put back and checked, so a harness that was killed
can be cleaned up after by the next one.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import msgspec

from harness.adapters.durable import other_process_lives, process_started, write_durably
from harness.adapters.places import state_folder


class Trust(msgspec.Struct, frozen=True):
    """A certificate that we put into the system store."""

    name: str  # file name, e.g. "c8750f0d.0"
    apex: bool  # also mounted over the conscrypt module's store (Android 14 and later)


class Cut(msgspec.Struct, frozen=True):
    """A network that we took from the phone."""

    way: str  # "airplane", "radios", or "package": only the app is cut off
    package: str | None = None
    wifi: bool = False  # was on
    data: bool = False  # was on
    chain: bool = False  # the firewall chain was on before us


class TunnelEntry(msgspec.Struct, frozen=True):
    """A tunnel that we put into the phone's WireGuard app; its keys are not here."""

    by_hand: bool  # a person imports it and takes it away
    app_op: str | None = None  # mode of ACTIVATE_VPN before; None = not set


class Entry(msgspec.Struct):
    """The file's content."""

    serial: str
    pid: int
    """The process that changed the phone; while it lives, nobody else resets."""
    started: float
    """When that process began (wall clock), because pids are used again."""
    written: float
    settings: dict[str, str | None] = {}
    """Key of the `global` namespace → value before; None = was not set."""
    expected: str | None = None
    """What we set http_proxy to."""
    reverse: tuple[int, int] | None = None
    """(phone port, host port) of the reverse entry that we added."""
    trust: Trust | None = None
    quic: bool = False
    """We blocked QUIC by a rule of the phone's firewall."""
    offered: bool = False
    """Our certificate lies in Download for a person to install."""
    network: Cut | None = None
    tunnel: TunnelEntry | None = None
    dead_man: bool = False


class Journal:
    """The journal of one phone. Every change of it is on disk when the call returns."""

    def __init__(self, serial: str, folder: Path | None = None) -> None:
        self._serial = serial
        name = re.sub(r"[^\w.-]", "_", serial)
        self.path = (folder or state_folder() / "journals") / f"{name}.json"

    def load(self) -> Entry | None:
        """What is open for this phone, or None.

        Raises ValueError naming the file when it cannot be read.
        """
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Entry)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise ValueError(f"{self.path}: not a journal of ours: {error}") from error

    def open(self) -> Entry:
        """A new entry of this process, not yet on disk."""
        return Entry(
            serial=self._serial,
            pid=os.getpid(),
            started=process_started(),
            written=time.time(),
        )

    def save(self, entry: Entry) -> None:
        """Writes the whole file anew and makes sure it is on the disk."""
        write_durably(self.path, msgspec.json.encode(entry))

    def close(self) -> None:
        """Everything is as it was before."""
        self.path.unlink(missing_ok=True)


def owner_lives(entry: Entry) -> bool:
    """True while another process that changed the phone still runs."""
    return other_process_lives(entry.pid, entry.started)
