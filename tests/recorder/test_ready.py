"""Telling that the proxy listens."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from mitmproxy import ctx
from mitmproxy.test import taddons

from harness.adapters.proxy.certificate import make_authority
from harness.recorder.ready import Ready, announce, ca_fingerprint, ca_path, listening


def test_the_file_is_whole_when_it_is_there(tmp_path: Path) -> None:
    announce(tmp_path / "ready.json", Ready("127.0.0.1", 8080, 1, "/ca.pem"))
    assert json.loads((tmp_path / "ready.json").read_bytes()) == {
        "host": "127.0.0.1", "port": 8080, "pid": 1, "ca": "/ca.pem",
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["ready.json"]


def test_the_fingerprint_is_that_of_the_authority(tmp_path: Path) -> None:
    made = make_authority(tmp_path)
    assert ca_fingerprint(made.certificate) == made.sha256


def test_where_it_listens_and_where_the_authority_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with taddons.context() as context:
        context.options.confdir = str(tmp_path)
        assert ca_path() == tmp_path / "mitmproxy-ca-cert.pem"
        with pytest.raises(RuntimeError, match="listens nowhere"):
            listening()
        server = SimpleNamespace(listen_addrs=lambda: [("127.0.0.1", 15801)])

        def get(_name: str) -> SimpleNamespace:
            return server

        monkeypatch.setattr(ctx.master.addons, "get", get)
        assert listening() == ("127.0.0.1", 15801)
