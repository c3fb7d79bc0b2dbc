"""The hosts of one experiment: origins, ports that are no origins, and the resolve map."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from tests.faultlab.certificates import Authorities, TlsPlan
from tests.faultlab.origin import Behaviour, ClosedPort, FullBacklog, Origin

NO_ROUTE = "224.0.0.1"
"""TCP to a multicast address: the kernel answers "network is unreachable" at once."""
SINKHOLE = "0.0.0.0"
"""Where a filtering resolver sends a name; nobody listens there."""
DEAD_NAME = "no-such-name.invalid"
"""RFC 6761: never exists."""


@dataclass(frozen=True, slots=True)
class Host:
    """One host of the experiment.

    `reach`: tls, bare (the behaviour gets TCP), refused, dead_name, no_route,
    syn_dropped, sinkhole (0.0.0.0, as a filtering resolver says it, and refused there).
    `serves`: connections after which the service is gone; `opens_after`: seconds before it
    is there. Meanwhile connections are refused.
    """

    name: str
    behaviour: Behaviour | None = None
    tls: TlsPlan = field(default_factory=TlsPlan)
    reach: str = "tls"
    port: int = 443
    serves: int | None = None
    opens_after: float = 0.0


def _listen(host: Host, authorities: Authorities) -> Origin | ClosedPort | FullBacklog | None:
    if host.reach in {"refused", "sinkhole"}:
        return ClosedPort()
    if host.reach == "syn_dropped":
        return FullBacklog()
    if host.reach in {"tls", "bare"}:
        if host.behaviour is None:
            raise ValueError(f"{host.name}: an origin needs a behaviour")
        context = authorities.context(host.name, host.tls) if host.reach == "tls" else None
        return Origin(
            host.behaviour,
            context,
            host.tls.after,
            serves=host.serves,
            opens_after=host.opens_after,
        )
    if host.reach not in {"dead_name", "no_route"}:
        raise ValueError(f"{host.name}: reach {host.reach!r} is not known")
    return None


@contextlib.contextmanager
def standing(hosts: Iterable[Host], authorities: Authorities) -> Generator[tuple[str, ...]]:
    """Starts the hosts; yields what `--resolve` needs to find them."""
    with contextlib.ExitStack() as stack:
        rules: list[str] = []
        for host in hosts:
            place = _listen(host, authorities)
            if place is not None:
                stack.callback(place.close)
                address = SINKHOLE if host.reach == "sinkhole" else "127.0.0.1"
                target = f"{address}:{place.port}"
            else:
                name = DEAD_NAME if host.reach == "dead_name" else NO_ROUTE
                target = f"{name}:{host.port}"
            rules.append(f"{host.name}:{host.port}:{target}")
        yield tuple(rules)
