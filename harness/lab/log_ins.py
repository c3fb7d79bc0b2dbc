"""The ledgers of all hosts as one: what one host knows of an account's log-ins, all know.

The client asks before a run, gives each job what is known of its phone's account, learns what
the job did, and tells the others at the end. It keeps a copy for hosts that are away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.adapters.places import state_folder
from harness.lab.offer import Offer
from harness.ports import InstrumentError
from harness.session.ledger import LogIns, joined, learn, told

if TYPE_CHECKING:
    from distributed import Client

ANSWER = 20.0
"""Seconds for all hosts to say what they know, or to take what we know."""


@dataclass(slots=True)
class LabLogIns:
    """What the lab knows of log-ins in this run. `run`: its id, the same on every host."""

    client: Client
    run: str
    known: LogIns = field(default_factory=dict[str, Any])
    wall: Callable[[], float] = time.time

    def collect(self, offers: Iterable[Offer]) -> list[str]:
        """Asks every host that has accounts, and our own ledger; a sentence for each that
        could not tell. Raises InstrumentError("disk", …) where ours cannot be read."""
        hosts = _hosts(offers)
        every = {offer.account for mine in hosts.values() for offer in mine}
        self.known = joined(self.known, told(state_folder(), every))
        calls = {
            host: (tell_log_ins, sorted({offer.account for offer in mine}), mine[0])
            for host, mine in hosts.items()
        }
        return self._asked(calls, "could not say which log-ins it knows of")

    def of(self, account: str) -> LogIns:
        """For a job on a phone with this account (key)."""
        return {account: self.known[account]} if account in self.known else {}

    def learn(self, log_ins: LogIns) -> None:
        """What a job's host knows at its end."""
        self.known = joined(self.known, log_ins)

    def presume(self, account: str) -> None:
        """A job with this account was lost: its log-in counts as tried."""
        if account:
            self.learn({account: [{"t": self.wall(), "run": self.run, "kind": "try"}]})

    def spread(self, offers: Iterable[Offer]) -> list[str]:
        """Tells each host, and our own ledger; a sentence for each that could not be told."""
        try:
            learn(state_folder(), self.known)
        except InstrumentError as error:
            return [str(error)]
        calls: dict[str, tuple[Callable[[Any], Any], Any, Offer]] = {}
        for host, mine in _hosts(offers).items():
            rows = {one.account: self.known[one.account] for one in mine if self.of(one.account)}
            if rows:
                calls[host] = (take_log_ins, rows, mine[0])
        return self._asked(calls, "could not be told of log-ins")

    def _asked(
        self, calls: Mapping[str, tuple[Callable[[Any], Any], Any, Offer]], failed: str
    ) -> list[str]:
        """Learns what the hosts answer; all are asked at the same time."""
        sent = {
            host: self.client.submit(call, words, workers=[offer.name], pure=False)
            for host, (call, words, offer) in calls.items()
        }
        deadline = time.monotonic() + ANSWER
        problems: list[str] = []
        for host, future in sent.items():
            try:
                self.learn(future.result(timeout=max(0.1, deadline - time.monotonic())))
            except Exception as error:  # noqa: BLE001 - a host's own error, or that it has gone
                problems.append(f"host {host} {failed}: {type(error).__name__}: {error}")
        return problems


def tell_log_ins(accounts: Sequence[str]) -> LogIns:
    """On a host: what its ledger has of these accounts (keys)."""
    return told(state_folder(), accounts)


def take_log_ins(log_ins: LogIns) -> LogIns:
    """On a host: adds them to its ledger; nothing new to tell."""
    learn(state_folder(), log_ins)
    return {}


def _hosts(offers: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Phones with an account, by host."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        if offer.account:
            found.setdefault(offer.host, []).append(offer)
    return found
