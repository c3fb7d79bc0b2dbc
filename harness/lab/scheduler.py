"""The scheduler of a lab: it gives jobs to hosts and sees nothing of phones or traffic."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path

from harness.lab.security import security_of
from harness.ports import InstrumentError

QUIET = {
    # A job whose host died is never run again by the scheduler itself: it may destroy data.
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.worker-ttl": "60 seconds",
    "distributed.scheduler.work-stealing": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.comm.timeouts.connect": "10s",
    "distributed.comm.retry.count": 0,
    "distributed.admin.tick.limit": "30s",
    "distributed.admin.log-length": 1000,
    "distributed.admin.low-level-log-length": 100,
}
"""What we set of Dask."""


def run_scheduler(certs: Path, address: str, port: int, ready: Callable[[str], None]) -> int:
    """Until SIGINT or SIGTERM. Raises InstrumentError("lab", …) when it cannot listen."""
    security = security_of(certs)
    import dask.config

    from harness.lab.nodes import LabScheduler

    async def serve() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        async with LabScheduler(
            host=address, port=port, protocol="tls", security=security, dashboard=False
        ) as scheduler:
            ready(scheduler.address)
            await stop.wait()

    try:
        with dask.config.set(QUIET):
            asyncio.run(serve())
    except OSError as error:
        raise InstrumentError(
            "lab", f"listen at {address}:{port}", str(error), advice="Choose another --port."
        ) from error
    return 0
