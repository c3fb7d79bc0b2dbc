"""adbd of one simulated phone: listens, and keeps what all its connections share."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import StrEnum

from harness.simphone.adbd import services
from harness.simphone.adbd.authentication import Authorization, Challenge, Keyring
from harness.simphone.adbd.banner import banner, features_of
from harness.simphone.adbd.reverse_service import ReverseTable
from harness.simphone.adbd.stream import Stream
from harness.simphone.adbd.tasks import Tasks
from harness.simphone.adbd.transport import Transport
from harness.simphone.contracts import PhoneParts

RECOVERIES = {
    "recovery": "recovery",
    "sideload": "sideload",
    "sideload-auto-reboot": "sideload",
    "rescue": "rescue",
}
"""State that adb shows, by what `adb reboot` was given."""
BOOT_LOADERS = frozenset({"bootloader", "fastboot"})


class Reachability(StrEnum):
    """What a connecting host meets."""

    NORMAL = "normal"
    SILENT = "silent"  # TCP is accepted, no packet is answered: `offline`
    REFUSED = "refused"  # the port is closed


class AdbDaemon:
    """The adb daemon. Any number of adb servers may be connected at once."""

    def __init__(self, phone: PhoneParts, *, features: Sequence[str] | None = None) -> None:
        self._phone = phone
        self._features = features_of(phone.spec.api) if features is None else tuple(features)
        self._state = "device"
        self._authorization = Authorization.ACCEPTED
        self._reachability = Reachability.NORMAL
        self._keyring = Keyring()
        self._server: asyncio.Server | None = None
        self._port = 0
        self._tables: dict[Transport, ReverseTable] = {}
        self._transports_made = 0
        self._in_use: set[int] = set()
        self._tasks = Tasks()

    @property
    def port(self) -> int:
        """The TCP port; 0 before the first start."""
        return self._port

    @property
    def hosts(self) -> int:
        """How many adb servers are connected, also those not yet let in."""
        return len(self._tables)

    async def start(self, port: int = 0) -> int:
        """Listens on 127.0.0.1 and returns the port (kept for later restarts).

        Does nothing when it listens already. Raises OSError when `port` is taken.
        """
        if self._server is None:
            loop = asyncio.get_running_loop()
            server = await loop.create_server(self._new_transport, "127.0.0.1", port or self._port)
            self._server = server
            self._port = int(server.sockets[0].getsockname()[1])
        return self._port

    async def stop(self) -> None:
        """Closes the port, breaks all connections and ends all services."""
        self._close_port()
        tables = list(self._tables.values())
        self.drop_connections()
        for table in tables:
            await table.lose()
        await asyncio.sleep(0)  # lets the dropped connections say that they are lost
        await self._tasks.cancel()

    async def reboot(self, into: str = "") -> None:
        """Closes the port, restarts the phone, listens again on the same port.

        `into` is what `adb reboot` was given: "recovery" and "sideload" show that state
        and serve only the next reboot; a boot loader speaks fastboot, so adb sees nothing
        until somebody reboots the phone by hand.
        """
        self._close_port()
        self.drop_connections()
        await self._phone.reboot()
        self._state = RECOVERIES.get(into, "device")
        if self._reachability is not Reachability.REFUSED and into not in BOOT_LOADERS:
            await self.start()

    @property
    def in_android(self) -> bool:
        """Whether the phone runs Android, not a recovery."""
        return self._state == "device"

    def drop_connections(self) -> None:
        """Breaks all connections, as a pulled cable or a restarting adbd does.

        Reverse entries go with them; jobs of the phone's shell go on.
        """
        for transport in list(self._tables):
            transport.drop()

    def set_authorization(self, mode: Authorization | str) -> None:
        """How hosts that connect from now on are treated. Raises ValueError for unknown words."""
        self._authorization = Authorization(mode)

    def trust_key(self, public_key: bytes) -> None:
        """Trusts a host's key (the content of `adbkey.pub`). Raises ValueError for other text."""
        self._keyring.trust(public_key)

    def allow_offered_keys(self) -> int:
        """The owner taps Allow: lets in the hosts that wait; returns how many keys."""
        count = self._keyring.trust_waiting()
        if count:
            for transport in list(self._tables):
                transport.allow()
        return count

    def set_state(self, word: str) -> None:
        """What `adb devices` shows for connections from now on.

        "device", "recovery", "sideload", "rescue" or "bootloader".
        """
        self._state = word

    async def set_reachability(self, mode: Reachability | str) -> None:
        """Breaks all connections and treats new ones as told; NORMAL puts it right again."""
        self._reachability = Reachability(mode)
        if self._reachability is Reachability.REFUSED:
            self._close_port()
        elif self._port:
            await self.start()
        self.drop_connections()

    def _close_port(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _new_transport(self) -> Transport:
        transport = Transport(
            challenge=Challenge(self._authorization, self._keyring),
            banner=lambda: banner(self._phone.spec, self._state, self._features),
            on_open=self._serve,
            on_lost=self._lost,
            silent=self._reachability is Reachability.SILENT,
        )
        self._transports_made += 1
        self._tables[transport] = ReverseTable(
            self._phone, self._in_use, transport.open, f"host-{self._transports_made}"
        )
        return transport

    def _serve(self, transport: Transport, stream: Stream, service: str) -> None:
        table = self._tables[transport]
        work = services.serve(self._phone, self, table, stream, service)
        self._tasks.spawn(work, f"service {service!r}")

    def _lost(self, transport: Transport) -> None:
        table = self._tables.pop(transport)
        self._tasks.spawn(table.lose(), "reverse entries of a lost connection")
