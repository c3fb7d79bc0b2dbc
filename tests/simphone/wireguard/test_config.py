"""A tunnel's file, as our harness writes it."""

from __future__ import annotations

import base64

import pytest

from harness.adapters.proxy.wireguard import WireguardKeys, client_file
from harness.simphone.wireguard.config import read_config

KEYS = WireguardKeys(*(base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2)))
TEXT = client_file(KEYS, "10.0.2.2", 51_820, ("a.b", "c.d"))


def test_what_the_client_needs() -> None:
    config = read_config(TEXT)
    assert config.private_key == bytes([2]) * 32
    assert base64.b64encode(config.public_key).decode() == KEYS.server_public
    assert (config.address, config.dns) == ("10.0.0.1", "10.0.0.53")
    assert (config.endpoint, config.applications) == (("10.0.2.2", 51_820), ("a.b", "c.d"))
    assert config.keepalive == 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Endpoint", "Nothing", "no endpoint"),
        (KEYS.client, base64.b64encode(b"short").decode(), "5 bytes, not 32"),
        (":51820", ":port", "invalid literal"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_config(TEXT.replace(old, new))
