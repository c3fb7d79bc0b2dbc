"""A handshake without a name, with origins that cut by the name and origins that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.probe_name import other_name
from harness.domain.resolve import ResolveMap, parse_resolve
from tests.faultlab.certificates import Authorities, TlsPlan
from tests.faultlab.origin import Behaviour, ClosedPort, Origin
from tests.faultlab.origin_raw import (
    close_in_handshake,
    cut_by_name,
    mute,
    not_tls,
    reset_in_handshake,
    tls_alert,
)

HOST = "api.shop.example"


@pytest.mark.parametrize(
    ("behaviour", "result", "said"),
    [
        (cut_by_name(HOST, reset_in_handshake), "ok", None),
        (tls_alert(80), "ok", None),
        (reset_in_handshake, "failed", "reset"),
        (close_in_handshake, "failed", "closed"),
        (mute, "failed", "no answer"),
        (not_tls, "failed", "no TLS: wrong version number"),
    ],
)
def test_who_answers_without_a_name(behaviour: Behaviour, result: str, said: str | None) -> None:
    origin = Origin(behaviour, None)
    try:
        resolve = ResolveMap((parse_resolve(f"{HOST}:443:127.0.0.1:{origin.port}"),))
        made = other_name(HOST, 443, resolve=resolve, timeout=0.6)
    finally:
        origin.close()
    assert (made.name, made.result, made.target) == ("other_name", result, f"{HOST}:443")
    assert made.stages.get("tls") == said


def test_a_healthy_server_answers_with_a_certificate(tmp_path: Path) -> None:
    context = Authorities(tmp_path).context(HOST, TlsPlan())
    origin = Origin(lambda wire: None, context)
    try:
        resolve = ResolveMap((parse_resolve(f"{HOST}:443:127.0.0.1:{origin.port}"),))
        assert other_name(HOST, 443, resolve=resolve).result == "ok"
    finally:
        origin.close()


def test_an_address_that_is_not_reached() -> None:
    port = ClosedPort()
    try:
        resolve = ResolveMap((parse_resolve(f"{HOST}:443:127.0.0.1:{port.port}"),))
        assert other_name(HOST, 443, resolve=resolve).result == "not_made"
    finally:
        port.close()
