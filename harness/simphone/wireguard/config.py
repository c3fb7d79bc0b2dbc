"""A tunnel's file, as wg-quick and the WireGuard app write it."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TunnelConfig:
    """What the client needs of it; keys are 32 bytes."""

    private_key: bytes
    address: str
    dns: str
    public_key: bytes
    endpoint: tuple[str, int]
    applications: tuple[str, ...] = ()  # packages whose traffic goes in; none = all
    keepalive: int = 0  # seconds


def read_config(text: str) -> TunnelConfig:
    """Raises ValueError naming what is missing or wrong."""
    values: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals:
            values[name.strip().lower()] = value.strip()
    try:
        host, _, port = values["endpoint"].rpartition(":")
        return TunnelConfig(
            private_key=_key(values["privatekey"]),
            address=values["address"].partition("/")[0],
            dns=values["dns"],
            public_key=_key(values["publickey"]),
            endpoint=(host, int(port)),
            applications=tuple(
                part.strip()
                for part in values.get("includedapplications", "").split(",")
                if part.strip()
            ),
            keepalive=int(values.get("persistentkeepalive", "0")),
        )
    except KeyError as error:
        raise ValueError(f"the tunnel's file has no {error.args[0]}") from error


def _key(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError(f"a key has {len(key)} bytes, not 32")
    return key
