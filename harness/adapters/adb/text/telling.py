"""Log lines that bear on the question: whose fault is it?"""

from __future__ import annotations

import re

from harness.adapters.adb.text.logcat import LogLine
from harness.domain.facts.device import LogEntry

_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "tls_refused",
        re.compile(
            r"CertPathValidatorException|SSLHandshakeException|CERTIFICATE_VERIFY_FAILED"
            r"|Trust anchor for certification path|ERR_CERT_|ERR_SSL_PINNED|net_error -2\d\d\b"
            r"|certificate.{0,20}(?:unknown|refused|rejected|not trusted)|Certificate pinning",
            re.IGNORECASE,
        ),
    ),
    (
        "dns",
        re.compile(
            r"UnknownHostException|Unable to resolve host|ERR_NAME_NOT_RESOLVED|EAI_NODATA"
            r"|android_getaddrinfo failed",
            re.IGNORECASE,
        ),
    ),
    (
        "no_network",
        re.compile(r"ERR_INTERNET_DISCONNECTED|ENETUNREACH|Network is unreachable", re.IGNORECASE),
    ),
    (
        "no_space",
        re.compile(r"ENOSPC|No space left on device|SQLiteFullException|SQLITE_FULL"),
    ),
)


def telling(line: LogLine, text: str | None = None) -> LogEntry | None:
    """The entry for a line worth keeping. `text`: the redacted form of the line's text."""
    for topic, pattern in _TOPICS:
        if pattern.search(line.text):
            return LogEntry(
                tag=line.tag,
                priority=line.priority,
                text=(line.text if text is None else text)[:300],
                topic=topic,
                phone_time=line.time,
            )
    return None
