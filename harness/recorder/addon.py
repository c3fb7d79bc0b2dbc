"""mitmdump's script: puts the parts of the recorder together.

    mitmdump -s harness/recorder/addon.py --set harness_observations=FILE …

The order matters in one place: the stall guard comes after mitmproxy's own TlsConfig,
so it is added in `running`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mitmproxy import ctx, exceptions, version
from mitmproxy.addonmanager import Loader

from harness.domain.facts.capture import CaptureVisibility, ProxyLog, ProxyStarted, ProxyStopped
from harness.recorder import close_code, equal_lengths, interim_answers, reset_side
from harness.recorder.canary import Canary, CanaryHandshake
from harness.recorder.combined import combine
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.connections import AppSide
from harness.recorder.control_file import ControlFile
from harness.recorder.descriptors import raise_limit
from harness.recorder.early_speech import Delivery, EarlyAnswer, EarlySpeech
from harness.recorder.exchanges import Exchanges
from harness.recorder.heap_trim import HeapTrim, trimmer
from harness.recorder.heartbeat import Heartbeat
from harness.recorder.lean import remove_unused
from harness.recorder.log_flood import LogFlood
from harness.recorder.logs import LogLines
from harness.recorder.name_book import NameBook
from harness.recorder.name_server import NameServer
from harness.recorder.origins import OriginSide
from harness.recorder.orphan import OrphanWatch
from harness.recorder.pass_through import PassThrough
from harness.recorder.ready import Ready, announce, ca_fingerprint, ca_path, listening
from harness.recorder.recording import Recording, open_recording
from harness.recorder.reset_side import ResetSides
from harness.recorder.resolve import Resolve
from harness.recorder.save import RedactedFlows
from harness.recorder.settings import add_options, current
from harness.recorder.sign_of_life import SignOfLife
from harness.recorder.stall import StallGuard
from harness.recorder.streaming import Streaming

_SHAPING = (
    "connection_strategy",
    "validate_inbound_headers",
    "upstream_cert",
    "http2",
    "rawtcp",
    "show_ignored_hosts",
    "ssl_verify_upstream_trusted_ca",
)
"""Options of mitmproxy that change what the app sees; reported with the capture."""


class Recorder:
    """Opens the recording, starts the parts, closes in order."""

    def __init__(self) -> None:
        self.table = ConnectionTable()
        self.sides = ResetSides()
        self.exchanges = Exchanges(self.table, self.sides)
        self.passing = PassThrough(self.table)
        self.early = EarlySpeech(self.table)
        self.save = RedactedFlows(self.table)
        self.book = NameBook()
        self.resolve = Resolve(self.book)
        self.names = NameServer(self.book, self.table)
        self._logs = LogLines(self.table, self.passing.refused)
        self._flood = LogFlood()
        self._alive = SignOfLife()
        trim = HeapTrim(self._done_so_far, trimmer())
        ticks = (
            self.table.tick,
            self.exchanges.tick,
            self._tick,
            self._alive.tick,
            trim.tick,
        )
        self._heartbeat = Heartbeat(ticks)
        self._orphan = OrphanWatch()
        self._undo: list[Callable[[], None]] = []
        self._recording: Recording | None = None

    def load(self, loader: Loader) -> None:
        add_options(loader)

    def configure(self, updated: set[str]) -> None:
        if self._recording is not None or "harness_observations" not in updated:
            return
        try:
            recording = open_recording(current())
        except (OSError, ValueError) as error:
            raise exceptions.OptionsError(f"harness recorder: {error}") from error
        self._recording = self.table.recording = recording
        if recording.settings.watch_stdin:
            self._orphan.start(_private())
        control = ControlFile(recording.settings.control_file)
        self.exchanges.use(recording)
        self.passing.use(recording, control)
        self.save.use(recording, control)

    def running(self) -> None:
        recording = self._recording
        if recording is None:
            raise exceptions.OptionsError("harness recorder: harness_observations is not set")
        ctx.master.addons.add(StallGuard(self._closed_early), CanaryHandshake())
        if recording.settings.watch_stdin:  # ours alone: nobody set other options by hand
            remove_unused()
            raise_limit()
        self._answer_names(recording)
        self._mend_mitmproxy(recording)
        self._logs.attach(recording)
        self._flood.attach([*logging.getLogger().handlers, self._logs])
        host, port = listening()
        recording.write("proxy.started", _started(recording, port))
        self._heartbeat.start(recording)
        self._orphan.closing_works = True
        if recording.settings.ready_file is not None:
            ready = Ready(host=host, port=port, pid=os.getpid(), ca=str(ca_path()))
            announce(recording.settings.ready_file, ready)
            self._alive.use(recording.settings.ready_file)

    def _answer_names(self, recording: Recording) -> None:
        """Before mitmproxy's own resolver, which then answers what is left."""
        resolver = ctx.master.addons.get("dnsresolver")
        if resolver is not None:
            ctx.master.addons.remove(resolver)
        self.names.use(recording.settings.resolve, resolver)
        self.resolve.use(recording.settings.resolve)

    def trusted(self, store: str) -> None:
        """A request of ours came encrypted by our certificate, and was read."""
        if self._recording is not None:
            told = "a request of ours came encrypted and was read"
            seen = CaptureVisibility("decrypted", store, told)
            self._recording.write("capture.visibility", seen)

    def _mend_mitmproxy(self, recording: Recording) -> None:
        for install, without in (
            (partial(reset_side.install, self.sides), "who reset a stream is not told"),
            (equal_lengths.install, "an answer that repeats its length is refused"),
            (interim_answers.install, "an interim answer is taken for the answer"),
            (close_code.install, "a WebSocket's close code 1014 is told as 1002"),
        ):
            undo = install()
            if undo is not None:
                self._undo.append(undo)
                continue
            text = f"mitmproxy {version.VERSION} is not known: {without}"
            recording.write("proxy.log", ProxyLog("warning", text))

    def _tick(self, now: float) -> None:
        if self._recording is not None:
            self._recording.tick(now)

    def _done_so_far(self) -> int:
        counters = self._recording.counters if self._recording else None
        return counters.exchanges + counters.connections if counters else 0

    def _closed_early(self, client: str) -> None:
        self.table.mark(client, origin_closed_early=True)

    def done(self) -> None:
        recording = self._recording
        if recording is None or recording.closing:
            return
        self._heartbeat.stop()
        self._flood.detach()
        self._logs.detach()
        self.exchanges.flush()
        self.table.flush()
        self.save.close()
        counters = recording.counters
        reason = "shutdown" if self._orphan.orphaned else "signal"
        if counters.lost:
            text = f"{counters.lost} lines could not be written: disk full, or the cap reached"
            recording.write("proxy.log", ProxyLog("error", text))
        if counters.without_body:
            text = f"{counters.without_body} flows are known by their line alone, without bodies"
            recording.write("proxy.log", ProxyLog("warning", text))
        stopped = ProxyStopped(reason, counters.exchanges, counters.connections)
        recording.write("proxy.stopped", stopped)
        recording.closing = True  # mitmproxy now breaks what is open: nobody else's doing
        recording.writer.close()
        for undo in self._undo:
            undo()
        self._orphan.clean(_private())


def _private() -> Path:
    return Path(ctx.options.confdir).expanduser()


def _started(recording: Recording, port: int) -> ProxyStarted:
    options = {name: str(getattr(ctx.options, name)) for name in _SHAPING if name in ctx.options}
    options["bodies"] = "streamed"
    options["chosen_addresses"] = "yes" if recording.settings.resolve.rules else "no"
    options["foreign_hosts"] = "pass" if recording.settings.foreign_pass else "record"
    return ProxyStarted(
        pid=os.getpid(),
        port=port,
        mitmproxy=version.VERSION,
        ca_sha256=ca_fingerprint(ca_path()),
        options=options,
        profile=recording.profile.name if recording.profile else None,
    )


def parts() -> object:
    """All parts as one addon, in the order in which their hooks run."""
    recorder = Recorder()
    return combine(
        [
            recorder,
            AppSide(recorder.table),
            OriginSide(recorder.table, recorder.book),
            recorder.names,
            recorder.passing,
            recorder.early,
            EarlyAnswer(recorder.early, Delivery()),
            Canary(recorder.trusted),
            Streaming(),
            recorder.exchanges,
            recorder.save,
        ]
    )


addons = [parts()]
