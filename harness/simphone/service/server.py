"""The simulated service, assembled: accounts, endpoints, trouble, listeners."""

from __future__ import annotations

from harness.simphone.network.internet import Endpoint, Internet
from harness.simphone.service.accounts import Account, AccountBook
from harness.simphone.service.certificates import Certificates
from harness.simphone.service.front import ADDRESS, Front
from harness.simphone.service.gate import Gate
from harness.simphone.service.hosts import CONTROL_HOST, HOSTS, NO_RECORD, RETIRED
from harness.simphone.service.routes import make_application
from harness.simphone.service.trouble import Trouble


class Service:
    """One simulated service on loopback, for any number of phones."""

    def __init__(self, accounts: list[Account]) -> None:
        self.accounts = AccountBook(accounts)
        self.trouble = Trouble()
        self.certificates = Certificates()
        self.internet = Internet()
        self.gate = Gate(make_application(self.accounts), self.trouble)
        self._front = Front(self.gate, self.trouble, self.certificates)

    async def start(self) -> None:
        """Listens and fills `internet` with where each host is played."""
        endpoints: list[Endpoint] = [(host.name, port) for host in HOSTS for port in host.ports]
        await self._front.start(endpoints)
        for endpoint, port in self._front.ports.items():
            self.internet.routes[endpoint] = (ADDRESS, port)
        self.internet.routes[RETIRED.name, 443] = (NO_RECORD, 443)
        self.internet.dead.add(RETIRED.name)

    async def stop(self) -> None:
        """Ends all listeners and connections."""
        await self._front.stop()

    async def settled(self) -> None:
        """Waits until the last change of trouble has reached the listeners."""
        await self._front.settled()

    @property
    def url(self) -> str:
        """Address of the control host's listener (HTTPS, any host name by SNI's port)."""
        return f"https://{ADDRESS}:{self._front.ports[CONTROL_HOST, 443]}"
