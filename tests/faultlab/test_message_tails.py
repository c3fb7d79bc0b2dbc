"""The contract with mitmproxy: the ends of its messages, on which attribution rests.

Each fault is played anew through the installed mitmproxy and OpenSSL. A version that
words a message in another way fails here, before it makes verdicts wrong in silence.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import read_observations
from tests.faultlab.faults import FAULTS
from tests.faultlab.through import through

pytestmark = pytest.mark.e2e

FIELDS = (
    "error", "connect_error", "server_tls_error", "client_tls_error", "alert_after_handshake",
    "origin_alert", "request_problem", "text",
)  # fmt: skip
TAILS = {
    "refused_alone": ("connect_error", "[Errno 111] Connect call failed"),
    "no_route_alone": ("connect_error", "[Errno 101] Network is unreachable"),
    "dead_name_alone": ("connect_error", "[Errno -2] Name or service not known"),
    "close_in_handshake": ("server_tls_error", "connection closed"),
    "close_after_request": ("error", "server closed connection"),
    "truncated_length": ("error", "peer closed connection without sending complete message body"),
    "half_a_head": ("error", "unexpected server response: "),
    "h2_reset_internal": ("error", "stream reset by client (INTERNAL_ERROR)"),
    "h2_tcp_reset": ("error", "peer closed connection"),
    "h2_goaway": ("error", "HTTP/2 connection closed: <ConnectionTerminated error_code:0"),
    "cert_not_yet": ("server_tls_error", "Certificate verify failed: certificate is not yet valid"),
    "cert_self_signed": ("server_tls_error", "Certificate verify failed: self-signed certificate"),
    "cert_wrong_host": ("server_tls_error", "Certificate verify failed: hostname mismatch"),
    "cert_unknown_issuer": (
        "server_tls_error",
        "Certificate verify failed: unable to get local issuer certificate",
    ),
    "tls_too_old": ("server_tls_error", "cannot agree on a TLS version to use"),
    "tls_mutual_12": ("server_tls_error", "alert handshake failure"),
    "tls_mutual_13": ("origin_alert", "alert certificate required"),
    "header_with_space": ("request_problem", "invalid header name: "),
    "two_lengths": ("error", "invalid content-length header: "),
    "not_http": ("text", "Bad HTTP request line: "),
    "upload_dies_fin": ("error", "peer closed connection without sending complete message body"),
    "impatient_against_baseline": ("error", "Client disconnected."),
    "pinned_unknown_ca": ("client_tls_error", "does not trust the proxy's certificate for"),
    "pinned_internal_error": ("client_tls_error", "may not trust the proxy's certificate for"),
}
"""Row of the fault lab → field of the record and what its text must hold."""
BY_NAME = {fault.name: fault for fault in FAULTS}


@pytest.mark.parametrize("name", TAILS)
def test_the_message_still_reads_so(name: str, tmp_path: Path) -> None:
    fault, (field, tail) = BY_NAME[name], TAILS[name]
    with through(tmp_path, fault.hosts) as lab:
        fault.play(lab.route, cast("Any", lab))
        time.sleep(0.3)
        lab.proxy.stop()
        told = [
            (key, value)
            for seen in read_observations(lab.folder / "observations.jsonl")
            for key in FIELDS
            if isinstance(value := getattr(seen.facts, key, None), str)
        ]

    assert any(key == field and tail in value for key, value in told), told
