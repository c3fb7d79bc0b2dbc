"""What is wrong between the phone's radios and the internet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Radios(Protocol):
    """What the network stack asks of the phone's conditions."""

    @property
    def online(self) -> bool:
        """Whether any network is joined (it may still lead nowhere)."""
        ...


@dataclass(slots=True)
class WayOut:
    """Faults of the way out; set by the control address."""

    dns_broken: bool = False
    """A private DNS set on the phone that answers nothing."""
    no_internet: bool = False
    """The network is joined, but there is no route behind it."""
    quic_dropped: bool = False
    """Packets to UDP port 443 are lost on the way."""
    delay: float = 0.0
    """Seconds added to each new connection."""
