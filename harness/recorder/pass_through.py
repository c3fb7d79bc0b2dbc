"""Which connections pass undecrypted: ordered hosts, pinned hosts, other apps' hosts.

SNI, sizes, times and outcome of such a connection are still seen.
"""

from __future__ import annotations

import time
from collections import Counter
from fnmatch import fnmatchcase

from mitmproxy.net.tls import starts_like_tls_record
from mitmproxy.proxy.layer import NextLayer
from mitmproxy.proxy.layers.tls import parse_client_hello
from mitmproxy.tls import ClientHelloData, TlsData

from harness.domain.facts.capture import ProxyLog
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.control_file import ControlFile
from harness.recorder.recording import Recording
from harness.recorder.relay import Relay

_NO_REFUSAL = ("connection closed early", "cannot agree on a tls version")


def is_refusal(error: str) -> bool:
    """True for a handshake that the app ended because of our certificate."""
    text = error.lower()
    return "trust the proxy" in text and not any(part in text for part in _NO_REFUSAL)


class PassThrough:
    """Decides at the ClientHello, by the host asked for and by SNI."""

    def __init__(self, table: ConnectionTable) -> None:
        self._table = table
        self._recording: Recording | None = None
        self._control = ControlFile(None)
        self._refusals: Counter[str] = Counter()
        self._pinned: set[str] = set()

    def use(self, recording: Recording, control: ControlFile) -> None:
        """Starts deciding."""
        self._recording = recording
        self._control = control

    def next_layer(self, data: NextLayer) -> None:
        """Runs before mitmproxy's own choice; a plain TCP layer still counts sizes."""
        start = data.data_client()
        if data.layer is not None or not start or not starts_like_tls_record(start):
            return
        client = data.context.client.id
        sni = _sni(start)
        if self._passes(client, sni):
            foreign = self._table.foreign(client)
            data.layer = Relay(data.context, self._ended, ignore=foreign)
            self._table.mark(client, passed_through=True, hello=time.monotonic(), sni=sni)

    def _ended(self, client: str, side: str) -> None:
        facts = self._table.facts(client)
        if facts is not None and facts.ended_by is None:
            self._table.mark(client, ended_by=side)

    def tls_clienthello(self, data: ClientHelloData) -> None:
        """For a ClientHello in several pieces, whose name was not known before; no sizes."""
        client = data.context.client.id
        if self._passes(client, data.client_hello.sni):
            data.ignore_connection = True
            self._table.mark(client, passed_through=True)

    def _passes(self, client: str, sni: str | None) -> bool:
        asked = self._table.asked(client)
        if asked is None or self._recording is None:
            return False
        hosts = {asked[0].lower(), *([sni.lower()] if sni else [])}
        if sni:
            self._table.ask(client, sni, asked[1])  # who asked for an address names it now
        return self._table.foreign(client) or self._ordered(hosts)

    def tls_failed_client(self, data: TlsData) -> None:
        if is_refusal(str(data.conn.error)):
            self.refused(data.context.client.id)

    def refused(self, client: str) -> None:
        """The app refused our certificate on this connection."""
        asked = self._table.asked(client)
        recording = self._recording
        if asked is None or recording is None or not recording.settings.auto_pass_after:
            return
        host = asked[0].lower()
        self._refusals[host] += 1
        enough = self._refusals[host] >= recording.settings.auto_pass_after
        if enough and host not in self._pinned:
            self._pinned.add(host)
            text = f"{host} is passed through after {self._refusals[host]} refused certificates"
            recording.write("proxy.log", ProxyLog("info", text, client))

    def _ordered(self, hosts: set[str]) -> bool:
        if hosts & self._pinned:
            return True
        patterns = self._control.orders().pass_through
        return any(fnmatchcase(host, pattern.lower()) for host in hosts for pattern in patterns)


def _sni(start: bytes) -> str | None:
    try:
        hello = parse_client_hello(start)
    except ValueError:
        return None
    return hello.sni if hello else None
