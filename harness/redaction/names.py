"""Which names of fields, headers, cookies and parameters carry something to take out."""

from __future__ import annotations

import re
from enum import Enum

from harness.domain.profile import Secrets


class Treatment(Enum):
    """What is done with the value that stands under a name."""

    DROP = "drop"  # removed, presence kept
    PSEUDONYM = "pseudonym"  # keyed tag
    KEEP = "keep"


_DROP_PARTS = re.compile(
    r"passw|passphrase|pwd|secret|token|authoriz|authent|cookie|credential|signature"
    r"|session|api[-_]?key|access[-_]?key|private[-_]?key|ticket|csrf|xsrf|otp\b|one[-_]?time"
    r"|sms[-_]?code|verif\w*[-_]?code|captcha|jwt|bearer|nonce|assertion",
    re.IGNORECASE,
)
"""Parts of names that mean a secret in any app."""

_PSEUDONYM_PARTS = re.compile(
    r"e-?mail|mobile|phone|msisdn|user[-_]?name|unique[-_]?id|nick[-_]?name|login[-_]?name"
    r"|device[-_]?id|install[-_]?id|android[-_]?id|openudid|\bimei|\bimsi|serial|\bmac\b|_mac$"
    r"|gaid|google[-_]?aid|\bidfa|advert\w*[-_]?id|latitude|longitude|birth|address\b",
    re.IGNORECASE,
)
_PSEUDONYM_WHOLE = frozenset(
    {
        "uid", "user_id", "userid", "sec_uid", "secuid", "iid", "cdid", "did", "lat", "lon",
        "lng", "handle", "account", "user", "owner_id", "author_id", "ssid", "iccid",
        "client_ip", "x-forwarded-for", "x-real-ip", "forwarded", "mcc_mnc",
    }
)  # fmt: skip
_KEPT = frozenset(
    {
        "x-tt-logid", "logid", "log_id", "impr_id", "x-tt-trace-id", "traceparent", "request_id",
        "x-request-id", "sec-websocket-version", "device_platform", "device_type",
        "device_brand", "mail_count", "content-length", "session_count",
    }
)  # fmt: skip
"""Names that are needed as evidence and hold no secret although a part of them sounds so."""


class Names:
    """Generic names of secrets and identifiers plus those of the app's profile."""

    def __init__(self, secrets: Secrets | None = None) -> None:
        own = secrets or Secrets()
        self._drop = frozenset(name.lower() for name in own.drop)
        self._pseudonym = frozenset(name.lower() for name in own.pseudonym)
        self._known: dict[str, Treatment] = {}

    def treatment(self, name: str) -> Treatment:
        """By the profile's names first, then by what is a secret everywhere."""
        known = self._known.get(name)
        if known is None:
            known = self._decide(name.strip().lower())
            if len(self._known) < 4096:  # names come from the wire: no endless growth
                self._known[name] = known
        return known

    def _decide(self, name: str) -> Treatment:
        if name in self._drop:
            return Treatment.DROP
        if name in self._pseudonym:
            return Treatment.PSEUDONYM
        if name in _KEPT:
            return Treatment.KEEP
        if _DROP_PARTS.search(name):
            return Treatment.DROP
        if name in _PSEUDONYM_WHOLE or _PSEUDONYM_PARTS.search(name):
            return Treatment.PSEUDONYM
        return Treatment.KEEP
