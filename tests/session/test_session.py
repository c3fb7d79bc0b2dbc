"""The parts of a run that need no phone: ledger, account, faults, launch line, folders."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness.adapters.observation_file import PARTS, read_observations
from harness.domain.device import AccountEntry, DeviceEntry
from harness.domain.facts.scenario import ScenarioEnded
from harness.domain.file_stem import file_stem
from harness.domain.profile import Limits
from harness.ports import InstrumentError
from harness.session import launch
from harness.session.account import Account, AccountError, read_account, read_password_file
from harness.session.faults import FaultPlan, UnknownFaultError
from harness.session.incident import set_incident
from harness.session.journal import Journal
from harness.session.ledger import Ledger
from harness.session.run_folder import RunFolder, link_latest, make_run_folder
from harness.session.tools import RunTools, is_running, kill


class TestLedger:
    def ledger(self, folder: Path, run: str = "r1", now: float = 1000.0) -> Ledger:
        return Ledger(folder, run, Limits(), wall=lambda: now)

    def test_of_several_phones_with_one_account_one_gets_the_log_in(self, tmp_path: Path) -> None:
        def take(_: int) -> str | None:
            return self.ledger(tmp_path).take_try("anna")

        with ThreadPoolExecutor(8) as phones:
            answers = list(phones.map(take, range(8)))

        assert answers.count(None) == Limits().log_ins_per_run
        assert "has used its" in next(answer for answer in answers if answer)

    def test_one_try_per_run_and_account(self, tmp_path: Path) -> None:
        ledger = self.ledger(tmp_path)
        assert ledger.refusal("anna") is None

        assert ledger.take_try("anna") is None

        assert "no_log_in_left" in (ledger.refusal("ANNA ") or "")
        assert ledger.refusal("ben") is None
        assert self.ledger(tmp_path, "r2").refusal("anna") is None

    @pytest.mark.parametrize(("later", "allowed"), [(60.0, False), (1799.0, False), (1801.0, True)])
    def test_half_an_hour_after_a_rate_limit(
        self, later: float, allowed: bool, tmp_path: Path
    ) -> None:
        self.ledger(tmp_path).note_rate_limit("anna")

        refusal = self.ledger(tmp_path, "r2", 1000.0 + later).refusal("anna")

        assert (refusal is None) is allowed

    def test_names_are_not_stored_and_the_file_is_private(self, tmp_path: Path) -> None:
        self.ledger(tmp_path).take_try("anna@example.org")

        file = tmp_path / "log-ins.json"
        assert "anna" not in file.read_text()
        assert file.stat().st_mode & 0o077 == 0

    def test_a_damaged_ledger_allows_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "log-ins.json").write_text("{oops")

        with pytest.raises(InstrumentError, match=r"read .*log-ins\.json"):
            self.ledger(tmp_path).refusal("anna")


class TestAccount:
    def test_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HARNESS_PW", "hunter2")
        found = read_account(AccountEntry("anna", password_env="HARNESS_PW"), None, "pixel")

        assert found is not None
        assert found.known() == ("hunter2", "anna")
        assert "hunter2" not in repr(found)
        monkeypatch.delenv("HARNESS_PW")
        with pytest.raises(AccountError, match="HARNESS_PW is not set"):
            read_account(AccountEntry("anna", password_env="HARNESS_PW"), None, "pixel")

    def test_from_a_private_file_only(self, tmp_path: Path) -> None:
        file = tmp_path / "pw"
        file.write_text("hunter2\n")
        file.chmod(0o600)
        found = read_account(AccountEntry("anna", password_file=str(file)), None, "pixel")
        assert found is not None
        assert found.password.reveal() == "hunter2"

        file.chmod(0o644)
        with pytest.raises(AccountError, match=r"mode 0644 .* chmod 600"):
            read_password_file(file, "pixel")
        with pytest.raises(AccountError, match="cannot be read"):
            read_password_file(tmp_path / "absent", "pixel")
        for text in ("", "\nhunter2\n"):
            file.chmod(0o600)
            file.write_text(text)
            with pytest.raises(AccountError, match="is empty"):
                read_password_file(file, "pixel")

    def test_a_phone_may_bring_its_own(self) -> None:
        from harness.domain.secret import Secret

        brought = Account("sim", Secret("x"), throwaway=True)

        assert read_account(AccountEntry(), brought, "sim") is brought
        assert read_account(AccountEntry(), None, "sim") is None

    def test_a_user_without_a_secret_is_told(self) -> None:
        with pytest.raises(AccountError, match="has no secret"):
            read_account(AccountEntry("anna"), None, "pixel")

    def test_a_keyring_that_is_not_installed_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "keyring", None)
        with pytest.raises(AccountError, match="keyring is not installed"):
            read_account(AccountEntry("anna", keyring="k"), None, "pixel")

    @pytest.mark.parametrize(
        ("kept", "said"),
        [("hunter2", None), (None, "has no entry 'k' for 'anna'"), (OSError, "cannot be read")],
    )
    def test_what_a_keyring_has_for_the_account(
        self, monkeypatch: pytest.MonkeyPatch, kept: str | type[OSError] | None, said: str | None
    ) -> None:
        def get_password(service: str, user: str) -> str | None:
            assert (service, user) == ("k", "anna")
            if isinstance(kept, type):
                raise kept("locked")
            return kept

        monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=get_password))
        monkeypatch.setitem(sys.modules, "keyring.errors", SimpleNamespace(KeyringError=OSError))
        entry = AccountEntry("anna", keyring="k")
        if said is None:
            found = read_account(entry, None, "pixel")
            assert found is not None
            assert found.password.reveal() == kept
        else:
            with pytest.raises(AccountError, match=said):
                read_account(entry, None, "pixel")


class TestFaults:
    def test_without_the_variable_nothing_breaks(self) -> None:
        plan = FaultPlan.from_environment({})

        assert not plan.due("submit log-in", ("login",))

    def test_it_fires_once_at_the_first_step_that_needs_something(self) -> None:
        plan = FaultPlan.from_environment({"HARNESS_FAULT": "proxy-killed"})

        assert [plan.due("a", ()), plan.due("b", ("x",)), plan.due("c", ("x",))] == [
            False,
            True,
            False,
        ]

    def test_where_no_step_needs_the_service_it_fires_once_the_app_is_open(self) -> None:
        plan = FaultPlan("crash_app", skip=1)
        assert [plan.due(step, ()) for step in ("look", "open", "play", "see")] == [
            False,
            False,
            True,
            False,
        ]

    def test_a_fault_that_lets_the_first_needing_step_pass(self) -> None:
        plan = FaultPlan("crash_app", skip=1)
        needing = [
            plan.due(step, needs)
            for step, needs in (
                ("open", ("start",)),
                ("form", ()),
                ("submit", ("login",)),
                ("see", ("own",)),
            )
        ]
        assert needing == [False, False, True, False]

    def test_it_fires_at_the_named_step(self) -> None:
        fired: list[str] = []
        plan = FaultPlan.from_environment({"HARNESS_FAULT": "appium-killed@Submit"})

        assert not plan.due("open", ("start",))
        assert plan.due("submit log-in", ())
        plan.fire({"appium-killed": lambda: fired.append("appium")})
        assert fired == ["appium"]

    def test_an_unknown_name_is_told(self) -> None:
        with pytest.raises(UnknownFaultError, match="known: proxy-killed"):
            FaultPlan.from_environment({"HARNESS_FAULT": "moon-killed"})


class TestLaunch:
    def line(self, folder: Path) -> str:
        (folder / "pw").write_text("hunter2")
        (folder / "pw").chmod(0o600)
        phone = {
            "address": "127.0.0.1:5",
            "control": "http://127.0.0.1:6",
            "account": {"user": "sim", "password_file": str(folder / "pw")},
        }
        service = {"resolve": ["api.example:443:127.0.0.1:7"], "upstream_ca": "/ca.pem"}
        return json.dumps({"phones": [phone], "service": service})

    def test_the_line_of_a_launched_phone(self, tmp_path: Path) -> None:
        code = f"import time; print({self.line(tmp_path)!r}, flush=True); time.sleep(60)"

        found = launch.launch("sim", ["{python}", "-c", code], adb_port=1, log=tmp_path / "log")

        assert (found.serial, found.control) == ("127.0.0.1:5", "http://127.0.0.1:6")
        assert found.account is not None
        assert found.account.throwaway
        assert [rule.to_port for rule in found.resolve] == [7]
        assert found.upstream_ca == Path("/ca.pem")
        found.stop()
        assert found.process.poll() is not None

    def test_it_is_told_which_adb_server_to_use(self, tmp_path: Path) -> None:
        code = (
            "import os,json;print(json.dumps({'phones':[{'address':"
            "os.environ['ANDROID_ADB_SERVER_PORT']}]}))"
        )

        found = launch.launch("sim", ["{python}", "-c", code], adb_port=4711, log=tmp_path / "log")
        found.stop()

        assert (found.serial, found.account, found.control) == ("4711", None, None)

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("raise SystemExit(3)", "exit code 3"),
            ("print('hello')", "JSONDecodeError"),
            ("print('{}')", "KeyError"),
            ("print('[]')", "TypeError"),
        ],
    )
    def test_any_other_line_is_told(self, code: str, said: str, tmp_path: Path) -> None:
        with pytest.raises(InstrumentError, match=said) as caught:
            launch.launch("sim", ["{python}", "-c", code], adb_port=1, log=tmp_path / "log")

        assert "launch sim by" in str(caught.value)

    def test_our_own_command_is_found_wherever_it_is_installed(self) -> None:
        assert launch.own_command(["harness", "phone"]) == [
            sys.executable,
            "-m",
            "harness",
            "phone",
        ]
        assert launch.own_command(["emulate", "x"]) == ["emulate", "x"]


class TestRunFolder:
    def test_paths(self, tmp_path: Path) -> None:
        run = make_run_folder(tmp_path / "reports" / "x")
        folder = run.try_folder("my phone", "login", 2)

        assert run.relative(folder) == "tests/my-phone/login/try-2"
        assert folder.is_dir()
        assert run.logs == run.path / "logs"

    def test_latest_points_to_the_newest(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            run = make_run_folder(tmp_path / "reports" / name)
            link_latest(run.path)

        assert (tmp_path / "reports" / "latest").readlink() == Path("two")
        link_latest(tmp_path / "elsewhere")
        assert not (tmp_path / "latest").exists()

    def test_a_place_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()

        with pytest.raises(InstrumentError, match="Choose another with --out"):
            make_run_folder(tmp_path / "file" / "run")


class TestJournal:
    def test_lines_carry_scenario_and_step(self, tmp_path: Path) -> None:
        journal = Journal(tmp_path, "my phone", "host")
        journal.scenario, journal.step = "login", "submit"
        journal.log("scenario").write("scenario.ended", ScenarioEnded("passed"))
        journal.step = None
        journal.failed(InstrumentError("adb", "shell", "gone"), recovered=True)
        journal.close()

        first, second = read_observations(tmp_path)
        assert (first.source, first.device, first.scenario, first.step) == (
            "scenario", "my phone", "login", "submit",
        )  # fmt: skip
        assert (second.kind, second.step) == ("instrument.failed", None)
        assert journal.log("scenario").written == {"scenario.ended": 1}
        assert journal.proxy_file == tmp_path / PARTS / "my-phone.proxy.jsonl"

    @pytest.mark.parametrize(
        ("name", "stem"), [("a b/c", "a-b-c"), ("..", "phone"), ("x.y", "x.y")]
    )
    def test_names_as_paths(self, name: str, stem: str) -> None:
        assert file_stem(name) == stem


class TestTools:
    def test_a_foreign_adb_server_that_is_not_there(self, tmp_path: Path) -> None:
        from harness.domain.device import AdbAddress

        entry = DeviceEntry("far", serial="x", adb=AdbAddress("127.0.0.1", 1))

        with pytest.raises(InstrumentError, match="reach the adb server"):
            RunTools(tmp_path).adb(entry)
        assert not RunTools(tmp_path).mend_adb(entry, "x")

    def test_killing(self, tmp_path: Path) -> None:
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        assert is_running(process.pid)

        kill(process.pid)
        while process.poll() is None:
            pass

        assert not is_running(process.pid)
        kill(process.pid)
        assert RunTools(tmp_path).pid_of("appium", DeviceEntry("sim")) is None
        RunTools(tmp_path).close()


class _Control(BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200 if body == {"name": "slow"} else 400)
        self.end_headers()
        self.wfile.write(b'{"error": "unknown incident"}')

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - its signature


def test_incidents_are_set_at_the_control_address() -> None:
    server = HTTPServer(("127.0.0.1", 0), _Control)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"

    set_incident(url, "slow")
    with pytest.raises(InstrumentError, match="unknown incident"):
        set_incident(url, "odd")
    server.shutdown()
    server.server_close()
    with pytest.raises(InstrumentError, match="set incident slow"):
        set_incident(url, "slow")


def test_the_run_folder_names_its_run() -> None:
    assert RunFolder(Path("/r/x"), "x").id == "x"
