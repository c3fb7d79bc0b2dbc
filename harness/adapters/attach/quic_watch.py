"""Writes down where the app speaks QUIC, past the proxy: seen from the phone's own sockets.

Nothing of what is said can be read, and a socket that lives for less than the pause between
two looks is missed: this shows that some traffic passed us by, never that none did.
"""

from __future__ import annotations

import contextlib
import threading

from harness.adapters.adb.package import read_uid
from harness.adapters.adb.text.udp_sockets import read_udp_sockets
from harness.domain.facts.capture import QuicAttempt
from harness.ports import DeviceControl, InstrumentError, ObservationLog

TABLES = "/proc/net/udp /proc/net/udp6"
PORT = 443
PAUSE = 1.0
"""Seconds between two looks."""
_USERS = 100_000  # uids of one Android user; the app's id is the same in each


def watch_quic(device: DeviceControl, package: str, log: ObservationLog) -> QuicWatch:
    """Starts a watch of the app. Raises InstrumentError("adb", …) where that cannot be seen."""
    uid = read_uid(device, package)
    if uid is None:
        raise InstrumentError("adb", f"record QUIC on {device.name}", f"no user id of {package}")
    watch = QuicWatch(device, uid, log)
    watch.start()
    return watch


class QuicWatch:
    """A thread that looks at the phone's UDP sockets; `start`, then `stop`."""

    def __init__(self, device: DeviceControl, uid: int, log: ObservationLog) -> None:
        """`uid`: the app's, as `dumpsys package` tells it."""
        self._device = device
        self._uid = uid
        self._log = log
        self._told: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._watch, name=f"harness-quic-{device.name}", daemon=True
        )

    def start(self) -> None:
        """Raises InstrumentError("adb", …) where the phone shows no sockets."""
        result = self._device.shell(f"cat {TABLES}")
        if not result.ok:
            raise InstrumentError(
                "adb",
                f"record QUIC on {self._device.name}",
                f"'cat {TABLES}' gave exit {result.exit_code}: {result.stderr.strip()}",
                advice="This phone does not show its UDP sockets. Say quic: leave or block.",
            )
        self._note(result.stdout)
        self._thread.start()

    def stop(self, *, timeout: float = 3.0) -> None:
        """Can be repeated."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _watch(self) -> None:
        while not self._stop.wait(PAUSE):
            with contextlib.suppress(InstrumentError):  # a phone that is away says nothing
                self._note(self._device.shell(f"cat {TABLES}").stdout)

    def _note(self, text: str) -> None:
        """A peer is told when it appears, and again when it was gone in between."""
        now = {
            socket.remote
            for socket in read_udp_sockets(text)
            if socket.port == PORT and socket.uid % _USERS == self._uid % _USERS
        }
        for remote in sorted(now - self._told):
            self._log.write("quic.attempt", QuicAttempt(remote))
        self._told = now
