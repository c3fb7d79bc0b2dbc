"""`reverse:`: the phone's ports that lead to the host, of one transport."""

from __future__ import annotations

from harness.simphone.adbd import reverse_request as wire
from harness.simphone.adbd.reverse_listener import OpenOnHost, ReverseListener
from harness.simphone.adbd.reverse_request import ReverseAction, ReverseError, ReverseRequest
from harness.simphone.adbd.stream import Stream
from harness.simphone.contracts import NetworkStack, PhoneParts

_FIRST_FREE_PORT = 1024  # lower ones are root's


class ReverseTable:
    """The reverse entries of one host connection; they end with it.

    A table kept over a lost connection would make the next adb server abort
    at the first app that connects.
    """

    def __init__(
        self, phone: PhoneParts, in_use: set[int], open_on_host: OpenOnHost, name: str
    ) -> None:
        """`in_use`: the phone's reversed ports over all transports, shared by their tables.

        `name` is the first column of `adb reverse --list` (`host-N` over TCP).
        """
        self._phone = phone
        self._in_use = in_use
        self._open_on_host = open_on_host
        self._name = name
        self._entries: dict[int, ReverseListener] = {}
        self._removed: list[ReverseListener] = []
        self._lost = False

    @property
    def entries(self) -> dict[int, str]:
        """Phone port → target on the host."""
        return {port: listener.target for port, listener in self._entries.items()}

    async def serve(self, stream: Stream, service: str) -> None:
        """Answers one `reverse:…` request."""
        stream.accept()
        try:
            answer = self._answer(wire.parse_reverse(service))
        except ReverseError as error:
            answer = wire.fail(str(error))
        await stream.write(answer)
        await stream.close()

    async def lose(self) -> None:
        """The transport is gone: closes the ports, breaks the apps' connections."""
        self._lost = True
        listeners = [*self._entries.values(), *self._removed]
        self._remove_all()
        self._removed.clear()
        for listener in listeners:
            await listener.abort()

    def _answer(self, request: ReverseRequest) -> bytes:
        match request.action:
            case ReverseAction.LIST:
                lines = [f"{self._name} tcp:{p} {t}\n" for p, t in self.entries.items()]
                return wire.counted("".join(lines))
            case ReverseAction.FORWARD:
                return self._forward(request)
            case ReverseAction.REMOVE:
                self._remove(request.local)
            case ReverseAction.REMOVE_ALL:
                self._remove_all()
        return wire.okay()

    def _forward(self, request: ReverseRequest) -> bytes:
        port = wire.phone_port(request.local)
        known = self._entries.get(port)
        if known is not None:
            if not request.rebind:
                raise ReverseError("cannot rebind existing socket")
            known.target = request.remote
            return wire.okay()
        listener = self._listen(port, request.remote)
        if port:
            self._register(port, listener)
            return wire.okay()
        # Any port will do: the one that plays it is free on the host, so take its number.
        self._register(listener.os_port, listener)
        return wire.okay_with_port(listener.os_port)

    def _listen(self, port: int, target: str) -> ReverseListener:
        if self._lost:
            raise ReverseError("cannot bind listener: transport is gone")
        if port in self._in_use:
            raise ReverseError("cannot bind listener: Address already in use")
        if 0 < port < _FIRST_FREE_PORT and not self._phone.adb_root:
            raise ReverseError("cannot bind listener: Permission denied")
        try:
            return ReverseListener(target, self._open_on_host)
        except OSError as error:
            raise ReverseError(f"cannot bind listener: {error.strerror}") from error

    def _register(self, port: int, listener: ReverseListener) -> None:
        self._entries[port] = listener
        self._in_use.add(port)
        self._network.listen(port, listener.os_port)

    def _remove(self, local: str) -> None:
        kind, _, number = local.partition(":")
        port = int(number) if kind == "tcp" and number.isdecimal() else -1
        listener = self._entries.pop(port, None)
        if listener is None:
            raise ReverseError(f"listener '{local}' not found")
        self._in_use.discard(port)
        self._network.unlisten(port)
        listener.stop_listening()
        self._removed.append(listener)  # its open connections go on

    def _remove_all(self) -> None:
        for port in list(self._entries):
            self._remove(f"tcp:{port}")

    @property
    def _network(self) -> NetworkStack:
        return self._phone.network
