"""The phone or the network failed: what the verdict must say."""

from __future__ import annotations

from harness.domain.facts.device import AppDeath, DeviceConditions, LogEntry
from tests.attribution.build import no_client_tls, no_connect, probe, site
from tests.attribution.log_in_facts import API, APP, REFUSED, login_failed, screen
from tests.attribution.proxy_texts import TRUST
from tests.attribution.truth import Truth

SURROUNDINGS_TRUTHS: list[Truth] = [
    (
        "airplane mode",
        ((1.0, DeviceConditions(airplane=True, network=False)), screen(5.0, "no_internet")),
        {},
        "failed",
        "device",
    ),
    (
        "radios off",
        ((1.0, DeviceConditions(airplane=False, wifi=False, mobile_data=False)),),
        {},
        "failed",
        "device",
    ),
    (
        "storage full",
        (
            (1.0, DeviceConditions(free_bytes=2**20)),
            (2.0, LogEntry("x", "E", "ENOSPC", "no_space")),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "clock wrong",
        (
            (1.0, DeviceConditions(clock_offset=-2 * 365 * 86400.0)),
            no_client_tls(TRUST, 2.0, host=API),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "low memory",
        (
            (1.0, DeviceConditions(memory_low=True)),
            (5.0, AppDeath(APP, "low_memory")),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "private dns",
        (
            (1.0, DeviceConditions(private_dns="dns.example", network=True, validated=False)),
            (2.0, LogEntry("x", "E", "UnknownHost", "dns")),
            screen(5.0, "no_internet"),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "vpn",
        (
            (1.0, DeviceConditions(vpn=True, network=True, validated=False)),
            screen(5.0, "no_internet"),
        ),
        {},
        "failed",
        "device",
    ),
    (
        "captive portal",
        (
            (1.0, DeviceConditions(network=True, validated=False, captive_portal=True)),
            login_failed("Certificate verify failed: self-signed certificate"),
        ),
        {},
        "failed",
        "network",
    ),
    (
        "no internet behind the network",
        ((1.0, DeviceConditions(network=True, validated=False)), screen(5.0, "no_internet")),
        {},
        "failed",
        "network",
    ),
    (
        "nothing passes",
        (no_connect(REFUSED, 2.0, host=API), site("failed"), probe(host=API, stage="tcp")),
        {},
        "failed",
        "network",
    ),
    (
        "no route",
        (no_connect("[Errno 101] Network is unreachable", 2.0, host=API),),
        {},
        "failed",
        "network",
    ),
    (
        "resolver dead",
        (
            no_connect("[Errno -3] Temporary failure in name resolution", 2.0, host=API),
            probe(host=API, stage="dns", why="temporary failure"),
        ),
        {},
        "failed",
        "network",
    ),
]
