"""Dask's scheduler and worker without their web servers: those ask nobody for a certificate."""

from __future__ import annotations

import logging
from typing import Any

from distributed import Scheduler, Worker

logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a lost host is told in our words


class LabScheduler(Scheduler):
    """Listens by TLS only."""

    def start_http_server(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Dask's own
        """Not started."""


class PhoneWorker(Worker):
    """Works for one phone. `harness_devices`: path of the host's devices.yaml."""

    harness_devices: str | None = None

    def start_http_server(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Dask's own
        """Not started."""
