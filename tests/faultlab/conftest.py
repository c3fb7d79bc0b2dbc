"""One set of authorities and a way to let a stand-in meet an origin without a proxy."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.faultlab.certificates import Authorities
from tests.faultlab.client import Route
from tests.faultlab.relay import relaying
from tests.faultlab.world import Host, standing

Meet = Callable[..., contextlib.AbstractContextManager[Route]]


@pytest.fixture
def authorities(tmp_path: Path) -> Authorities:
    """Fresh ones."""
    return Authorities(tmp_path)


@pytest.fixture
def meet(authorities: Authorities) -> Meet:
    """`with meet(host, …) as route:` the hosts stand and the route leads to them."""

    @contextlib.contextmanager
    def meeting(*hosts: Host) -> Generator[Route]:
        with standing(hosts, authorities) as rules, relaying(rules) as port:
            yield Route("127.0.0.1", port, authorities.trusted)

    return meeting
