"""Writes capture.mitm: redacted flows only, each flushed, in mitmproxy's own format."""

from __future__ import annotations

import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path

from mitmproxy import http

from harness.recorder.canary import is_canary
from harness.recorder.clean_state import SharedParts, clean_state
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.control_file import ControlFile
from harness.recorder.flow_bytes import encode
from harness.recorder.recording import Recording
from harness.recorder.streaming import copy_of

OFF_LOOP = 16 * 1024
"""Bytes of body from which the redaction is done beside mitmproxy's loop."""


def whole_length(path: Path) -> int:
    """Bytes up to the end of the last whole flow; a killed proxy leaves a cut one.

    The format is tnetstrings: "<length>:<data><type>", one after the other.
    """
    end = 0
    with path.open("rb") as source:
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        while end < size:
            head = source.read(16)
            digits, colon, _ = head.partition(b":")
            if not colon or not digits.isdigit():
                break
            after = end + len(digits) + 1 + int(digits) + 1
            if after > size:
                break
            end = after
            source.seek(end)
    return end


class RedactedFlows:
    """Hooks at the end of each flow; the file may change while running."""

    def __init__(self, table: ConnectionTable) -> None:
        self._table = table
        self._recording: Recording | None = None
        self._control = ControlFile(None)
        self._path: Path | None = None
        self._file: FileIO | None = None
        self._worker = ThreadPoolExecutor(1, "harness-save")
        self._lock = threading.Lock()
        self._open: dict[str, http.HTTPFlow] = {}
        self._shared: dict[int, SharedParts] = {}  # by thread

    def use(self, recording: Recording, control: ControlFile) -> None:
        """Starts saving."""
        self._recording = recording
        self._control = control

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        if not is_canary(flow) and not self._table.foreign(flow.client_conn.id):
            self._open[flow.id] = flow

    def response(self, flow: http.HTTPFlow) -> None:
        if flow.websocket is None:
            self._end(flow)

    def websocket_end(self, flow: http.HTTPFlow) -> None:
        self._end(flow)

    def error(self, flow: http.HTTPFlow) -> None:
        self._end(flow)

    def close(self) -> None:
        """Writes what is on its way, without its answer, and closes the file."""
        for flow in list(self._open.values()):
            self._end(flow)
        self._worker.shutdown(wait=True)
        if self._file is not None:
            self._file.close()

    def _end(self, flow: http.HTTPFlow) -> None:
        recording = self._recording
        if self._open.pop(flow.id, None) is None or recording is None or recording.closing:
            return
        ordered = self._control.orders().mitm
        path = Path(ordered) if ordered else recording.settings.mitm
        if path is None:
            return
        copy = copy_of(flow)
        if (copy.size if copy else 0) + len(flow.request.raw_content or b"") < OFF_LOOP:
            self._write(flow, path, recording)
        else:
            self._worker.submit(self._write, flow, path, recording)

    def _write(self, flow: http.HTTPFlow, path: Path, recording: Recording) -> None:
        try:
            with self._lock:
                room = recording.care.may_save(self._target(path).tell(), path.parent)
            if not room:
                recording.counters.without_body += 1
                return
            shared = self._shared.get(threading.get_ident())
            if shared is None:
                shared = self._shared[threading.get_ident()] = SharedParts(recording.redactor)
            data = encode(clean_state(flow, shared))
            with self._lock:
                self._append(path, data)
        except OSError:
            recording.counters.without_body += 1  # never the app's traffic
            recording.care.refused()

    def _append(self, path: Path, data: bytes) -> None:
        """The whole flow or nothing: half of one would hide all that come after it."""
        file = self._target(path)
        before = file.tell()
        try:
            written = file.write(data)
            if written != len(data):
                raise OSError(errno.ENOSPC, f"{written} of {len(data)} bytes were taken", path)
        except OSError:
            file.truncate(before)
            file.seek(before)
            raise

    def _target(self, path: Path) -> FileIO:
        if self._file is None or path != self._path:
            if self._file is not None:
                self._file.close()
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                os.truncate(path, whole_length(path))
            self._file = path.open("ab", buffering=0)
            self._file.seek(0, os.SEEK_END)
            self._path = path
        return self._file
