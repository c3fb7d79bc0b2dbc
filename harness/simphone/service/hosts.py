"""Names of the simulated internet and what each host is for (region useast1a, one alisg).

Host families and region tokens as public captures show them; the roles given to
the API hosts (log-in on `-normal-`, the rest on `-core-`) are this simulator's,
so that transport faults can hit log-in alone.
"""

from __future__ import annotations

from dataclasses import dataclass

LOGIN_HOST = "api16-normal-c-useast1a.tiktokv.com"
API_HOST = "api16-core-c-useast1a.tiktokv.com"
RETIRED_LOGIN_HOST = "api19-normal-c-useast1a.tiktokv.com"
ABROAD_HOST = "api22-normal-c-alisg.tiktokv.com"
LOG_HOST = "log19-normal-useast1a.tiktokv.com"
MONITOR_HOST = "mon-va.byteoversea.com"
CDN_HOST = "v16m-default.tiktokcdn.com"
CAPTCHA_HOST = "verification-va.tiktokv.com"
CONTROL_HOST = "www.gstatic.com"
CONNECTIVITY_HOST = "connectivitycheck.gstatic.com"
CANARY_HOST = "canary.test"


@dataclass(frozen=True, slots=True)
class Host:
    """A name, the ports it answers on and the needs of the app that it serves."""

    name: str
    needs: tuple[str, ...]
    ports: tuple[int, ...] = (443,)


HOSTS = (
    Host(LOGIN_HOST, ("login",)),
    Host(API_HOST, ("config", "profile", "followers", "following", "feed", "play")),
    Host(ABROAD_HOST, ("compliance",)),
    Host(LOG_HOST, ("telemetry",)),
    Host(MONITOR_HOST, ("telemetry",)),
    Host(CDN_HOST, ("cdn",)),
    Host(CAPTCHA_HOST, ("captcha",)),
    Host(CONTROL_HOST, ("control",), (443, 80)),
    Host(CONNECTIVITY_HOST, ("control",), (443, 80)),
    Host(CANARY_HOST, ("canary",), (443, 80)),
)
RETIRED = Host(RETIRED_LOGIN_HOST, ("login",))
"""A host name without a record; the fault `dead-dns-name` sends the app there."""

NO_RECORD = "no-such-name.invalid"
"""Where a retired name leads, for proxies that follow the resolve map (RFC 6761)."""

PINNED = (LOGIN_HOST, API_HOST, ABROAD_HOST)
"""Hosts whose certificates the retail app pins."""

ALL_NEEDS = tuple(dict.fromkeys(need for host in HOSTS for need in host.needs))
API_NEEDS = ("login", "profile", "followers", "following", "feed", "play", "config")
"""Needs that the API hosts of the app's own region serve."""


def hosts_for(need: str) -> list[str]:
    """Host names that serve `need`; all of them for `*`."""
    return [host.name for host in HOSTS if need == "*" or need in host.needs]
