"""mitmproxy's log lines that no hook repeats: alerts after the handshake, addon errors.

An app that refuses our certificate after a completed handshake leaves nothing but the
line "TLS Error: … alert …"; bytes that are no HTTP leave nothing but a line either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from harness.domain.facts.capture import ProxyLog
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.recording import Recording

MOST = 2000
"""Lines of one capture; a flood must not fill the disk."""

_REPEATED = (
    "client connect",
    "client disconnect",
    "server connect",
    "server disconnect",
    "error establishing server connection",
    "client tls handshake failed",
    "server tls handshake failed",
    "unable to establish tls connection",
    "http(s) proxy listening",
    "closing transports",
    "transports closed",
    "streaming response",
    "streaming request",
)
"""Beginnings of lines that only repeat what a hook tells."""

_PROXY = "mitmproxy.proxy.server"
_TLS_ERROR = "TLS Error: "
_ORIGINS = "certificate required"
"""Only who asked for a certificate sends this alert (RFC 8446, 6.2), and we ask no app for one;
the log names the app's connection because the origin's belongs to it."""


def repeats_a_hook(text: str) -> bool:
    """True for a line that adds nothing."""
    return text.lower().startswith(_REPEATED)


_KEY = "PrivateKey"
"""mitmproxy tells the file of its tunnel's client with the key in it."""


def _is_news(record: logging.LogRecord) -> bool:
    """Stops repeated lines early: mitmproxy sends each line to every addon."""
    return not repeats_a_hook(record.getMessage())


class LogLines(logging.Handler):
    """Attached to the loggers `mitmproxy.*`."""

    def __init__(self, table: ConnectionTable, refused: Callable[[str], None]) -> None:
        """`refused` is told of a connection whose app sent an alert."""
        super().__init__(logging.INFO)
        self._table = table
        self._refused = refused
        self._recording: Recording | None = None
        self._written = 0

    def attach(self, recording: Recording) -> None:
        """Starts listening."""
        self._recording = recording
        logging.getLogger("mitmproxy").addHandler(self)
        logging.getLogger(_PROXY).addFilter(_is_news)

    def detach(self) -> None:
        """Stops listening."""
        logging.getLogger("mitmproxy").removeHandler(self)
        logging.getLogger(_PROXY).removeFilter(_is_news)

    def emit(self, record: logging.LogRecord) -> None:
        recording = self._recording
        if recording is None or recording.closing:
            return
        text = record.getMessage()
        if repeats_a_hook(text) or _KEY in text:
            return
        client = self._client(record)
        if client is not None and self._table.foreign(client):
            return
        if record.exc_info and record.exc_info[1] is not None:
            text += f" [{record.exc_info[1]!r}]"  # the text alone may say no more than "crashed"
        clean = recording.redactor.text(text[:500])
        if text.startswith(_TLS_ERROR) and client is not None:
            self._alert(client, clean.removeprefix(_TLS_ERROR))
        if "due to inactivity" in text and client is not None:
            self._table.mark(client, ended_by="proxy")
        self._written += 1
        if self._written <= MOST:
            recording.write("proxy.log", ProxyLog(record.levelname.lower(), clean, client))

    def _alert(self, client: str, text: str) -> None:
        facts = self._table.facts(client)
        if facts is None:
            return
        if _ORIGINS in text.lower():  # also while the app's own handshake is under way
            self._table.mark(client, origin_alert=text)
            return
        if facts.client_tls_done is None:
            return
        if facts.requests == 0:
            self._table.fail(client, alert_after_handshake=text, ended_by="app")
            self._refused(client)
        else:
            self._table.mark(client, alert_after_handshake=text)

    def _client(self, record: logging.LogRecord) -> str | None:
        peer: object = getattr(record, "client", None)
        if not isinstance(peer, tuple) or len(peer) < 2:  # pyright: ignore[reportUnknownArgumentType] - an attribute that mitmproxy adds
            return None
        return self._table.client_of(f"{peer[0]}:{peer[1]}")
