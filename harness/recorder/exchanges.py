"""Writes one line for each request and what became of it.

After the answer's head a failure leaves both a status and an error; the error is the
truth. An answer that mitmproxy made up has no response on the flow, only an error.
"""

from __future__ import annotations

import time

from mitmproxy import http

from harness.recorder.canary import is_canary
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.envelope import ReadsAnswers
from harness.recorder.exchange_facts import Progress, exchange_facts
from harness.recorder.recording import Recording
from harness.recorder.reset_side import ResetSides

PENDING_AFTER = 1.0
"""Seconds after which a request without an end is worth a line."""


class Exchanges:
    """Hooks of HTTP flows. At most two lines for each: pending, then its end."""

    def __init__(self, table: ConnectionTable, sides: ResetSides) -> None:
        self._table = table
        self._sides = sides
        self._recording: Recording | None = None
        self._reader: ReadsAnswers | None = None
        self._open: dict[str, Progress] = {}

    def use(self, recording: Recording) -> None:
        """Starts recording."""
        self._recording = recording
        self._reader = recording.reader

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        client = flow.client_conn.id
        if is_canary(flow) or self._table.foreign(client):
            return
        ordinal = self._table.next_ordinal(client)
        self._open[flow.id] = Progress(flow, ordinal, time.monotonic())

    def response(self, flow: http.HTTPFlow) -> None:
        if flow.websocket is None:
            self._end(flow)

    def error(self, flow: http.HTTPFlow) -> None:
        self._end(flow)

    def websocket_message(self, flow: http.HTTPFlow) -> None:
        """Messages are not kept: a long connection would fill the memory."""
        if flow.websocket is not None:
            flow.websocket.messages.clear()

    def websocket_end(self, flow: http.HTTPFlow) -> None:
        self._end(flow)

    def tick(self, now: float) -> None:
        """Writes what has waited for over a second, once."""
        for progress in self._open.values():
            waits = progress.flow.websocket is None and now - progress.begun >= PENDING_AFTER
            if waits and not progress.pending_written:
                self._pending(progress)

    def flush(self) -> None:
        """The proxy stops: what is on its way is written as pending, a WebSocket as it is."""
        for progress in list(self._open.values()):
            if progress.flow.websocket is None:
                self._pending(progress)
            else:
                self._end(progress.flow)
        self._open.clear()

    def _pending(self, progress: Progress) -> None:
        progress.pending_written = True
        recording = self._recording
        if recording is not None and not recording.closing:
            facts = exchange_facts(
                progress,
                mono=recording.mono,
                redactor=recording.redactor,
                reader=None,
                over=False,
            )
            recording.write("exchange.pending", facts)

    def _end(self, flow: http.HTTPFlow) -> None:
        progress = self._open.pop(flow.id, None)
        recording = self._recording
        if progress is None or recording is None or recording.closing:
            return
        side = None
        if flow.error is not None:
            side = self._sides.take(flow.client_conn.id, flow.error.msg)
        facts = exchange_facts(
            progress,
            mono=recording.mono,
            redactor=recording.redactor,
            reader=self._reader,
            reset_by=side,
        )
        recording.counters.exchanges += 1
        recording.write("exchange", facts)
