"""Texts are read by errno and tail; prefixes and the words client and server do not matter."""

from __future__ import annotations

import pytest

from harness.attribution import failure_text as texts
from harness.attribution.failure_kind import FailureKind as Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[Errno 111] Connect call failed ('127.0.0.1', 1)", Kind.TCP_REFUSED),
        ("[Errno 61] Connect call failed", Kind.TCP_REFUSED),
        ("[Errno 104] Connect call failed", Kind.TCP_RESET),
        ("[Errno 110] Connect call failed", Kind.TCP_TIMED_OUT),
        ("[Errno 113] Connect call failed", Kind.TCP_UNREACHABLE),
        ("[Errno 101] Network is unreachable", Kind.TCP_UNREACHABLE),
        ("[Errno -2] Name or service not known", Kind.DNS_NAME_NOT_RESOLVED),
        ("[Errno -3] Temporary failure in name resolution", Kind.DNS_TEMPORARY),
        ("[Errno -5] No address associated with hostname", Kind.DNS_NO_ADDRESS),
        ("[Errno 8] nodename nor servname provided, or not known", Kind.DNS_NAME_NOT_RESOLVED),
        ("Multiple exceptions: [Errno 101] x, [Errno 111] y", Kind.TCP_REFUSED),
        ("Multiple exceptions: [Errno -2] x, [Errno -3] y", Kind.DNS_NAME_NOT_RESOLVED),
        ("Connect call failed", Kind.TCP_FAILED),
        ("No route to host", Kind.TCP_UNREACHABLE),
        ("server closed connection", None),
        ("[Errno -4] Non-recoverable failure in name resolution", Kind.DNS_TEMPORARY),
        ("Non-recoverable failure in name resolution", Kind.DNS_TEMPORARY),
        ("[Errno 24] Too many open files", Kind.PROXY_NO_SOCKET),
        ("[Errno 1] Operation not permitted", Kind.PROXY_NO_SOCKET),
        ("[Errno 99] Cannot assign requested address", Kind.TCP_UNREACHABLE),
        ("[Errno 9999] what", None),
    ],
)
def test_connect_errors(text: str, kind: Kind | None) -> None:
    assert texts.connect_failure(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("certificate has expired", Kind.TLS_CERTIFICATE_EXPIRED),
        ("certificate is not yet valid or …", Kind.TLS_CERTIFICATE_NOT_YET_VALID),
        ("hostname mismatch", Kind.TLS_CERTIFICATE_HOSTNAME),
        ("IP address mismatch", Kind.TLS_CERTIFICATE_HOSTNAME),
        ("self-signed certificate", Kind.TLS_CERTIFICATE_SELF_SIGNED),
        ("self-signed certificate in certificate chain", Kind.TLS_CERTIFICATE_UNTRUSTED),
        ("unable to get local issuer certificate", Kind.TLS_CERTIFICATE_UNTRUSTED),
        ("unable to verify the first certificate", Kind.TLS_CERTIFICATE_UNTRUSTED),
        ("CA md too weak", Kind.TLS_CERTIFICATE_INVALID),
    ],
)
def test_certificates(text: str, kind: Kind) -> None:
    assert texts.server_tls_failure(f"Certificate verify failed: {text}") is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The remote server does not speak TLS.", Kind.TLS_SERVER_NOT_TLS),
        ("… wrong version number", Kind.TLS_SERVER_NOT_TLS),
        ("… 'tlsv13 alert certificate required'", Kind.PROXY_CLIENT_CERTIFICATE),
        ("… 'sslv3 alert handshake failure'", Kind.TLS_SERVER_ALERT),
        ("connection closed", Kind.TLS_SERVER_CLOSED),
        ("server closed connection", None),
    ],
)
def test_handshakes_with_the_origin(text: str, kind: Kind | None) -> None:
    assert texts.server_tls_failure(text) is kind


@pytest.mark.parametrize("prefix", ["sslv3 alert", "ssl/tls alert", "tls alert", "tlsv1 alert"])
@pytest.mark.parametrize("tail", ["unknown ca", "certificate unknown", "bad certificate"])
def test_refusals_after_the_handshake_by_their_tail(prefix: str, tail: str) -> None:
    assert texts.alert_after_handshake(f"('SSL routines', '', '{prefix} {tail}')") is (
        Kind.TLS_CLIENT_REFUSED
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Received unexpected HTTP/2 response.", Kind.HTTP_MALFORMED_ANSWER),
        ("Invalid HTTP/2 request headers: x", Kind.HTTP_MALFORMED_REQUEST),
        ("Received x from server, refusing to prevent", Kind.PROXY_VALIDATION),
        ("Response body exceeds mitmproxy's body_size_limit.", Kind.PROXY_BODY_LIMIT),
        (r"unexpected server response: b'\x00\x00*\x04\x00\x00\x00\x00\x00'", Kind.PROXY_PROTOCOL),
        (r"unexpected server response: b'\x00\x01'", Kind.HTTP_MALFORMED_ANSWER),
        ("Client disconnected.", None),
    ],
)
def test_malformed_messages(text: str, kind: Kind | None) -> None:
    assert texts.malformed(text) is kind


def test_an_unknown_refusal_of_a_quic_app_is_a_refusal() -> None:
    assert texts.client_tls_failure("certificate problem") is Kind.TLS_CLIENT_REFUSED
    assert texts.client_tls_failure("connection closed early") is None
