"""`dumpsys connectivity`: the default network and what Android thinks of it.

Judged by the default agent's capabilities, the stable part between releases
(android-storage 4.4). An IMS-only agent is not internet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACTIVE = re.compile(r"Active default network:\s*(\S+)")
_AGENT = re.compile(r"NetworkAgentInfo\s*\{", re.MULTILINE)
_ID = re.compile(r"network\{(\d+)\}|NetworkAgentInfo ?\[[^\]]* - (\d+)\]")
_CAPABILITIES = re.compile(r"Capabilities:\s*([A-Z0-9_&]+)")
_TRANSPORTS = re.compile(r"Transports:\s*([A-Z0-9_|&]+)")


@dataclass(frozen=True, slots=True)
class Connectivity:
    """None = the dump did not say."""

    network: bool | None = None
    validated: bool | None = None
    captive_portal: bool | None = None
    vpn: bool | None = None
    transports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Agent:
    id: str
    transports: tuple[str, ...]
    capabilities: frozenset[str]


def read_connectivity(text: str) -> Connectivity:
    """The default network's standing."""
    active = _ACTIVE.search(text)
    agents = _agents(text)
    vpn = any("VPN" in agent.transports for agent in agents) if agents else None
    if active is None:
        return Connectivity(vpn=vpn)
    if active[1].lower() == "none":
        return Connectivity(network=False, validated=False, captive_portal=False, vpn=bool(vpn))
    default = next((agent for agent in agents if agent.id == active[1]), None)
    if default is None:
        return Connectivity(network=True, vpn=vpn)
    return Connectivity(
        network="INTERNET" in default.capabilities,
        validated="VALIDATED" in default.capabilities,
        captive_portal="CAPTIVE_PORTAL" in default.capabilities,
        vpn=vpn,
        transports=default.transports,
    )


def _agents(text: str) -> list[_Agent]:
    starts = [found.start() for found in _AGENT.finditer(text)]
    found: list[_Agent] = []
    for index, start in enumerate(starts):
        part = text[start : starts[index + 1] if index + 1 < len(starts) else len(text)]
        number, capabilities = _ID.search(part), _CAPABILITIES.search(part)
        if number is None or capabilities is None:
            continue
        transports = _TRANSPORTS.search(part)
        found.append(
            _Agent(
                number[1] or number[2],
                tuple(re.split(r"[|&]", transports[1])) if transports else (),
                frozenset(capabilities[1].split("&")),
            )
        )
    return found
