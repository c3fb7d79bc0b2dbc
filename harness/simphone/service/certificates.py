"""TLS identities of the simulated hosts: the right one and the wrong ones."""

from __future__ import annotations

import datetime as dt
import ssl

import trustme

_EXPIRED_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_EXPIRED_AT = dt.datetime(2020, 12, 31, tzinfo=dt.UTC)
_KINDS = ("good", "expired", "not-yet-valid", "wrong-host", "self-signed", "portal", "inspection")
PORTAL_NAME = "login.hotel-wifi.example"


class Certificates:
    """Server-side TLS contexts per host; keys are made in memory and never stored."""

    def __init__(self) -> None:
        self._ca = trustme.CA(organization_name="Simulated Internet Root")
        self._portal = trustme.CA(organization_name="Hotel Wi-Fi")
        self._gateway = trustme.CA(organization_name="Company Web Gateway")
        self._contexts: dict[tuple[str, str], ssl.SSLContext] = {}

    @property
    def authority_pem(self) -> bytes:
        """PEM of the root that the phones ship with."""
        return self._ca.cert_pem.bytes()

    def context(self, host: str, kind: str = "good") -> ssl.SSLContext:
        """TLS context for `host`; `kind` is good, or the one thing that is wrong with it."""
        if kind not in _KINDS:
            raise ValueError(f"unknown certificate kind {kind!r}; known: {', '.join(_KINDS)}")
        key = (host, kind)
        if key not in self._contexts:
            self._contexts[key] = self._make(host, kind)
        return self._contexts[key]

    def _make(self, host: str, kind: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["h2", "http/1.1"])
        self._leaf(host, kind).configure_cert(context)
        return context

    def _leaf(self, host: str, kind: str) -> trustme.LeafCert:
        if kind == "expired":
            return self._ca.issue_cert(host, not_before=_EXPIRED_FROM, not_after=_EXPIRED_AT)
        if kind == "not-yet-valid":
            start = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
            end = start + dt.timedelta(days=365)
            return self._ca.issue_cert(host, not_before=start, not_after=end)
        if kind == "wrong-host":
            return self._ca.issue_cert("www.unrelated-host.example")
        if kind == "portal":
            return self._portal.issue_cert(PORTAL_NAME)
        if kind == "inspection":
            return self._gateway.issue_cert(host)
        if kind == "self-signed":
            return trustme.CA(organization_name="Nobody").issue_cert(host)
        now = dt.datetime.now(dt.UTC)
        return self._ca.issue_cert(
            host, not_before=now - dt.timedelta(days=90), not_after=now + dt.timedelta(days=275)
        )
