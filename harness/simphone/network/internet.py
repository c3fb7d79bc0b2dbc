"""The simulated internet: which name and port is played by which local socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.simphone.network.addresses import AddressBook

Endpoint = tuple[str, int]
"""Host and TCP port."""

NO_NAME = socket.EAI_NONAME
NO_ADDRESS = getattr(socket, "EAI_NODATA", socket.EAI_NONAME)


@dataclass(slots=True)
class Internet:
    """Names of the simulated internet; shared by the phones and the service.

    `routes` maps a name and port to where it is played on this machine; `dead`
    holds names that the domain name system does not know (any more).
    """

    routes: dict[Endpoint, Endpoint] = field(default_factory=dict[Endpoint, Endpoint])
    dead: set[str] = field(default_factory=set[str])
    _addresses: AddressBook = field(default_factory=AddressBook)

    def address_of(self, host: str) -> str:
        """What the domain name system says. Raises `socket.gaierror` for an unknown name."""
        if host in self.dead or not any(known == host for known, _ in self.routes):
            raise socket.gaierror(NO_NAME, "Name or service not known")
        return self._addresses.address_of(host)

    def name_of(self, host: str) -> str:
        """The name that one of our addresses belongs to; anything else as it is."""
        return self._addresses.name_of(host)

    def locate(self, host: str, port: int) -> Endpoint:
        """The local socket that plays `host:port`.

        Raises `socket.gaierror` for an unknown name and ConnectionRefusedError
        for a known host on which nothing listens at that port.
        """
        self.address_of(host)
        found = self.routes.get((host, port))
        if found is None:
            raise ConnectionRefusedError(111, f"nothing listens on {host}:{port}")
        return found

    def resolve_lines(self) -> Iterator[str]:
        """`HOST:PORT:ADDR:PORT`, as curl's --connect-to and `harness capture` read it: the names
        first, then their addresses."""
        routes = sorted(self.routes.items())
        for (host, port), (address, local) in routes:
            yield f"{host}:{port}:{address}:{local}"
        for (host, port), (address, local) in routes:
            yield f"{self._addresses.address_of(host)}:{port}:{address}:{local}"
