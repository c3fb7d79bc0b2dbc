"""The file of redacted flows."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
from mitmproxy.io import FlowReader
from mitmproxy.test import tflow

from harness.adapters.proxy.canary_host import CANARY_HOST
from harness.adapters.proxy.orders import Orders, write_orders
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.control_file import ControlFile
from harness.recorder.save import OFF_LOOP, RedactedFlows, whole_length
from tests.recorder.flows import flow
from tests.recorder.recording_stand_in import Kept


def flows_in(path: Path) -> list[str]:
    with path.open("rb") as source:
        return [each.id for each in FlowReader(source).stream()]


def saver(tmp_path: Path, kept: Kept | None = None) -> RedactedFlows:
    made = RedactedFlows(ConnectionTable())
    made.use(kept or Kept(mitm=tmp_path / "capture.mitm"), ControlFile(tmp_path / "control.json"))
    return made


def test_each_flow_is_on_file_when_it_ends_and_the_rest_at_the_close(tmp_path: Path) -> None:
    save, path = saver(tmp_path), tmp_path / "capture.mitm"
    good, failed, waiting = flow(), flow(status=None, error="closed"), flow(status=None)
    canary = flow()
    canary.request.host = CANARY_HOST
    for made in (good, failed, waiting, canary):
        save.requestheaders(made)
    save.response(good)
    assert flows_in(path) == [good.id]
    save.error(failed)
    save.error(failed)
    save.response(canary)
    save.close()
    assert flows_in(path) == [good.id, failed.id, waiting.id]


def test_large_bodies_are_redacted_beside_the_loop(tmp_path: Path) -> None:
    save = saver(tmp_path)
    large = flow()
    large.request.content = b'{"x":"' + b"y" * OFF_LOOP + b'"}'
    save.requestheaders(large)
    save.response(large)
    save.close()
    assert flows_in(tmp_path / "capture.mitm") == [large.id]


def test_the_file_changes_by_order(tmp_path: Path) -> None:
    save = saver(tmp_path)
    one, two = flow(), flow()
    for made, order in ((one, None), (two, str(tmp_path / "sub" / "try.mitm"))):
        write_orders(tmp_path / "control.json", Orders(mitm=order))
        save.requestheaders(made)
        save.response(made)
    save.close()
    assert flows_in(tmp_path / "capture.mitm") == [one.id]
    assert flows_in(tmp_path / "sub" / "try.mitm") == [two.id]


def test_a_flow_that_was_cut_by_a_kill_is_cut_off_before_others_follow(tmp_path: Path) -> None:
    path, first, second = tmp_path / "capture.mitm", flow(), flow()
    for made in (first, second):
        save = saver(tmp_path)
        save.requestheaders(made)
        save.response(made)
        save.close()
        path.write_bytes(path.read_bytes() + path.read_bytes()[:50])
    assert whole_length(path) < path.stat().st_size
    with path.open("rb+") as file:
        file.truncate(whole_length(path))
    assert flows_in(path) == [first.id, second.id]


@pytest.mark.parametrize("data", [b"", b"garbage", b"12:short", b"9999999999999999999:"])
def test_whole_length_of_what_is_no_dump(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert whole_length(tmp_path / "x") == 0


def test_websockets_end_by_their_own_hook_and_nothing_without_a_path(tmp_path: Path) -> None:
    save = saver(tmp_path)
    socket = tflow.twebsocketflow()
    save.requestheaders(socket)
    save.response(socket)
    save.websocket_end(socket)
    save.close()
    assert flows_in(tmp_path / "capture.mitm") == [socket.id]
    silent = saver(tmp_path / "none", Kept())
    made = flow()
    silent.requestheaders(made)
    silent.response(made)
    silent.close()
    assert not (tmp_path / "none").exists()


def test_a_full_disk_is_counted(tmp_path: Path) -> None:
    kept = Kept(mitm=tmp_path)  # a folder cannot be written to
    save = saver(tmp_path, kept)
    made = flow()
    save.requestheaders(made)
    save.response(made)
    save.close()
    assert kept.counters.without_body == 1


def test_a_flow_that_the_disk_takes_half_of_is_taken_back(tmp_path: Path) -> None:
    kept = Kept(mitm=tmp_path / "capture.mitm")
    save, path = saver(tmp_path, kept), tmp_path / "capture.mitm"
    flows = [flow() for _ in range(3)]
    for number, made in enumerate(flows):
        save.requestheaders(made)
        if number == 1:  # no file may grow now: what the system does when a disk is full
            limit = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, limit[1]))
            try:
                save.response(made)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, limit)
            kept.care.tick(time.monotonic() + 60)
        else:
            save.response(made)
    save.close()

    assert flows_in(path) == [flows[0].id, flows[2].id]
    assert kept.counters.without_body == 1
