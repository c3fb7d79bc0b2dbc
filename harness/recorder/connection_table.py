"""The open connections of the app, each joined with the origin connection made for it.

A failed connect leaves no flow at all with the eager strategy, and a refused
certificate never does: these records are the only carriers. Failures are written at
once, what still waits for the origin by the heartbeat, the rest when it is over.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from harness.domain.facts.traffic import Connection
from harness.recorder.named_host import is_address
from harness.recorder.recording import Recording

PENDING_AFTER = 1.0
"""Seconds that a connection may wait for the origin before that is worth a line."""


@dataclass(slots=True)
class _Open:
    """A connection that is not over, and what was written of it."""

    facts: Connection
    peer: str | None
    failed: bool = False  # its failure is on file
    waiting: str | None = None  # the phase whose pending line is on file
    foreign: bool = False  # another app's: passes unrecorded


def waiting_phase(facts: Connection) -> tuple[str, float] | None:
    """What the connection waits for and since when (monotonic), or None."""
    if facts.connect_begun is not None and facts.connect_done is None and not facts.connect_error:
        return "connect", facts.connect_begun
    if (
        facts.server_tls_begun is not None
        and facts.server_tls_done is None
        and facts.server_tls_error is None
    ):
        return "server_tls", facts.server_tls_begun
    return None


class ConnectionTable:
    """Filled by the hooks of both sides, asked by the other parts of the recorder."""

    def __init__(self) -> None:
        self.recording: Recording | None = None
        self._open: dict[str, _Open] = {}
        self._by_peer: dict[str, str] = {}

    def begin(self, client: str, peer: str | None) -> None:
        """The app connected, from `peer` ("host:port")."""
        self._open[client] = _Open(Connection(client, opened=time.monotonic()), peer)
        if peer is not None:
            self._by_peer[peer] = client

    def facts(self, client: str) -> Connection | None:
        """What is known of an open connection."""
        entry = self._open.get(client)
        return entry.facts if entry else None

    def ask(self, client: str, host: str, port: int) -> None:
        """The app asked for `host:port`; the first answer to that question stays, but for an
        address, which a name replaces."""
        entry = self._open.get(client)
        if entry is None:
            return
        known = entry.facts.host
        if known is not None and (not is_address(known) or is_address(host)):
            return
        entry.facts = replace(entry.facts, host=host, port=port)
        recording = self.recording
        if recording is not None and recording.settings.foreign_pass:
            entry.foreign = recording.roles.foreign(host)

    def asked(self, client: str) -> tuple[str, int] | None:
        """(host, port) as the app asked for it."""
        facts = self.facts(client)
        if facts is None or facts.host is None or facts.port is None:
            return None
        return facts.host, facts.port

    def foreign(self, client: str, *, decided: bool | None = None) -> bool:
        """Whether it is another app's, which passes unrecorded; `decided` settles it."""
        entry = self._open.get(client)
        if entry is None:
            return False
        if decided is not None:
            entry.foreign = decided
        return entry.foreign

    def mark(self, client: str, **changes: Any) -> None:  # noqa: ANN401 - fields of Connection
        """Sets fields of an open connection."""
        entry = self._open.get(client)
        if entry is not None:
            entry.facts = replace(entry.facts, **changes)

    def fail(self, client: str, **changes: Any) -> None:  # noqa: ANN401 - fields of Connection
        """Sets fields that tell of a failure and writes the line, the first time only."""
        entry = self._open.get(client)
        if entry is None:
            return
        entry.facts = replace(entry.facts, **changes)
        self._failure(entry)
        if entry.facts.closed is not None:  # the app had left while the connect was pending
            del self._open[client]

    def next_ordinal(self, client: str) -> int:
        """Counts a request; 1 for the first of the connection."""
        entry = self._open.get(client)
        if entry is None:
            return 1
        entry.facts = replace(entry.facts, requests=entry.facts.requests + 1)
        return entry.facts.requests

    def client_of(self, peer: str) -> str | None:
        """The open connection that comes from `peer`."""
        return self._by_peer.get(peer)

    def end(self, client: str) -> None:
        """The app's connection is gone."""
        entry = self._open.get(client)
        if entry is None:
            return
        if entry.peer is not None and self._by_peer.get(entry.peer) == client:
            del self._by_peer[entry.peer]
        entry.facts = replace(entry.facts, closed=time.monotonic())
        phase = waiting_phase(entry.facts)
        if phase is not None and phase[0] == "connect":
            return  # its connect error follows: one line tells both
        del self._open[client]
        self._over(entry)

    def tick(self, now: float) -> None:
        """Writes what has waited for the origin for over a second, once a phase."""
        for entry in self._open.values():
            phase = waiting_phase(entry.facts)
            if phase is None or entry.waiting == phase[0] or now - phase[1] < PENDING_AFTER:
                continue
            entry.waiting = phase[0]
            if not entry.foreign:
                self._write("connection.pending", entry.facts)

    def flush(self) -> None:
        """The proxy stops: what is open is written as ended by us, or as pending."""
        for entry in self._open.values():
            if waiting_phase(entry.facts) is not None:
                if not entry.foreign:
                    self._write("connection.pending", entry.facts)
                continue
            now = time.monotonic()
            entry.facts = replace(entry.facts, closed=now, ended_by=entry.facts.ended_by or "proxy")
            self._over(entry)
        self._open.clear()

    def _over(self, entry: _Open) -> None:
        if entry.facts.host is None or self.recording is None:
            return  # nothing was asked for: a probe of our port
        self.recording.counters.connections += 1
        if not entry.failed and not entry.foreign:
            self._write("connection", entry.facts)

    def _failure(self, entry: _Open) -> None:
        if not entry.failed and not entry.foreign:
            entry.failed = True
            self._write("connection", entry.facts)

    def _write(self, kind: str, facts: Connection) -> None:
        if self.recording is not None and not self.recording.closing:
            self.recording.write(kind, facts)
