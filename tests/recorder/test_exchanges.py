"""One line for each request."""

from __future__ import annotations

from mitmproxy import http
from mitmproxy.test import tflow

from harness.adapters.proxy.canary_host import CANARY_HOST
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.exchanges import Exchanges
from harness.recorder.reset_side import ResetSides
from tests.recorder.flows import flow
from tests.recorder.recording_stand_in import PROFILE, Kept


class Bench:
    def __init__(self, **settings: object) -> None:
        self.table, self.sides = ConnectionTable(), ResetSides()
        self.kept = Kept(profile=PROFILE, **settings)  # type: ignore[arg-type] - fields of Settings
        self.table.recording = self.kept
        self.addon = Exchanges(self.table, self.sides)
        self.addon.use(self.kept)

    def begin(self, made: http.HTTPFlow) -> http.HTTPFlow:
        self.table.begin(made.client_conn.id, None)
        self.table.ask(made.client_conn.id, made.request.host, 443)
        self.addon.requestheaders(made)
        return made


def test_an_answer_is_one_line() -> None:
    bench = Bench()
    made = bench.begin(flow())
    bench.addon.response(made)
    bench.addon.error(made)
    ((kind, facts),) = bench.kept.seen
    assert (kind, facts.status, facts.ordinal) == ("exchange", 200, 1)
    assert facts.envelope is not None
    assert bench.kept.counters.exchanges == 1


def test_what_waits_is_pending_once_and_then_ends() -> None:
    bench = Bench()
    made = bench.begin(flow(status=None))
    begun = bench.addon._open[made.id].begun
    for later in (0.5, 1.1, 3.0):
        bench.addon.tick(begun + later)
    made.error = tflow.terr("stream reset by client (INTERNAL_ERROR)")
    bench.sides.note(made.client_conn.id, "origin")
    bench.addon.error(made)
    assert bench.kept.kinds == ["exchange.pending", "exchange"]
    assert bench.kept.seen[1][1].reset_by == "origin"


def test_canaries_and_other_apps_leave_no_line() -> None:
    bench = Bench(foreign_pass=True)
    canary = flow()
    canary.request.host = CANARY_HOST
    other = flow()
    other.request.host = "mail.other.org"
    for made in (canary, other):
        bench.begin(made)
        bench.addon.response(made)
    bench.addon.flush()
    assert bench.kept.seen == []


def test_a_websocket_is_written_when_it_ends_and_keeps_no_message() -> None:
    bench = Bench()
    made = bench.begin(tflow.twebsocketflow())
    bench.addon.response(made)
    bench.addon.websocket_message(made)
    assert made.websocket is not None
    assert made.websocket.messages == []
    assert bench.kept.seen == []
    bench.addon.websocket_end(made)
    assert bench.kept.kinds == ["exchange"]


def test_an_open_websocket_waits_for_nothing() -> None:
    bench = Bench()
    made = bench.begin(tflow.twebsocketflow())
    assert made.websocket is not None
    made.websocket.timestamp_end = made.websocket.close_code = None
    bench.addon.tick(1e9)
    assert bench.kept.kinds == []
    bench.addon.flush()
    ((kind, facts),) = bench.kept.seen
    assert (kind, facts.status, facts.websocket_close) == ("exchange", 101, None)
    assert facts.ended is not None


def test_what_mitmproxy_breaks_while_it_closes_is_not_written() -> None:
    bench = Bench()
    made = bench.begin(flow(status=None))
    bench.addon.flush()
    bench.kept.closing = True
    made.error = tflow.terr("server closed connection")
    bench.addon.error(made)
    assert bench.kept.kinds == ["exchange.pending"]
