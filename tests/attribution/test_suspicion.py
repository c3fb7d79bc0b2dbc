"""Which facts are worth a probe at once."""

from __future__ import annotations

from typing import Any

import pytest

from harness.attribution.suspicion import capture_in_question, our_doing, suspect
from harness.domain.facts.capture import ProxyHeartbeat
from harness.domain.facts.traffic import Envelope
from tests.attribution.build import (
    TIKTOK,
    connection,
    exchange,
    failed,
    no_client_tls,
    no_connect,
    no_server_tls,
    observe,
)
from tests.attribution.log_in_facts import CORE, FEED
from tests.attribution.proxy_texts import NOT_FOUND, VERIFY

HERE = ("origin.example", 443)
LEFT = "Client disconnected."


@pytest.mark.parametrize(
    "facts",
    [
        exchange(status=503),
        exchange(status=404),
        exchange(envelope=Envelope("app", 8)),
        exchange(body="empty"),
        exchange(shape_missing=("a",)),
        exchange(head=4.0, ended=4.0),
        exchange(ended=None, head=None, status=None),
        failed("server closed connection"),
        failed(LEFT, wait=9.0, client_open=False),
        failed("[Errno 111] Connect call failed"),
        no_connect("[Errno -2] Name or service not known"),
        no_client_tls("The client does not trust the proxy's certificate for x (unknown ca)"),
        no_server_tls("Certificate verify failed: hostname mismatch"),
        connection(connect_done=None, server_tls_begun=None, client_tls_done=None),
        connection(server_tls_done=None, client_tls_done=None),
    ],
)
def test_a_probe_could_tell_more(facts: Any) -> None:
    assert suspect(facts) == HERE


@pytest.mark.parametrize(
    "facts",
    [
        exchange(),
        exchange(status=204),
        exchange(status=None, error=None, head=None),
        failed("Received x from client, refusing to prevent"),
        failed(LEFT, content_type="text/event-stream", status=200, streamed=True),
        no_client_tls("Client and mitmproxy cannot agree on a TLS version to use."),
        connection(),
        connection(closed=2.0),
        connection(host=None),
        ProxyHeartbeat(3.0),
    ],
)
def test_a_probe_would_tell_nothing(facts: Any) -> None:
    assert suspect(facts) is None


REFUSED = "The client does not trust the proxy's certificate for x (tlsv1 alert unknown ca)"


@pytest.mark.parametrize(
    ("facts", "host"),
    [
        (no_client_tls(REFUSED), "origin.example"),
        (connection(closed=5.0), "origin.example"),
        (failed("OpenSSL Error([('SSL routines', '', 'tls alert x')])"), "origin.example"),
        (connection(origin_alert="tlsv13 alert certificate required"), "origin.example"),
        (connection(passed_through=True, closed=5.0), None),
        (exchange(status=503), None),
        (exchange(), None),
        (ProxyHeartbeat(0.1), None),
    ],
)
def test_what_may_be_our_own_doing(facts: Any, host: str | None) -> None:
    assert our_doing(facts) == host


OWN: dict[str, Any] = {"host": CORE, "path": "/aweme/v1/user/profile/self/"}


@pytest.mark.parametrize(
    ("facts", "needs", "due"),
    [
        ((), ("own_profile",), True),  # never asked
        ((FEED,), ("own_profile",), True),
        ((), (), False),
        ((exchange(**OWN),), ("own_profile",), False),
        ((exchange(status=503, **OWN),), ("own_profile",), False),
        ((failed("server closed connection", **OWN),), ("own_profile",), False),
        ((failed(NOT_FOUND, **OWN),), ("own_profile",), True),
        ((failed(NOT_FOUND, **OWN), exchange(2.0, status=503, **OWN)), ("own_profile",), False),
        ((no_connect(NOT_FOUND, host=CORE),), ("own_profile",), True),
        ((no_connect("[Errno 111] Connect call failed", host=CORE),), ("own_profile",), False),
        ((no_server_tls(f"{VERIFY}has expired", host=CORE),), ("own_profile",), True),
        ((no_connect(NOT_FOUND, host="log.example"),), ("own_profile",), True),
    ],
)
def test_whether_our_capture_is_in_question(
    facts: tuple[Any, ...], needs: tuple[str, ...], due: bool
) -> None:
    wanted = [TIKTOK.needs[name] for name in needs]
    assert capture_in_question(observe(*facts), wanted, TIKTOK) is due
