"""The ways by which a phone's traffic comes to the proxy; what they have in common is
attach.py's.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Protocol

from harness.adapters.attach.canary import BY_ADDRESS, CanaryPath, through_proxy
from harness.adapters.attach.journal import Entry
from harness.adapters.attach.settings_journal import NO_PROXY, PROXY, read_settings, set_proxy
from harness.domain.attach_way import AttachWay
from harness.ports import DeviceControl, InstrumentError

PHONE_PORT = 8080
_OTHER_PORTS = range(8081, 8100)


class Route(Protocol):
    """plan → prepare → lead; `lost` and `mend` while attached. What `plan` wrote into the
    journal is all that undoes it (reset.py). Each raises InstrumentError("adb", …)."""

    @property
    def way(self) -> AttachWay: ...
    @property
    def expected(self) -> str | None:
        """The value of http_proxy while attached; None = not ours."""
        ...

    @property
    def canary(self) -> CanaryPath:
        """How a request of ours goes the same way."""
        ...

    @property
    def wants_root(self) -> bool:
        """adb root is asked for first, where the phone has it."""
        ...

    @property
    def undo(self) -> list[str]:
        """What the loop on the phone runs, beside restoring the settings, when we are gone."""
        ...

    @property
    def may_be_set_aside(self) -> bool:
        """The phone's traffic can go its own way for a while."""
        ...

    def plan(self, entry: Entry) -> None:
        """Notes what will be changed; changes nothing."""
        ...

    def prepare(self) -> list[str]:
        """Makes ready, or again, what adb loses with the phone; says what was missing."""
        ...

    def lead(self) -> list[str]:
        """From here on the apps' traffic comes to us; says what was missing."""
        ...

    def lost(self) -> bool:
        """What adb loses with the phone is gone."""
        ...

    def leave(self, settings: Mapping[str, str | None]) -> None:
        """The traffic goes its own way until `lead`; `settings` as before we came."""
        ...


class ReverseRoute:
    """`adb reverse` from the phone's loopback, and http_proxy to it."""

    way = AttachWay.REVERSE
    wants_root = False
    undo: list[str] = []  # noqa: RUF012 - never changed
    may_be_set_aside = True

    def __init__(self, device: DeviceControl, host_port: int) -> None:
        self._device = device
        self._host_port = host_port
        self.phone_port = PHONE_PORT

    @property
    def expected(self) -> str:
        return f"127.0.0.1:{self.phone_port}"

    @property
    def canary(self) -> CanaryPath:
        return through_proxy(self.phone_port)

    def plan(self, entry: Entry) -> None:
        self.phone_port = self._free_port()
        entry.expected = self.expected
        entry.reverse = (self.phone_port, self._host_port)

    def prepare(self) -> list[str]:
        if (self.phone_port, self._host_port) in self._device.reverse_list():
            return []
        self._device.reverse(self.phone_port, self._host_port)
        return ["the reverse entry was gone"]

    def lead(self) -> list[str]:
        if read_settings(self._device)[PROXY] == self.expected:
            return []
        set_proxy(self._device, self.expected)
        return ["http_proxy had been taken away"]

    def lost(self) -> bool:
        return self.phone_port not in [port for port, _ in self._device.reverse_list()]

    def leave(self, settings: Mapping[str, str | None]) -> None:
        before = shlex.quote(settings.get(PROXY) or NO_PROXY)
        self._device.shell(f"settings put global {PROXY} {before}")

    def _free_port(self) -> int:
        """8080 of the phone's loopback, or the next that nobody's reverse entry holds."""
        taken = dict(self._device.reverse_list())
        for port in (PHONE_PORT, *_OTHER_PORTS):
            if taken.get(port, self._host_port) == self._host_port:
                return port
        raise InstrumentError(
            "adb",
            f"find a free port on the loopback of {self._device.name}",
            f"{PHONE_PORT} to {_OTHER_PORTS[-1]} are all reversed already",
            advice="Look at: adb reverse --list",
        )


class EmulatorRoute:
    """The emulator was started with -http-proxy: on the phone there is nothing to do.

    All its TCP connections come to us by CONNECT, to addresses; what the phone's apps call a
    host is seen in their handshakes. It lasts as long as the emulator.
    """

    way = AttachWay.EMULATOR
    expected = None
    canary = BY_ADDRESS
    wants_root = False
    undo: list[str] = []  # noqa: RUF012 - never changed
    may_be_set_aside = False

    def plan(self, entry: Entry) -> None:
        """Nothing."""

    def prepare(self) -> list[str]:
        return []

    def lead(self) -> list[str]:
        return []

    def lost(self) -> bool:
        return False

    def leave(self, settings: Mapping[str, str | None]) -> None:  # noqa: ARG002 - the protocol's
        raise InstrumentError("adb", "set the proxy aside", "the emulator holds it until its end")
