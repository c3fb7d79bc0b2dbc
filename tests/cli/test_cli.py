"""What the commands make of names, files and results."""

import json
import socket
from pathlib import Path

import pytest

from harness.adapters.verdict_file import write_verdicts
from harness.cli import app as app_module
from harness.cli.failure import UserError
from harness.cli.judgement import worst
from harness.cli.outcome import code_of
from harness.cli.phones import attached_device, chosen, require_attached
from harness.cli.plan import planned, print_plan
from harness.cli.run_command import known_scenarios, scenario_names
from harness.domain.app_build import BuildPin
from harness.domain.device import AvdStart, DeviceEntry
from harness.domain.removal import Arm
from harness.domain.vocabulary import Outcome, Party
from harness.session.run_scenarios import RunResult
from tests.reporting.records import verdict, write_observations

DEVICES = (
    'phones:\n  desk:\n    serial: "127.0.0.1:1"\n    default: true\n  sim:\n    launch: x y\n'
)


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    file = tmp_path / "devices.yaml"
    file.write_text(DEVICES)
    return file


def test_phones_are_chosen_by_name_or_by_default(devices: Path) -> None:
    assert [entry.name for entry in chosen(None, devices)] == ["desk"]
    assert [entry.name for entry in chosen(["sim"], devices)] == ["sim"]


def test_an_unknown_phone_is_a_matter_of_usage(devices: Path) -> None:
    with pytest.raises(UserError, match="dsek") as caught:
        chosen(["dsek"], devices)

    assert caught.value.code == 2


def test_a_phone_that_is_not_attached_is_unsuitable(
    devices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "1")

    with pytest.raises(UserError, match="sim: it is started on demand") as on_demand:
        attached_device("sim", devices)

    assert on_demand.value.code == 18


def test_a_phone_at_an_address_where_nothing_listens_is_unsuitable() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        there = f"127.0.0.1:{listening.getsockname()[1]}"
        require_attached([DeviceEntry("there", serial=there), DeviceEntry("on demand")])

    with pytest.raises(UserError, match="desk: nothing listens") as caught:
        require_attached([DeviceEntry("desk", serial="127.0.0.1:1")])
    assert caught.value.code == 18


def test_the_wrong_key_is_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(DEVICES + "    sereal: x\n")

    code = app_module.run(["devices", "--devices", str(file)])

    said = capsys.readouterr().err
    assert code == 2
    assert "devices.yaml:7" in said
    assert "sereal" in said


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (RunResult(verdicts=[verdict()]), 1),
        (RunResult(verdicts=[verdict(outcome=Outcome.PASSED, party=Party.NONE)]), 0),
        (RunResult(verdicts=[verdict(outcome=Outcome.INCONCLUSIVE, party=Party.HARNESS)]), 15),
        (RunResult(verdicts=[verdict(outcome=Outcome.BLOCKED, party=Party.ACCOUNT)]), 16),
        (RunResult(verdicts=[verdict(party=Party.DEVICE)]), 17),
        (RunResult(), 3),
        (RunResult(unsuitable=["desk: plug it in"]), 18),
        (RunResult(pytest_exit=2), 19),
        (RunResult(pytest_exit=4), 2),
        (RunResult(verdicts=[verdict()], problems=["no Allure"]), 1),
    ],
)
def test_exit_codes_of_a_run(result: RunResult, code: int) -> None:
    assert code_of(result) == code


@pytest.mark.parametrize(
    ("codes", "code"),
    [([0, 2], 0), ([2, 2], 2), ([0, 15, 1], 1), ([17, 16], 17), ([3], 3), ([0], 0)],
)
def test_of_several_diagnoses_the_worst_counts(codes: list[int], code: int) -> None:
    assert worst(codes) == code


def test_diagnose_prints_a_document_a_path_and_says_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "capture"
    folder.mkdir()
    write_observations(folder)
    garbage = tmp_path / "garbage.bin"
    garbage.write_bytes(b"\x00\x01\x02")

    app_module.run(["diagnose", str(folder), str(garbage), "--json"])

    printed = capsys.readouterr()
    documents = [json.loads(line) for line in printed.out.splitlines()]
    assert len(documents) == 2, printed.err
    assert documents[0]["verdicts"]
    assert documents[1]["kind"] == "unreadable"
    assert "garbage.bin" in printed.err


def test_explain_knows_every_rule_that_verdicts_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert app_module.run(["explain", "http_server_error"]) == 0
    assert len(capsys.readouterr().out) > 100
    assert app_module.run(["explain", "http_server_eror"]) == 2
    assert "Did you mean http_server_error" in capsys.readouterr().err


def test_a_plan_says_what_it_costs_and_does_nothing() -> None:
    (row,) = planned(
        [DeviceEntry("desk")], ["login"], arm=Arm.UNINSTALL_INSTALL, allow_destructive=False
    )

    assert (row.log_ins, row.destroys, row.runs) == (1, None, True)


def test_a_plan_sums_up_and_says_what_happens_before(capsys: pytest.CaptureFixture[str]) -> None:
    entry = DeviceEntry(
        "desk", app_file="new.apks", pin=BuildPin("43.1.4"), avd="Pixel_8",
        avd_start=AvdStart(wipe=True),
    )  # fmt: skip
    arm = Arm.UNINSTALL_INSTALL
    names = ["followers", "login", "reinstall"]

    assert print_plan([entry], names, arm=arm, allow_destructive=False, as_json=False) == 0

    said = capsys.readouterr().out
    assert "desk: about 2 min 00 s, 20 MB, at most one log-in" in said
    assert "desk first gets new.apks, where another build is there" in said
    assert "desk flags results of another build than 43.1.4" in said
    assert "desk deletes all data of the emulator Pixel_8 first" in said


def test_scenarios_are_known_by_their_marks(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(
        '@pytest.mark.scenario("last", destructive=True, order=40)\n'
        '@pytest.mark.scenario("login", start="logged_out")\n'
    )
    (tmp_path / "test_b.py").write_text('@pytest.mark.scenario("first", order=10)\n')

    assert known_scenarios(tmp_path) == ["first", "login", "last"]
    with pytest.raises(UserError, match="no scenario is called 'logn'"):
        scenario_names(["logn"])


def test_doctor_and_devices_speak_json(devices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app_module.run(["devices", "--devices", str(devices), "--json"])
    listed = json.loads(capsys.readouterr().out)
    assert [phone["name"] for phone in listed["devices"]][:2] == ["desk", "sim"]

    code = app_module.run(["doctor", "--devices", str(devices), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["exit_code"] == code
    assert {"adb", "disk"} <= {finding["name"] for finding in found["findings"]}


def test_reset_says_that_a_phone_started_anew_needs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text("phones:\n  sim:\n    launch: x y\n")
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "state"))

    assert app_module.run(["reset", "--devices", str(file)]) == 0
    assert "sim: starts anew" in capsys.readouterr().out


def test_report_builds_the_page_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [seen.id for seen in write_observations(tmp_path)]
    write_verdicts(tmp_path / "verdicts.json", [verdict((ids[1],))], [])

    assert app_module.run(["report", str(tmp_path)]) == 0
    assert (tmp_path / "index.html").is_file()
    assert "page" in capsys.readouterr().out
