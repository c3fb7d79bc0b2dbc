"""A run without interception: nothing is set on the phone, no proxy runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harness.ports import InstrumentError, ProxyAddress


class NoTap:
    """A TrafficTap that taps nothing."""

    gave_up: str | None = None
    """Nothing runs, so nothing can be given up."""

    @property
    def address(self) -> ProxyAddress:
        """Raises InstrumentError("proxy", …): there is none."""
        raise InstrumentError("proxy", "ask for its address", "this run is without interception")

    def alive(self) -> bool:
        """Never."""
        return False

    def pass_through(self, hosts: Sequence[str]) -> None:
        """All hosts are left alone anyway."""

    def save_to(self, path: Path) -> None:
        """There are no flows."""

    def stop(self) -> None:
        """There is nothing to stop."""
