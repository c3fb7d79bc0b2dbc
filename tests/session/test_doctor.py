"""What doctor finds, what mends it, and which exit code it amounts to."""

import json
from pathlib import Path

import pytest

from harness.domain.device import PhoneStatus
from harness.session import doctor
from harness.session.doctor import Examination, Finding, phone_findings

FINE = Finding("host", "adb", ok=True, detail="36")
BROKEN_HOST = Finding("host", "adb", ok=False, detail="not found", mend="make setup")
BROKEN_PHONE = Finding("pixel", "state", ok=False, detail="offline", mend="plug it in")


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), 0),
        ((FINE,), 0),
        ((FINE, BROKEN_PHONE), 18),
        ((BROKEN_HOST, BROKEN_PHONE), 20),
    ],
)
def test_exit_codes(findings: tuple[Finding, ...], code: int) -> None:
    assert Examination(findings).exit_code == code


def test_a_phone_that_is_not_ready_comes_with_what_to_do() -> None:
    phone = PhoneStatus("pixel", "R1", True, "unauthorized", cannot=("unlock the phone",))

    (finding,) = phone_findings([phone])

    assert not finding.ok
    assert finding.mend == "unlock the phone"


@pytest.mark.parametrize("state", ["device", "not started"])
def test_a_phone_that_is_ready_or_starts_on_demand_is_fine(state: str) -> None:
    (finding,) = phone_findings([PhoneStatus("sim", None, True, state, "Pixel 8", 34, True)])

    assert finding.ok


def test_a_failing_check_becomes_a_finding_with_its_mend() -> None:
    def fails() -> str:
        raise LookupError("no such tool")

    finding = doctor._checked("tool", fails, "make setup")

    assert finding == Finding("host", "tool", ok=False, detail="no such tool", mend="make setup")


def test_a_program_that_fails_is_named_with_its_exit_code() -> None:
    with pytest.raises(LookupError, match="exit code 3"):
        doctor._first_line(["/bin/sh", "-c", "exit 3"])


def test_leftovers_of_an_interrupted_run_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path))
    assert doctor._leftovers() == "none"
    (tmp_path / "journals").mkdir()
    (tmp_path / "journals" / "R58N.json").write_text(json.dumps({}))

    with pytest.raises(LookupError, match="R58N"):
        doctor._leftovers()


def test_every_host_check_that_fails_tells_what_to_do() -> None:
    for finding in doctor.host_findings():
        assert finding.ok or finding.mend
