"""Keys and listener of mitmproxy's WireGuard mode, and the client's file for them.

Keys are made for each run; they lie in the proxy's private folder (0700, files 0600) and on the
phone for the time of the run, nowhere else.
"""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

ADDRESS, RESOLVER = "10.0.0.1", "10.0.0.53"
"""Of the client and of the resolver in the tunnel: fixed in mitmproxy's WireGuard mode."""
EMULATOR_HOST = "10.0.2.2"
"""What an emulator calls the loopback of its host."""


@dataclass(frozen=True, slots=True)
class WireguardListener:
    """Where mitmproxy listens (UDP), and under which address the phone reaches that."""

    listen: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class WireguardKeys:
    """Private keys of both sides, as WireGuard writes them (base64)."""

    server: str = field(repr=False)
    client: str = field(repr=False)

    @property
    def server_public(self) -> str:
        """What the client knows of the server."""
        private = X25519PrivateKey.from_private_bytes(base64.b64decode(self.server))
        return base64.b64encode(private.public_key().public_bytes_raw()).decode()


def make_keys(path: Path) -> WireguardKeys:
    """New keys in a file of mode 0600, as mitmproxy reads them. Raises OSError."""
    server, client = (
        base64.b64encode(X25519PrivateKey.generate().private_bytes_raw()).decode() for _ in range(2)
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"server_key": server, "client_key": client}, file)
    return WireguardKeys(server, client)


def free_udp_port(address: str) -> int:
    """A port of `address` that is free now. Raises OSError for an address that is not ours."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def client_file(keys: WireguardKeys, endpoint: str, port: int, packages: Sequence[str]) -> str:
    """The tunnel's file for the WireGuard app; only `packages` go through it."""
    return (
        "[Interface]\n"
        f"PrivateKey = {keys.client}\n"
        f"Address = {ADDRESS}/32\n"
        f"DNS = {RESOLVER}\n"
        f"IncludedApplications = {', '.join(packages)}\n"
        "\n"
        "[Peer]\n"
        f"PublicKey = {keys.server_public}\n"
        "AllowedIPs = 0.0.0.0/0, ::/0\n"
        f"Endpoint = {endpoint}:{port}\n"
        "PersistentKeepalive = 5\n"
    )
