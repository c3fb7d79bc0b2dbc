"""The line format: round trip, seal, versions, kinds."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from harness.adapters.observation_line import (
    DamagedLineError,
    UnknownKindError,
    UnknownVersionError,
    decode_line,
    encode_line,
    iso,
)
from harness.domain.facts import FACTS, Facts
from harness.domain.facts.capture import ProxyHeartbeat, ProxyLog
from harness.domain.facts.screen import Screen, ScreenMessage
from harness.domain.facts.traffic import Connection, Envelope, Exchange
from harness.domain.observation import Observation

EXCHANGE = Exchange(
    flow="f1",
    client="c1",
    ordinal=2,
    method="POST",
    scheme="https",
    host="api.test",
    port=443,
    path="/login",
    http_version="HTTP/2.0",
    begun=10.25,
    status=200,
    envelope=Envelope(family="passport", code=1009, message="wrong", logid="2024"),
    values={"follower_count": 3, "name": None},
    shape_missing=("data.user_id",),
)


def seen(facts: Facts, kind: str, **changes: Any) -> Observation:
    given: dict[str, Any] = {
        "id": "p-1",
        "t": 1763887000.123456,
        "mono": 17.5,
        "source": "proxy",
        "host": "lab",
        "kind": kind,
        "facts": facts,
    }
    return Observation(**(given | changes))


def sealed(record: dict[str, Any]) -> bytes:
    body = json.dumps(record, separators=(",", ":")).encode()[:-1]
    return b'%s,"seal":"%d-%08x"}\n' % (body, len(body), zlib.crc32(body))


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("exchange", EXCHANGE),
        ("exchange.pending", EXCHANGE),
        ("connection", Connection(client="c", opened=1.0, host="a.test", port=443)),
        ("proxy.heartbeat", ProxyHeartbeat(lag=0.75)),
        ("ui.screen", Screen("p", "a", messages=(ScreenMessage("m", "Zu viele Versuche ✓"),))),
    ],
)
def test_round_trip(kind: str, facts: Facts) -> None:
    whole = seen(facts, kind, device="phone-1", scenario="log-in", step="submit")
    assert decode_line(encode_line(whole)) == whole


def test_keys_stand_in_order_and_defaults_are_left_out() -> None:
    record = json.loads(encode_line(seen(Connection(client="c", opened=1.0), "connection")))
    assert list(record) == [
        "id", "v", "t", "mono", "source", "host", "device", "scenario", "step", "kind",
        "facts", "seal",
    ]  # fmt: skip
    assert record["facts"] == {"client": "c", "opened": 1.0}
    assert record["t"] == "2025-11-23T08:36:40.123456Z"


def test_required_fields_stay_even_when_none() -> None:
    assert "package" in json.loads(encode_line(seen(Screen(None, None), "ui.screen")))["facts"]


def test_the_seal_covers_the_bytes_before_it() -> None:
    line = encode_line(seen(ProxyHeartbeat(1.0), "proxy.heartbeat"))
    body, _, rest = line.partition(b',"seal":"')
    assert rest == b'%d-%08x"}\n' % (len(body), zlib.crc32(body))


def test_bytes_that_are_no_text_are_replaced() -> None:
    line = encode_line(seen(ProxyLog("info", "raw \udc80 byte"), "proxy.log"))
    facts = decode_line(line).facts
    assert isinstance(facts, ProxyLog)
    assert facts.text == "raw ? byte"


def _changed(line: bytes) -> bytes:
    return line.replace(b'"mono":17.5', b'"mono":99.5')


GOOD = encode_line(seen(ProxyHeartbeat(0.5), "proxy.heartbeat"))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(GOOD[:-20], id="cut"),
        pytest.param(_changed(GOOD), id="changed"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff garbage", id="garbage"),
        pytest.param(b"[1,2]", id="other JSON"),
        pytest.param(sealed({"v": 1, "kind": "proxy.heartbeat"}), id="keys missing"),
        pytest.param(GOOD + GOOD, id="two lines in one"),
    ],
)
def test_damage_is_told(line: bytes) -> None:
    with pytest.raises(DamagedLineError):
        decode_line(line)


def _record(**changes: Any) -> dict[str, Any]:
    record = json.loads(GOOD)
    del record["seal"]
    return record | changes


def test_facts_that_do_not_fit_their_kind_are_damage() -> None:
    with pytest.raises(DamagedLineError, match="not an observation"):
        decode_line(sealed(_record(facts={"lag": "much"})))


def test_a_later_version_is_refused_even_if_its_keys_differ() -> None:
    with pytest.raises(UnknownVersionError, match="version 2"):
        decode_line(sealed({"v": 2, "something": "new"}))


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKindError, match=r"'moon\.phase'"):
        decode_line(sealed(_record(kind="moon.phase")))


def test_unknown_facts_of_a_known_kind_are_tolerated() -> None:
    assert decode_line(sealed(_record(facts={"lag": 1.0, "more": 1}))).facts == ProxyHeartbeat(1.0)


def test_every_kind_has_a_decoder() -> None:
    for kind in FACTS:
        with pytest.raises(DamagedLineError):
            decode_line(sealed(_record(kind=kind, facts=[])))


def test_iso_is_utc_with_microseconds() -> None:
    assert iso(0.0) == "1970-01-01T00:00:00.000000Z"
