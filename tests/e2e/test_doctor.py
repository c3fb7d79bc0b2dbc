"""Doctor on phones in every state that a shelf knows, through the real adb server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.lab import Lab, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


def ask(phone: dict[str, Any], verb: str, value: object) -> None:
    answer = httpx.post(
        f"{phone['control']}/phone", json={"verb": verb, "value": value}, timeout=20.0
    )
    assert answer.is_success, answer.text


def bad(lab: Lab, devices: Path) -> tuple[int, dict[tuple[str, str], str]]:
    """(exit code, what mends it by phone and name of each finding that is not well)."""
    done = lab.harness("doctor", "--devices", str(devices), "--json")
    document = json.loads(done.stdout)
    assert document["exit_code"] == done.returncode
    rows = [row for row in document["findings"] if not row["ok"]]
    assert all(row["mend"] for row in rows)
    return done.returncode, {(row["subject"], row["name"]): row["mend"] for row in rows}


def test_every_state_is_told_with_what_mends_it(lab: Lab, tmp_path: Path) -> None:
    devices = tmp_path / "devices.yaml"
    with lab.phones("--count", "2") as answer:
        one, two = answer["phones"]
        shelf = {"one": one["address"], "two": two["address"]}
        devices.write_text(json.dumps({"phones": {n: {"serial": s} for n, s in shelf.items()}}))
        assert bad(lab, devices) == (0, {})

        for verb, value in (("storage_full", True), ("clock_offset", 90_000), ("airplane", True)):
            ask(one, verb, value)
        ask(two, "adb_silent", True)
        code, found = bad(lab, devices)
        assert (code, set(found)) == (
            18,
            {("one", "storage"), ("one", "clock"), ("one", "network"), ("two", "state")},
        )
        ask(two, "adb_silent", False)
        ask(two, "unauthorized", True)
        assert eventually(lambda: "unauthorized" in lab.adb("devices").stdout, 10)
        assert "allow USB debugging" in bad(lab, devices)[1]["two", "state"]

        shelf["gone"] = "127.0.0.1:1"
        devices.write_text(json.dumps({"phones": {"gone": {"serial": shelf["gone"]}}}))
        assert set(bad(lab, devices)[1]) == {("gone", "state")}


def test_a_phone_behind_an_address_needs_no_server_of_the_users(lab: Lab, tmp_path: Path) -> None:
    devices = tmp_path / "devices.yaml"
    with lab.phones("--no-connect") as answer:
        phone = answer["phones"][0]
        devices.write_text(json.dumps({"phones": {"desk": {"serial": phone["address"]}}}))
        assert bad(lab, devices)[0] == 0

        ask(phone, "screen_locked", True)
        done = lab.harness("doctor", "--devices", str(devices))
        assert "desk, lock: dark or locked" in done.stdout
        assert lab.adb("devices").stdout.strip() == "List of devices attached"
