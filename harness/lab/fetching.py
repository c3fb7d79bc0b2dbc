"""Files of a job come home as soon as it has ended, while others still work.

So a host that dies later, or a scheduler, takes no finished result with it.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from harness.lab.homecoming import bring_home
from harness.lab.host_job import HostResult, read_artefact
from harness.ports import InstrumentError

if TYPE_CHECKING:
    from distributed import Client

FETCH = 60.0
"""Seconds for one piece of a file; after that its host is not asked again for this job."""


@dataclass(slots=True)
class Fetching:
    """`begin` at a job's end; `ended` waits for it. Jobs come one after the other, since they
    share what has come already."""

    client: Client
    place: Path
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _coming: dict[str, Future[list[str]]] = field(default_factory=dict[str, Future[list[str]]])

    def begin(self, worker: str, result: HostResult) -> None:
        """`worker`: the phone's name in the lab."""
        target, store = self.folder(result.job), self.place / "by-content"
        asking = _Asking(self.client, worker)
        self._coming[result.job] = self._pool.submit(
            bring_home, result, target, asking.piece, store
        )

    def folder(self, job: str) -> Path:
        """Where a job's run comes to lie."""
        return self.place / job

    def ended(self, job: str) -> list[str]:
        """Sentences on what did not come; waits until the rest has."""
        coming = self._coming.get(job)
        return coming.result() if coming is not None else []

    def close(self) -> None:
        """What has not begun is left."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@dataclass(slots=True)
class _Asking:
    """Asks a host for pieces until it fails to answer once: each file would wait anew."""

    client: Client
    worker: str
    gone: str = ""

    def piece(self, job: str, path: str, offset: int) -> bytes:
        """Raises InstrumentError("lab", …)."""
        if self.gone:
            raise InstrumentError("lab", f"fetch {path}", self.gone)
        try:
            asked = self.client.submit(
                read_artefact, job, path, offset, workers=[self.worker], pure=False
            )
            data: bytes = asked.result(timeout=FETCH)
        except InstrumentError:
            raise  # of this file alone
        except Exception as error:
            self.gone = f"{self.worker} does not answer any more: {type(error).__name__}: {error}"
            raise InstrumentError("lab", f"fetch {path}", self.gone) from error
        return data
