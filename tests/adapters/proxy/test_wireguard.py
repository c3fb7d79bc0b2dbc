"""Keys and files of the tunnel."""

from __future__ import annotations

import json
from pathlib import Path

import mitmproxy_rs
import pytest

from harness.adapters.proxy.wireguard import client_file, free_udp_port, make_keys


def test_keys_are_new_private_and_as_mitmproxy_reads_them(tmp_path: Path) -> None:
    keys, others = make_keys(tmp_path / "one.json"), make_keys(tmp_path / "two.json")
    file = tmp_path / "one.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text()) == {"server_key": keys.server, "client_key": keys.client}
    assert keys.server_public == mitmproxy_rs.wireguard.pubkey(keys.server)
    assert len({keys.server, keys.client, others.server, others.client}) == 4
    assert keys.client not in repr(keys)
    with pytest.raises(FileExistsError):
        make_keys(file)


def test_the_clients_file_names_the_app(tmp_path: Path) -> None:
    keys = make_keys(tmp_path / "keys.json")
    lines = client_file(keys, "10.0.2.2", 5, ("a.b", "c.d")).splitlines()
    assert "IncludedApplications = a.b, c.d" in lines
    assert "Endpoint = 10.0.2.2:5" in lines
    assert f"PublicKey = {keys.server_public}" in lines
    assert not [line for line in lines if keys.server in line], "the server's key stays here"


def test_a_port_of_an_address_that_is_ours() -> None:
    assert 0 < free_udp_port("127.0.0.1") < 65_536
    with pytest.raises(OSError, match="assign"):
        free_udp_port("192.0.2.1")
