"""The client of a lab: sends one job a phone, hears of them, and decides when a host is lost.

Dask runs a job at most once (allowed-failures 0, retries 0). What destroys nothing is sent
again from here; what may destroy is never sent twice, and its host refuses it besides.
An account is used on one phone at a time, as a phone by one job at a time.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.lab.host_job import HostResult, LabJob, run_lab_job, stop_lab_job
from harness.lab.log_ins import LabLogIns
from harness.lab.offer import ANY, ANY_NAMED, Offer, offer_of

if TYPE_CHECKING:
    from distributed import Client, Future

WAIT_FOR_HOST = 60.0
"""Seconds that a safe job waits for a lost phone to come back, where no other will do."""

WAIT_FOR_SCHEDULER = 20.0
"""Seconds without an answer after which the scheduler is lost."""

MOST_TRIES = 3

_CLOCK = re.compile(r"^\d\d:\d\d:\d\d ")
"""A host's own clock before its lines; ours is put there."""

_LOOK = 0.3
_LOOK_AT_LAB = 1.0  # seconds between two questions to the scheduler


class SchedulerLostError(Exception):
    """The scheduler answers no more."""


@dataclass(slots=True)
class Errand:
    """What one phone of the run is to do. Times in monotonic seconds."""

    offer: Offer
    movable: bool  # another phone may do it: nobody asked for this one by name
    destructive: bool
    tries: int = 0
    job: LabJob | None = None
    future: Future[HostResult] | None = None
    gone_since: float | None = None
    waits_for: str = ""  # the phone that has its account now
    result: HostResult | None = None
    lost: str | None = None  # why it ended without a result

    @property
    def over(self) -> bool:
        """It has a result, or there will be none."""
        return self.result is not None or self.lost is not None


@dataclass(slots=True)
class Dispatch:
    """`run` until every errand is over."""

    client: Client
    run_id: str
    words: tuple[str, ...]
    errands: list[Errand]
    tell: Callable[[str], None]
    where: Mapping[str, str] = field(default_factory=dict[str, str])
    """Labels that a phone must have to take over from a lost one."""
    documents: dict[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    """Verdicts by job, as they were told at its end: they outlive the host."""
    home: Callable[[str, HostResult], None] = lambda _worker, _result: None
    """Hears of each result, with the phone's name."""
    log_ins: LabLogIns | None = None  # None: every phone brings an account of its own
    asked: float = 0.0
    answered: float = field(default_factory=time.monotonic)
    offers: dict[str, Offer] = field(default_factory=dict[str, Offer])

    @property
    def topic(self) -> str:
        """Where this run's jobs are heard."""
        return f"harness-{self.run_id}"

    def run(self) -> None:
        """Raises SchedulerLostError; errands that are not over then have no result."""
        self.client.subscribe_topic(self.topic, self._heard)
        self.offers = self._offered()
        for errand in self.errands:
            self._begin(errand)
        while busy := [errand for errand in self.errands if not errand.over]:
            time.sleep(_LOOK)
            self._look_at_lab()
            for errand in busy if self.client.status == "running" else ():
                self._advance(errand)  # without the scheduler every job looks lost

    def interrupt(self) -> None:
        """Each host ends its job as by Ctrl-C."""
        for errand in self.errands:
            if not errand.over and errand.job is not None:
                self.client.submit(
                    stop_lab_job, errand.job.id, workers=[errand.offer.name], pure=False
                ).result(timeout=WAIT_FOR_SCHEDULER)

    def wait_for_ends(self, timeout: float = 100.0) -> None:
        """After `interrupt`: nothing is sent again."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            busy = [one for one in self.errands if not one.over and one.future is not None]
            if not busy:
                return
            time.sleep(_LOOK)
            for errand in busy:
                if errand.future is not None and errand.future.done():
                    self._ended(errand, errand.future)

    def _begin(self, errand: Errand) -> None:
        """Sends it as soon as no other phone has its account."""
        holder = self._holder(errand, errand.offer)
        if not holder:
            self._send(errand, errand.offer)
        elif errand.waits_for != holder:
            errand.waits_for = holder
            self.tell(f"{errand.offer.name}: waits, its account is in use on {holder}")

    def _holder(self, errand: Errand, offer: Offer) -> str:
        """The other phone on which the offer's account is in use; "" for none."""
        users = {
            other.offer.name
            for other in self.errands
            if other is not errand and other.future is not None and not other.over
            if offer.account and other.offer.account == offer.account
        }
        return min(users - {offer.name}, default="")

    def _send(self, errand: Errand, offer: Offer) -> None:
        errand.tries += 1
        errand.offer, errand.gone_since = offer, None
        name = f"{self.run_id}-{secrets.token_hex(4)}"
        errand.job = LabJob(
            name, self.run_id, offer.phone, offer.name, self.words, errand.destructive,
            self.topic, offer.account,
            self.log_ins.of(offer.account) if self.log_ins is not None else {},
        )  # fmt: skip
        errand.future = self.client.submit(
            run_lab_job,
            errand.job,
            key=f"job-{name}",
            pure=False,
            retries=0,
            resources={ANY: 1, f"{ANY_NAMED}:{offer.name}": 1},
        )
        self.tell(f"{offer.name}: sent to its host")

    def _advance(self, errand: Errand) -> None:
        future = errand.future
        if future is not None and future.done():
            self._ended(errand, future)
        elif errand.offer.name not in self.offers:
            self._homeless(errand, "its host is gone")
        elif future is None:
            self._begin(errand)  # its account is free, or the phone is back
        else:
            errand.gone_since = None

    def _ended(self, errand: Errand, future: Future[HostResult]) -> None:
        if future.status == "finished":
            errand.result = future.result(timeout=WAIT_FOR_SCHEDULER)
            if self.log_ins is not None:
                self.log_ins.learn(errand.result.log_ins)
            self.home(errand.offer.name, errand.result)
            return
        self._presume_log_in(errand)
        error = future.exception(timeout=WAIT_FOR_SCHEDULER) if future.status == "error" else None
        kind = type(error).__name__ if error is not None else str(future.status)
        if kind in {"KilledWorker", "cancelled", "lost", "CancelledError"}:
            self._homeless(errand, "its host was lost in the middle of the job")
        else:
            errand.lost = f"its host could not do the job: {kind}: {error}"

    def _homeless(self, errand: Errand, why: str) -> None:
        now = time.monotonic()
        if errand.gone_since is None:
            errand.gone_since = now
            self.tell(f"{errand.offer.name}: {why}")
        if errand.future is not None:
            self._presume_log_in(errand)
            errand.future.cancel()
            errand.future = None
        told = errand.job.id if errand.job is not None else ""
        if told in self.documents:
            errand.lost = f"{why}, after it had told its verdicts"
        elif errand.destructive and errand.tries:
            errand.lost = f"{why}; it may destroy data, so it is not begun a second time"
        elif errand.tries >= MOST_TRIES:
            errand.lost = f"{why}, for the {errand.tries}th time"
        elif (other := self._other(errand)) is not None:
            self._send(errand, other)
        elif now - errand.gone_since > WAIT_FOR_HOST:
            errand.lost = f"{why} and did not come back within {WAIT_FOR_HOST:.0f} s"

    def _presume_log_in(self, errand: Errand) -> None:
        """Nobody knows whether a lost job logged in; it is not tried once more in this run."""
        if self.log_ins is not None:
            self.log_ins.presume(errand.offer.account)

    def _other(self, errand: Errand) -> Offer | None:
        """The phone itself where it is back, else one that has the least to do in this run."""
        if errand.offer.name in self.offers:
            return self.offers[errand.offer.name]
        fitting = [
            offer
            for offer in self.offers.values()
            if offer.fits(self.where) and not self._holder(errand, offer)
        ]
        if not errand.movable or not fitting:
            return None
        busy = [other.offer.name for other in self.errands]
        return min(fitting, key=lambda offer: (busy.count(offer.name), offer.name))

    def _look_at_lab(self) -> None:
        now = time.monotonic()
        if now - self.asked < _LOOK_AT_LAB:
            return
        self.asked = now
        if self.client.status == "running":
            try:
                self.offers = self._offered()
                self.answered = time.monotonic()
            except (OSError, TimeoutError, RuntimeError):
                pass
        if self.client.status in {"closing", "closed"}:
            raise SchedulerLostError("the connection to it broke and did not come back")
        if time.monotonic() - self.answered > WAIT_FOR_SCHEDULER:
            raise SchedulerLostError(f"it gave no answer for {WAIT_FOR_SCHEDULER:.0f} s")

    def _offered(self) -> dict[str, Offer]:
        return {offer.name: offer for offer in offered(self.client)}

    def _heard(self, event: tuple[float, Any]) -> None:
        told = event[1]
        if not isinstance(told, dict):
            return
        if "line" in told:
            self.tell(_CLOCK.sub("", str(told["line"])))
        elif told.get("document"):
            self.documents[str(told["job"])] = told["document"]


def offered(client: Client) -> list[Offer]:
    """Every phone of the lab now."""
    workers: Mapping[str, Any] = client.scheduler_info()["workers"]
    found = [offer_of(worker.get("resources") or {}) for worker in workers.values()]
    return sorted((offer for offer in found if offer is not None), key=lambda offer: offer.name)


def errands_for(offers: Sequence[Offer], *, named: bool, destructive: bool) -> list[Errand]:
    """One for each phone."""
    return [Errand(offer, movable=not named, destructive=destructive) for offer in offers]
