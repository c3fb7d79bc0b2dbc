"""The HAR export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.har import export_har
from harness.adapters.observation_line import iso
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation

T = 1_763_887_000.0


def exchange(**changes: Any) -> Exchange:
    given: dict[str, Any] = {
        "flow": "f1", "client": "c1", "ordinal": 1, "method": "POST", "scheme": "https",
        "host": "api.test", "port": 443, "path": "/login", "http_version": "HTTP/2.0",
        "begun": 10.0, "sent": 10.1, "head": 10.5, "ended": 10.6, "status": 200,
        "content_type": "application/json", "response_bytes": 77, "request_bytes": 5,
    }  # fmt: skip
    return Exchange(**(given | changes))


def seen(facts: Exchange | Connection, kind: str, mono: float = 20.0) -> Observation:
    return Observation(
        f"p-{mono}", T, mono, "proxy", "lab", kind, facts, "phone-1", "log-in", "submit"
    )


def entries(tmp_path: Path, *observations: Observation, **more: Any) -> list[dict[str, Any]]:
    path = tmp_path / "sub" / "capture.har"
    count = export_har(observations, path, **more)
    log = json.loads(path.read_text(encoding="utf-8"))["log"]
    assert log["version"] == "1.2"
    assert log["pages"] == []
    assert len(log["entries"]) == count
    for made in log["entries"]:  # what HAR 1.2 demands of each entry
        assert made.keys() >= {"startedDateTime", "time", "request", "response", "cache", "timings"}
        spans = [span for span in made["timings"].values() if span >= 0]
        assert made["time"] == pytest.approx(sum(spans))
    return log["entries"]


def test_a_good_exchange(tmp_path: Path) -> None:
    (made,) = entries(tmp_path, seen(exchange(), "exchange"), parties={"p-20.0": "none"})
    assert made["request"]["url"] == "https://api.test/login"
    assert (made["response"]["status"], made["response"]["content"]["size"]) == (200, 77)
    assert made["timings"]["wait"] == 400.0
    assert made["startedDateTime"] == iso(T - 10.0)
    assert "_error" not in made
    labels = [made[f"_{name}"] for name in ("device", "scenario", "step", "party", "visibility")]
    assert labels == ["phone-1", "log-in", "submit", "none", "open"]


def test_a_two_second_hang_shows_two_seconds_and_its_error(tmp_path: Path) -> None:
    hang = exchange(status=None, head=None, ended=12.1, error="Client disconnected.")
    (made,) = entries(tmp_path, seen(hang, "exchange"))
    assert made["time"] == pytest.approx(2100.0)
    assert made["_error"] == made["response"]["_error"] == "Client disconnected."
    assert made["response"]["status"] == 0


def test_a_cut_answer_is_no_200(tmp_path: Path) -> None:
    (made,) = entries(tmp_path, seen(exchange(error="peer closed"), "exchange"))
    assert made["response"]["status"] == 0


def test_a_pending_line_gives_way_to_its_end_or_stands_for_itself(tmp_path: Path) -> None:
    waiting = exchange(status=None, head=None, ended=None)
    other = exchange(flow="f2", status=None, head=None, ended=None)
    made = entries(
        tmp_path,
        seen(waiting, "exchange.pending", 11.0),
        seen(other, "exchange.pending", 12.0),
        seen(exchange(), "exchange", 13.0),
    )
    assert [item.get("_error") for item in made] == [None, "no answer yet"]
    assert made[1]["time"] == pytest.approx(2000.0)


def test_opaque_and_failed_connections_are_entries_and_others_are_not(tmp_path: Path) -> None:
    passed = Connection(
        "c1", 1.0, 2.0, "pinned.test", 443, passed_through=True, bytes_up=9, bytes_down=99,
        address="10.0.0.1:443", connect_done=1.2,
    )  # fmt: skip
    refused = Connection("c2", 1.0, host="dead.test", port=443, connect_error="[Errno 111]")
    fine = Connection("c3", 1.0, 2.0, "api.test", 443, requests=1)
    made = entries(
        tmp_path,
        seen(passed, "connection", 3.0),
        seen(refused, "connection", 4.0),
        seen(fine, "connection", 5.0),
    )
    assert [item["request"]["url"] for item in made] == [
        "https://dead.test:443/",
        "https://pinned.test:443/",
    ]
    assert made[0]["_error"] == "[Errno 111]"
    assert made[1]["_visibility"] == "opaque"
    assert made[1]["serverIPAddress"] == "10.0.0.1"
    assert made[1]["response"]["bodySize"] == 99
