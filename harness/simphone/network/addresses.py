"""The addresses of the simulated internet."""

from __future__ import annotations

import ipaddress

NETWORK = ipaddress.ip_network("198.18.0.0/15")
"""For tests of networks (RFC 2544): no host on the real internet has one of these."""


def is_address(host: str) -> bool:
    """An IP address, not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class AddressBook:
    """Gives each name an address, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._by_address: dict[str, str] = {}

    def address_of(self, name: str) -> str:
        """Always the same one."""
        if name not in self._by_name:
            address = str(NETWORK[len(self._by_name) + 1])
            self._by_name[name] = address
            self._by_address[address] = name
        return self._by_name[name]

    def name_of(self, host: str) -> str:
        """The name behind one of our addresses; anything else as it is."""
        return self._by_address.get(host, host)
