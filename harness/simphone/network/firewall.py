"""Which apps may use the network: Android's firewall chain "oem deny 3".

`cmd connectivity` of API 34 and above fills it by uid; its rules count while the chain is on.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Firewall:
    """Rules stay with the uid, whatever becomes of the package."""

    chain_enabled: bool = False
    denied: set[int] = field(default_factory=set[int])

    def blocks(self, uid: int) -> bool:
        """Whether an app's packets are dropped, on every network and on loopback."""
        return self.chain_enabled and uid in self.denied
