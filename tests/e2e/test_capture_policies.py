"""How much of a phone's traffic is looked at is its entry's choice, and no more is touched."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.observation_file import read_observations
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.traffic import Connection, Exchange
from harness.domain.observation import Observation
from harness.session.incident import set_incident
from tests.e2e.lab import Lab, devices_file, verdicts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(200)]

STORES = "cat /system/etc/security/cacerts/* /apex/com.android.conscrypt/cacerts/* | sha256sum"
RULES = "iptables -S; ip6tables -S"


@dataclass(slots=True)
class Watched:
    """What was found on the phone in the time of a run, over and over."""

    proxies: set[str] = field(default_factory=set[str])
    reversed: set[str] = field(default_factory=set[str])
    stores: set[str] = field(default_factory=set[str])
    rules: set[str] = field(default_factory=set[str])


@contextmanager
def watched(lab: Lab, serial: str) -> Generator[Watched]:
    """Looks at the phone as root until the block ends."""
    seen, stop = Watched(), threading.Event()

    def shell(command: str) -> str:
        return lab.adb("-s", serial, "shell", command).stdout.strip()

    def look() -> None:
        while not stop.is_set():
            try:
                seen.proxies.add(shell("settings get global http_proxy"))
                seen.reversed.add(lab.adb("-s", serial, "reverse", "--list").stdout.strip())
                seen.stores.add(shell(STORES))
                seen.rules.add(shell(RULES))
            except subprocess.TimeoutExpired:  # the phone restarts its adbd as root
                continue

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        stop.set()
        looking.join()


def visibility(run: Path) -> list[CaptureVisibility]:
    return [s.facts for s in read_observations(run) if isinstance(s.facts, CaptureVisibility)]


def traffic(run: Path) -> list[Observation]:
    return [s for s in read_observations(run) if isinstance(s.facts, Exchange | Connection)]


def play(
    lab: Lab,
    folder: Path,
    answer: dict[str, Any],
    *words: str,
    scenario: str = "followers",
    **entry: str,
) -> tuple[Path, list[dict[str, Any]]]:
    """A run of one scenario with such an entry; its folder and its verdicts."""
    devices, out = devices_file(folder, answer, **entry), folder / "out"
    run = ("run", "--devices", str(devices), "--scenario", scenario, "--out", str(out), *words)
    done = lab.harness(*run)
    assert (out / "verdicts.json").exists(), done.stdout + done.stderr
    return out, verdicts(out)


def test_without_interception_the_phone_is_left_alone(lab: Lab, tmp_path: Path) -> None:
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        with watched(lab, serial) as seen:
            out, (verdict,) = play(lab, tmp_path, answer, "--no-interception")

    assert (verdict["outcome"], verdict["visibility"]) == ("passed", "not_captured")
    assert (seen.proxies, seen.reversed) == ({"null"}, {""})
    assert len(seen.stores) == 1
    assert traffic(out) == []
    assert [made.canary for made in visibility(out)] == ["not_made"]
    assert not list(out.rglob("*.mitm"))
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["interception"] is False


def test_metadata_alone_reads_nothing_and_installs_nothing(lab: Lab, tmp_path: Path) -> None:
    """And QUIC, which is blocked meanwhile, is free again afterwards."""
    with lab.phones() as answer:
        serial = answer["phones"][0]["address"]
        with watched(lab, serial) as seen:
            out, (verdict,) = play(lab, tmp_path, answer, capture="metadata", quic="block")
        rules = lab.adb("-s", serial, "shell", RULES).stdout.strip()

    assert (verdict["outcome"], verdict["visibility"]) == ("passed", "opaque")
    assert "127.0.0.1:8080" in seen.proxies
    assert len(seen.stores - {""}) == 1  # nothing is read while adbd restarts as root
    assert any(rule.count("-p udp --dport 443 -j REJECT") == 2 for rule in seen.rules)
    assert rules == ""
    facts = [seen.facts for seen in traffic(out)]
    assert facts
    assert all(isinstance(made, Connection) and made.passed_through for made in facts)
    assert [(made.canary, made.trust, made.quic) for made in visibility(out)] == [
        ("reached", "none", "blocked")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "visible", "parties"),
    [
        ({"capture": "none"}, "not_captured", {"server", "unknown"}),
        ({"capture": "metadata"}, "opaque", {"server", "unknown"}),
        ({"quic": "record"}, "open", {"server"}),
    ],
    ids=["none", "metadata", "record QUIC"],
)
def test_in_an_outage_nobody_is_blamed_wrongly(
    entry: dict[str, str], visible: str, parties: set[str], lab: Lab, tmp_path: Path
) -> None:
    with lab.phones() as answer:
        set_incident(answer["phones"][0]["control"], "login-outage")
        out, (verdict,) = play(lab, tmp_path, answer, scenario="login", **entry)

    assert verdict["visibility"] == visible
    assert (verdict["outcome"], verdict["party"] in parties) == ("failed", True), verdict["summary"]
    if entry.get("quic") == "record":
        assert {made.quic for made in visibility(out)} == {"recorded"}
        assert [made.canary for made in visibility(out)] == ["reached", "decrypted"]
