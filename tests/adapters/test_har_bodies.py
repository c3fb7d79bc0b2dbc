"""Headers and bodies out of the dump."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.har_bodies import stored_flows
from tests.recorder import IMPORTED

assert IMPORTED, "mitmproxy is imported quietly there"


def _dump(path: Path) -> str:
    from mitmproxy.io import FlowWriter
    from mitmproxy.test import tflow

    wanted = tflow.tflow(resp=True)
    wanted.request.path = "/path?a=1&flag"
    with path.open("wb") as target:
        for flow in (wanted, tflow.tflow(resp=False), tflow.ttcpflow()):
            FlowWriter(target).add(flow)
    return wanted.id


def test_wanted_flows_are_read_and_a_cut_dump_gives_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "capture.mitm"
    flow_id = _dump(path)
    (stored,) = stored_flows(path, [flow_id, "other"]).values()
    assert stored.query == "?a=1&flag"
    assert stored.pairs == [{"name": "a", "value": "1"}, {"name": "flag", "value": ""}]
    assert stored.request_body == "content"
    assert stored.response_body == "message"
    assert {"name": "header-response", "value": "svalue"} in stored.response_headers
    path.write_bytes(path.read_bytes()[:-10])
    assert flow_id in stored_flows(path, [flow_id])


def test_no_dump_gives_nothing(tmp_path: Path) -> None:
    assert stored_flows(tmp_path / "none.mitm", ["x"]) == {}
