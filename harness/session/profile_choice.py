"""Which app a capture is of, where nobody said so: the one whose own service it talks to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from harness.adapters.profile_file import load_profile, profiles_of_apps
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.domain.profile import AppProfile

FALLBACK = "generic"
"""Profile of a capture whose app nobody described."""

LOOKED_AT = 5000
"""Observations from the begin; an app talks to its service soon after it is opened."""

_OWN = frozenset({"api", "passport"})
"""Roles that only the app itself talks to; a web page embeds the others' pictures and scripts."""


def hosts_in(observations: Iterable[Observation]) -> list[str]:
    """The host of each connection and exchange at the begin of a capture."""
    found: list[str] = []
    for seen in islice(observations, LOOKED_AT):
        match seen.facts:
            case Exchange() as exchange:
                found.append(exchange.host)
            case Connection() as connection if connection.host or connection.sni:
                found.append(connection.host or connection.sni or "")
            case _:
                pass
    return found


def fitting_profile(hosts: Iterable[str]) -> AppProfile:
    """The shipped profile whose service was talked to most; the generic one without any."""
    from harness.recorder.host_roles import HostRoles

    met = Counter(hosts)
    counted: list[tuple[int, AppProfile]] = []
    for profile in profiles_of_apps():
        roles = HostRoles(profile)
        counted.append((sum(n for host, n in met.items() if roles.role(host) in _OWN), profile))
    most, best = max(counted, key=lambda entry: entry[0])
    return best if most else load_profile(FALLBACK)
