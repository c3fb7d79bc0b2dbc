"""A WireGuard tunnel for one app, from the WireGuard app on the phone to the proxy."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.adapters.attach import wireguard_app
from harness.adapters.attach.canary import BY_ADDRESS, CanaryPath
from harness.adapters.attach.journal import Entry, TunnelEntry
from harness.domain.attach_way import AttachWay
from harness.ports import DeviceControl, InstrumentError

PATIENCE = 600.0
"""Seconds until a person has switched the tunnel on."""
_POLL = 0.5


class WireguardRoute:
    """A routes.Route. The phone's proxy settings stay as they are."""

    way = AttachWay.WIREGUARD
    expected = None
    wants_root = True

    def __init__(
        self,
        device: DeviceControl,
        content: str,
        *,
        attended: bool,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        """`content`: the tunnel's file. `attended`: a person is at the phone."""
        self._device = device
        self._content = content
        self._attended = attended
        self._tell = tell or _to_the_terminal
        self._planned: TunnelEntry | None = None

    @property
    def canary(self) -> CanaryPath:
        """Root is not in the tunnel, the shell is."""
        root = self._planned is not None and not self._planned.by_hand
        return replace(BY_ADDRESS, prefix="su 2000 ") if root else BY_ADDRESS

    @property
    def may_be_set_aside(self) -> bool:
        """A tunnel that a person switched on stays on."""
        return self._planned is not None and not self._planned.by_hand

    @property
    def undo(self) -> list[str]:
        return wireguard_app.undo_commands(self._planned) if self._planned else []

    def plan(self, entry: Entry) -> None:
        by_hand = not self._device.is_root()
        if by_hand and not self._attended:
            raise InstrumentError(
                "adb",
                f"lead {self._device.name} through a WireGuard tunnel",
                "without adb root a person has to switch the tunnel on",
                advice="Run with --attended, or say attach: reverse.",
            )
        self._planned = entry.tunnel = wireguard_app.plan(self._device, by_hand=by_hand)

    def prepare(self) -> list[str]:
        """The file is put in right before the tunnel is switched on."""
        return []

    def lead(self) -> list[str]:
        if self._planned is None or wireguard_app.vpn_is_up(self._device):
            return []
        wireguard_app.put_in(self._device, self._content, self._planned)
        if self._planned.by_hand:
            self._await_person()
            self._device.shell(f"rm -f {wireguard_app.OFFERED}")  # it is imported, key and all
        else:
            wireguard_app.switch_on(self._device)
        return ["the WireGuard tunnel was down"]

    def lost(self) -> bool:
        return not wireguard_app.vpn_is_up(self._device)

    def leave(self, settings: Mapping[str, str | None]) -> None:  # noqa: ARG002 - the protocol's
        for command in self.undo:
            self._device.shell(command)

    def _await_person(self) -> None:
        name = self._device.name
        for number, step in enumerate(wireguard_app.steps_by_hand(), 1):
            self._tell(f"{name}: {number}. {step}")
        deadline = time.monotonic() + PATIENCE
        while not wireguard_app.vpn_is_up(self._device):
            if time.monotonic() > deadline:
                raise InstrumentError(
                    "adb",
                    f"lead {name} through a WireGuard tunnel",
                    f"it was not switched on within {PATIENCE:.0f} s",
                    advice="Run again with a person at the phone, or say attach: reverse.",
                )
            time.sleep(_POLL)


def _to_the_terminal(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
