"""Which name an address was given for: learnt from the answers that passed us, or made up.

Names of the --resolve map have no address of their own here: they get one that no host on the
internet has, and a connection to it is led to where the map says.
"""

from __future__ import annotations

import ipaddress

NETWORK = ipaddress.ip_network("198.19.0.0/16")
"""Half of what is set aside for tests of networks (RFC 2544)."""
MOST = 4096
"""Learnt addresses; the oldest are forgotten."""


class NameBook:
    """Names by address."""

    def __init__(self) -> None:
        self._made_up: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def address_for(self, name: str) -> str:
        """A made-up address; always the same for a name."""
        low = name.lower()
        if low not in self._made_up:
            self._made_up[low] = str(NETWORK[len(self._made_up) + 1])
        address = self._made_up[low]
        self.learn(address, low)
        return address

    def learn(self, address: str, name: str) -> None:
        """An answer said so."""
        self._names.pop(address, None)
        self._names[address] = name.lower().rstrip(".")
        if len(self._names) > MOST:
            del self._names[next(iter(self._names))]

    def name_of(self, host: str) -> str:
        """The name behind an address; anything else as it is."""
        return self._names.get(host, host)
