"""What doctor finds on the host, and what mends it."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from harness.domain.device import DeviceEntry, PortChoice
from harness.ports import InstrumentError
from harness.session import host_check
from harness.session.finding import Finding
from tests.answers import always


def test_a_failing_check_becomes_a_finding_with_its_mend() -> None:
    def fails() -> str:
        raise LookupError("no such tool")

    finding = host_check.checked("host", "tool", fails, "make setup")

    assert finding == Finding("host", "tool", ok=False, detail="no such tool", mend="make setup")


def test_a_tool_that_is_not_found_says_it_once() -> None:
    def fails() -> str:
        raise InstrumentError("tools", "find node", "not installed", advice="Run: make setup")

    assert host_check.checked("host", "node", fails, "make setup").detail == "not installed"


def test_a_program_that_fails_is_named_with_its_exit_code() -> None:
    with pytest.raises(LookupError, match="exit code 3"):
        host_check._first_line(["/bin/sh", "-c", "exit 3"])


def test_leftovers_of_an_interrupted_run_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path))
    assert host_check._leftovers() == "none"
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals" / "R58N.json").write_text(json.dumps({}))

    with pytest.raises(LookupError, match="R58N"):
        host_check._leftovers()


def test_every_host_check_that_fails_tells_what_to_do() -> None:
    findings = host_check.host_findings([DeviceEntry("e", avd="Pixel")])

    assert {"emulator", "KVM", "adb server"} <= {finding.name for finding in findings}
    for finding in findings:
        assert finding.ok or finding.mend


@pytest.mark.parametrize(("text", "parts"), [("12.2.3", (12, 2, 3)), ("3.8", (3, 8)), ("x", ())])
def test_versions_are_compared_by_number(text: str, parts: tuple[int, ...]) -> None:
    assert host_check.numbers(text) == parts


@pytest.mark.parametrize("version", ["12.1.0", "12.3.0", "13.0"])
def test_a_mitmproxy_that_the_recorder_does_not_know(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_check.metadata, "version", always(version))

    with pytest.raises(LookupError, match=version):
        host_check._mitmproxy()


def test_an_appium_of_another_version_than_the_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_check, "node_package", always("2.0.0"))

    with pytest.raises(LookupError, match=r"2\.0\.0 is installed, 3\."):
        host_check._pinned("appium")


def test_an_adb_server_that_our_adb_would_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_check, "answers", always(True))
    monkeypatch.setattr(host_check, "version", always(32))
    monkeypatch.setattr(host_check, "client_version", always(41))

    with pytest.raises(LookupError, match=r"1\.0\.32"):
        host_check._adb_server()


def test_a_port_of_the_entry_that_another_program_holds() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        entry = DeviceEntry("desk", serial="S1", ports=PortChoice(system=port))
        (finding,) = host_check.port_findings(entry)

    assert not finding.ok
    assert str(port) in finding.mend
    assert host_check.port_findings(entry) == []
