"""Dumps of mitmproxy become exchanges; torn ones as far as they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.domain.facts.traffic import Exchange
from harness.session.mitm_reader import MitmError, read_mitm
from tests.session.mitm_dump import answered, dump, tflow
from tests.session.old_dumps import FORMATS, old_dump


def read(path: Path) -> tuple[list[tuple[str, Exchange]], list[str]]:
    notes: list[str] = []
    found = [(seen.kind, seen.facts) for seen in read_mitm(path, notes)]
    return [(kind, facts) for kind, facts in found if isinstance(facts, Exchange)], notes


def test_flows_become_exchanges(tmp_path: Path) -> None:
    connect = tflow.tflow()
    connect.request.method = "CONNECT"
    path = dump(
        tmp_path / "x.mitm",
        answered(503),
        tflow.tflow(err=True),
        tflow.tflow(),
        connect,
        tflow.ttcpflow(),
    )
    found, notes = read(path)
    assert [kind for kind, _ in found] == ["exchange", "exchange", "exchange.pending"]
    assert found[0][1].status == 503
    assert found[1][1].error is not None
    assert notes == []


@pytest.mark.parametrize("version", FORMATS)
def test_dumps_of_mitmproxy_9_to_12_are_read(tmp_path: Path, version: int) -> None:
    path = old_dump(tmp_path / "x.mitm", version, answered(503), tflow.tflow(err=True), answered())
    assert f"7:version;{len(str(version))}:{version}#".encode() in path.read_bytes()
    found, notes = read(path)
    assert [facts.status for _, facts in found] == [503, None, 200]
    assert found[0][1].host == "address"
    assert notes == []


DUMPS = Path(__file__).with_name("dumps")
"""Written by these versions themselves: a 503, a failed call, TCP, a WebSocket, DNS, a 200."""


@pytest.mark.parametrize("version", ["9.0.1", "10.4.2", "11.1.3", "12.1.2"])
def test_what_these_versions_wrote_themselves(version: str) -> None:
    found, notes = read(DUMPS / f"mitmproxy-{version}.mitm")
    assert [(facts.status, facts.websocket_close) for _, facts in found] == [
        (503, None), (None, None), (101, 1000), (200, None),
    ]  # fmt: skip
    assert found[1][1].error == "error"
    assert notes == []


def test_an_open_websocket_is_an_answered_call(tmp_path: Path) -> None:
    made = tflow.twebsocketflow()
    assert made.websocket is not None
    made.websocket.timestamp_end = made.websocket.close_code = None
    (((kind, facts),), _) = read(dump(tmp_path / "x.mitm", made))
    assert (kind, facts.status, facts.error) == ("exchange", 101, None)


def test_a_damaged_flow_costs_itself(tmp_path: Path) -> None:
    path = dump(tmp_path / "x.mitm", answered(), answered(503), answered(201))
    data = path.read_bytes().replace(b"8:response", b"8:respomse", 1)
    path.write_bytes(data.replace(b":503#", b":5x3#"))
    found, notes = read(path)
    assert [facts.status for _, facts in found] == [201]
    assert notes == ["one damaged place was passed over, with the flow in which it lies"]
    path.write_bytes(data)
    found, notes = read(path)
    assert [facts.status for _, facts in found] == [503, 201]
    assert len(notes) == 1


def test_a_dump_of_a_later_mitmproxy_is_refused(tmp_path: Path) -> None:
    path = old_dump(tmp_path / "x.mitm", 21, answered())
    path.write_bytes(path.read_bytes().replace(b"2:21#", b"2:99#"))
    with pytest.raises(MitmError, match="flow format version 99"):
        read(path)


def test_a_torn_dump_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = dump(tmp_path / "x.mitm", answered(), answered(), answered())
    path.write_bytes(path.read_bytes()[:-10])
    found, notes = read(path)
    assert len(found) == 2
    assert notes == ["the dump breaks off after 2 flows; they were judged"]


@pytest.mark.parametrize("data", [b"garbage", b"\x00\x01\x02", b"5:abc", b"3:abc,", b"[1]"])
def test_what_is_no_dump_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.mitm"
    path.write_bytes(data)
    with pytest.raises(MitmError, match="no HAR and no mitmproxy dump"):
        read(path)
