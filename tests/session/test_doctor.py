"""What doctor finds on phones, what mends it, and which exit code it amounts to."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from harness.domain.capabilities import Capabilities, PhoneNow
from harness.domain.device import AccountEntry, DeviceEntry, PhoneStatus
from harness.domain.facts.device import AppPackage
from harness.ports import InstrumentError, ShellResult
from harness.session import doctor
from harness.session.doctor import Examination, examine, phone_findings
from harness.session.finding import Finding

FINE = Finding("host", "adb", ok=True, detail="36")
ODD = Finding("pixel", "lock", ok=True, detail="has a PIN", mend="take it away")
BROKEN_HOST = Finding("host", "adb", ok=False, detail="not found", mend="make setup")
BROKEN_PHONE = Finding("pixel", "state", ok=False, detail="offline", mend="plug it in")
ENTRY = DeviceEntry("pixel", serial="R1")


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), 0),
        ((FINE,), 0),
        ((FINE, ODD), 0),
        ((FINE, BROKEN_PHONE), 18),
        ((BROKEN_HOST, BROKEN_PHONE), 20),
    ],
)
def test_exit_codes(findings: tuple[Finding, ...], code: int) -> None:
    assert Examination(findings).exit_code == code


@pytest.mark.parametrize(("entry", "ok"), [(ENTRY, False), (None, True)])
def test_only_a_phone_that_an_entry_names_can_be_missing(
    entry: DeviceEntry | None, ok: bool
) -> None:
    phone = PhoneStatus("pixel", "R1", True, "unauthorized", cannot=("unlock the phone",))

    finding = phone_findings(phone, entry)[0]

    assert finding.ok is ok
    assert finding.mend == "unlock the phone"


@pytest.mark.parametrize("state", ["absent", "not started"])
def test_a_profile_that_cannot_be_read_is_told_of_any_phone(state: str) -> None:
    entry = replace(ENTRY, profile="tictoc")

    findings = phone_findings(PhoneStatus("pixel", "R1", True, state), entry)

    (told,) = [finding for finding in findings if finding.name == "profile"]
    assert not told.ok
    assert "tictoc: no such profile" in told.detail


def test_a_phone_that_starts_on_demand_is_fine() -> None:
    entry = DeviceEntry("sim", launch=("harness", "phone"))

    findings = phone_findings(PhoneStatus("sim", None, True, "not started"), entry)

    assert all(finding.ok for finding in findings)
    told = {finding.name: finding.detail for finding in findings}
    assert told["way to our proxy"] == (
        "adb reverse and http_proxy (reverse), because its adb server is on this host"
    )


def always(value: object) -> Callable[..., Any]:
    def give(*_: object, **__: object) -> object:
        if isinstance(value, Exception):
            raise value
        return value

    return give


def test_a_phone_that_answers_is_looked_at_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "read_app", always(AppPackage("p", "1", 1, None, None)))
    phone = PhoneStatus(
        "pixel", "R1", True, "device", capabilities=Capabilities("b", api=34), now=PhoneNow()
    )

    names = [finding.name for finding in phone_findings(phone, ENTRY)]

    assert names[0] == "state"
    assert {"lock", "battery", "storage", "clock", "app", "reinstall experiment"} <= set(names)


def test_a_phone_that_is_lost_while_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "read_app", always(InstrumentError("adb", "dumpsys", "gone")))
    phone = PhoneStatus(
        "pixel", "R1", True, "device", capabilities=Capabilities("b"), now=PhoneNow()
    )

    assert [finding.name for finding in phone_findings(phone, ENTRY) if not finding.ok] == [
        "answers"
    ]


def test_an_account_without_its_secret_and_an_appium_that_is_not_there() -> None:
    entry = DeviceEntry(
        "pixel",
        serial="R1",
        account=AccountEntry("a", password_env="HARNESS_NOT_SET"),
    )
    far = DeviceEntry("far", serial="R2", appium_url="http://127.0.0.1:1/wd/hub")
    phone = PhoneStatus("pixel", "R1", True, "absent")

    assert {f.name for f in phone_findings(phone, entry) if not f.ok} == {"state", "account"}
    assert {f.name for f in phone_findings(phone, far) if not f.ok} == {"state", "Appium"}


def test_a_phone_behind_an_address_is_connected_for_the_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = DeviceEntry("net", serial="10.0.0.2:5555")

    @contextmanager
    def connected(_entry: DeviceEntry) -> Generator[tuple[str, object]]:
        yield "unauthorized", None

    monkeypatch.setattr(doctor, "_connected", connected)
    monkeypatch.setattr(doctor, "host_findings", always([FINE]))
    monkeypatch.setattr(
        doctor, "list_phones", always([PhoneStatus("net", entry.serial, True, "absent")])
    )

    found = examine([entry])

    assert found.exit_code == 18
    assert found.findings[1].detail == "unauthorized"


@pytest.mark.parametrize("there", [True, False])
def test_the_app_of_a_tunnel_is_looked_for(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    class Phone:
        def __init__(self, *_: object) -> None: ...

        def shell(self, command: str) -> ShellResult:
            return ShellResult(command, "", "", 0 if there else 1)

    monkeypatch.setattr(doctor, "read_app", always(AppPackage("p", "1", 1, None, None)))
    monkeypatch.setattr(doctor, "AdbDevice", Phone)
    entry = replace(ENTRY, attach="wireguard", wireguard_listen="192.168.1.2")
    phone = PhoneStatus(
        "pixel", "R1", True, "device", capabilities=Capabilities("b", api=34), now=PhoneNow()
    )

    (found,) = [each for each in phone_findings(phone, entry) if each.name == "WireGuard"]

    assert found.ok is there
    assert ("remote control" in found.mend) is not there
