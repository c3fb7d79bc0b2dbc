"""A host of a lab: offers its attached phones, each as a worker of its own."""

from __future__ import annotations

import asyncio
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from harness.lab.host_job import LONGEST_END, needed_phones, running_jobs, stop_lab_job
from harness.lab.offer import Offer
from harness.lab.scheduler import QUIET
from harness.lab.security import security_of
from harness.ports import InstrumentError

LOOK = 5.0
"""Seconds between two looks at what is attached."""

THREADS = 2
"""One for the phone's job, one for those who fetch its files."""

CONNECT = 15.0


@dataclass(frozen=True, slots=True)
class HostPlan:
    """`look` says what is attached now; `tell` gets sentences for people."""

    scheduler: str  # tls://host:port
    certs: Path
    devices: Path | None
    look: Callable[[], list[Offer]]
    tell: Callable[[str], None]
    every: float = LOOK
    limits: Mapping[str, Any] = field(default_factory=lambda: QUIET)


def join_lab(plan: HostPlan) -> int:
    """Until SIGINT or SIGTERM; looks for the scheduler again when it is gone.

    Raises InstrumentError("lab", …) where it cannot be reached at the beginning.
    """
    security_of(plan.certs)
    import dask.config

    own_address(plan.scheduler)
    with (
        dask.config.set(dict(plan.limits)),
        tempfile.TemporaryDirectory(prefix="harness-lab-") as temp,
    ):
        asyncio.run(_Host(plan, temp).serve())
    return 0


def own_address(scheduler: str) -> str:
    """The address of this machine towards the scheduler. Raises InstrumentError("lab", …)."""
    parts = urlsplit(scheduler)
    if parts.scheme != "tls" or not parts.hostname or not parts.port:
        raise InstrumentError(
            "lab", f"read the address {scheduler}", "it is no tls://HOST:PORT",
            advice="Without TLS there is no lab.",
        )  # fmt: skip
    try:
        with socket.create_connection((parts.hostname, parts.port), timeout=CONNECT) as probe:
            return str(probe.getsockname()[0])
    except OSError as error:
        raise InstrumentError(
            "lab", f"reach the scheduler {scheduler}", str(error),
            advice="Is it running? harness lab scheduler",
        ) from error  # fmt: skip


class _Host:
    def __init__(self, plan: HostPlan, temp: str) -> None:
        self._plan = plan
        self._temp = temp
        self._workers: dict[str, Any] = {}  # by the offer's name
        self._told_lost = False

    async def serve(self) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        while not stop.is_set():
            await self._look()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._plan.every)
        await self._end_jobs()
        for name in list(self._workers):
            await self._withdraw(name, "this host leaves")

    async def _end_jobs(self) -> None:
        """As by Ctrl-C, so that phones are given back; their results still reach the run."""
        for job in running_jobs():
            self._plan.tell(f"ending job {job}")
            await asyncio.to_thread(stop_lab_job, job)
        await asyncio.to_thread(_wait_for_jobs)

    async def _look(self) -> None:
        """Offers what has come, withdraws what has gone.

        A phone that is worked for stays: a loose cable, or a restart that the job asked for, is
        for the job to get over; it would be lost with the offer, and so would its files.
        """
        there = {offer.name: offer for offer in await asyncio.to_thread(self._plan.look)}
        for name, worker in list(self._workers.items()):
            if worker.status.name in {"closed", "failed", "closing"}:
                del self._workers[name]  # the scheduler went away: offered again below
            elif name not in there and name not in needed_phones():
                await self._withdraw(name, "it is no longer attached")
        for name, offer in there.items():
            if name not in self._workers and name not in running_jobs().values():
                await self._offer(offer)

    async def _offer(self, offer: Offer) -> None:
        from harness.lab.nodes import PhoneWorker

        try:
            worker = PhoneWorker(
                self._plan.scheduler,
                name=offer.name,
                nthreads=THREADS,
                resources=offer.resources,
                security=security_of(self._plan.certs),
                host=await asyncio.to_thread(own_address, self._plan.scheduler),
                protocol="tls",
                dashboard=False,
                local_directory=self._temp,
                death_timeout=CONNECT,
            )
            worker.harness_devices = str(self._plan.devices) if self._plan.devices else None
            await asyncio.wait_for(worker, CONNECT * 2)
        except (OSError, TimeoutError, InstrumentError, RuntimeError) as error:
            if not self._told_lost:
                self._plan.tell(f"the scheduler is not reached, trying again: {error}")
            self._told_lost = True
            return
        self._told_lost = False
        self._workers[offer.name] = worker
        rows = [*sorted(offer.labels.items()), *(("tag", tag) for tag in offer.tags)]
        labels = ", ".join(f"{key}={value}" for key, value in rows)
        self._plan.tell(f"offered: {offer.name}{f' ({labels})' if labels else ''}")

    async def _withdraw(self, name: str, why: str) -> None:
        worker = self._workers.pop(name)
        with suppress(Exception):  # the scheduler may be gone already
            await worker.close(timeout=2, executor_wait=False, reason=why)
        self._plan.tell(f"withdrawn: {name}, {why}")


def _wait_for_jobs() -> None:
    deadline = time.monotonic() + LONGEST_END
    while running_jobs() and time.monotonic() < deadline:
        time.sleep(0.2)
