"""A lab of processes on one machine: who has no certificate gets no answer; hosts and the
scheduler are killed, and no job that may destroy is begun twice."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from harness.lab.certs import make_certs
from tests.e2e.lab import HARNESS, ROOT, Lab, devices_file, free_port

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

DEVICES = """\
phones:
  sim:
    launch: [harness, phone, --count, "1", --profile, userdebug, --json]
    may_log_out: true
    may_change_trust: true
    destructive: true
"""


@dataclass
class Members:
    """The lab's programs, each in a process of its own."""

    lab: Lab
    folder: Path
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[str]] = field(
        default_factory=dict[str, subprocess.Popen[str]]
    )

    def __post_init__(self) -> None:
        make_certs(self.folder / "certs", ["a", "b"])
        make_certs(self.folder / "strangers", [])
        (self.folder / "devices.yaml").write_text(DEVICES)

    @property
    def url(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    def certs(self, name: str) -> str:
        return str(self.folder / "certs" / name)

    def start(self, name: str, *words: str, until: str) -> None:
        log = self.folder / f"{name}.log"
        with log.open("w") as out:
            self.running[name] = subprocess.Popen(
                [*HARNESS, *words], cwd=ROOT, stdout=out, stderr=out, text=True,
                env=self.lab.env(HARNESS_STATE=str(self.folder / f"state-{name}")),
            )  # fmt: skip
        wait_until(lambda: until in log.read_text(), f"{name} says {until!r}", log)

    def scheduler(self) -> None:
        words = ("--certs", self.certs("scheduler"), "--port", str(self.port))
        self.start("scheduler", "lab", "scheduler", *words, until="scheduler at tls://")

    def host(self, name: str, devices_file: Path | None = None) -> None:
        words = ("--certs", self.certs(name), "--name", name)
        devices = ("--devices", str(devices_file or self.folder / "devices.yaml"))
        self.start(name, "lab", "join", self.url, *words, *devices, until="offered: ")

    def run(self, *words: str) -> subprocess.Popen[str]:
        out = ("--out", str(self.folder / "run"), "--scheduler", self.url)
        command = [*HARNESS, "run", *out, "--certs", self.certs("client"), "--json", *words]
        log = (self.folder / "run.log").open("w")
        return subprocess.Popen(
            command, cwd=ROOT, env=self.lab.env(), stdout=subprocess.PIPE, stderr=log, text=True
        )

    def working(self, host: str, scenario: str) -> None:
        """Until the host's phone is in the middle of a scenario."""
        pattern = f"state-{host}/lab/runs/*/tests/*/{scenario}/try-1/*.png"
        wait_until(lambda: any(self.folder.glob(pattern)), f"{host} works", self.folder / "run.log")

    def close(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait(20)


def wait_until(done: object, what: str, log: Path, seconds: float = 200) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():  # type: ignore[operator] - a callable
            return
        time.sleep(0.1)
    raise AssertionError(f"waited in vain until {what}: {log.read_text()[-2000:]}")


@pytest.fixture
def members(lab: Lab, tmp_path: Path) -> Iterator[Members]:
    made = Members(lab, tmp_path)
    yield made
    made.close()


def answer_to(port: int, certs: Path | None) -> bytes:
    """What the scheduler says first to a client; nothing where it closes the connection.

    `certs` None: a client without any certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if certs is not None:
        context.load_cert_chain(certs / "member.pem", certs / "member-key.pem")
    try:
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
            context.wrap_socket(plain) as secure,
        ):
            secure.settimeout(10)
            return secure.recv(100)
    except (ssl.SSLError, ConnectionError):
        return b""


def test_who_has_no_certificate_of_the_lab_gets_no_answer(members: Members) -> None:
    members.scheduler()
    port, strangers = members.port, members.folder / "strangers" / "client"

    assert answer_to(port, Path(members.certs("client"))) != b""  # the scheduler greets its own
    for certs in (None, strangers):
        assert answer_to(port, certs) == b"", "a stranger was answered"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        plain.settimeout(10)
        plain.sendall(b"GET /info/main/workers.html HTTP/1.1\r\nHost: x\r\n\r\n")
        with suppress(ConnectionError):  # as good as no answer
            assert plain.recv(200) == b""

    refused = members.lab.harness(
        "run", "--scheduler", members.url, "--certs", str(strangers), timeout=100
    )
    assert refused.returncode == 20
    assert "reach the scheduler" in refused.stderr
    joined = members.lab.harness(
        "lab", "join", members.url.replace("tls", "tcp"), "--certs", members.certs("a"),
        "--devices", str(members.folder / "devices.yaml"), timeout=60,
    )  # fmt: skip
    assert (joined.returncode, "Without TLS there is no lab" in joined.stderr) == (20, True)


@pytest.mark.slow
def test_a_killed_hosts_safe_job_moves_to_another_host(members: Members) -> None:
    members.scheduler()
    members.host("a")
    members.host("b")
    run = members.run("--scenario", "followers")
    members.working("b", "followers")
    members.running["b"].send_signal(signal.SIGKILL)
    said, _ = run.communicate(timeout=300)

    found = json.loads(said.strip().splitlines()[-1])
    assert [(row["device"]["name"], row["outcome"]) for row in found["verdicts"]] == [
        ("a.sim", "passed"), ("a.sim", "passed"),
    ]  # fmt: skip
    assert run.returncode == 0
    assert len(list((members.folder / "run" / "runs").iterdir())) == 2


@pytest.mark.slow
def test_what_may_destroy_is_not_begun_again_when_its_host_comes_back(members: Members) -> None:
    members.scheduler()
    members.host("a")
    members.host("b")
    run = members.run(
        "--device", "a.sim", "--device", "b.sim", "--scenario", "reinstall", "--allow-destructive"
    )
    members.working("b", "reinstall")
    members.running["b"].send_signal(signal.SIGKILL)
    members.host("b")
    said, _ = run.communicate(timeout=300)

    found = json.loads(said.strip().splitlines()[-1])
    rows = {row["device"]["name"]: row for row in found["verdicts"]}
    assert rows["a.sim"]["outcome"] == "passed"
    assert (rows["b.sim"]["outcome"], rows["b.sim"]["party"]) == ("inconclusive", "harness")
    assert "not begun a second time" in rows["b.sim"]["summary"]
    assert len(list((members.folder / "state-b" / "lab" / "begun").iterdir())) == 1


@pytest.mark.slow
def test_a_killed_scheduler_ends_the_run_and_hosts_offer_again(members: Members) -> None:
    members.scheduler()
    members.host("a")
    run = members.run("--scenario", "followers")
    members.working("a", "followers")
    members.running["scheduler"].send_signal(signal.SIGKILL)
    said, _ = run.communicate(timeout=300)

    found = json.loads(said.strip().splitlines()[-1])
    assert run.returncode == 20
    assert [(row["outcome"], row["party"]) for row in found["verdicts"]] == [
        ("inconclusive", "harness")
    ]
    ended = "state-a/lab/runs/*/verdicts.json"  # the host finished what it had begun
    log = members.folder / "a.log"
    wait_until(lambda: any(members.folder.glob(ended)), "the host ended its job", log, 100)
    members.scheduler()
    wait_until(lambda: log.read_text().count("offered: a.sim") >= 2, "a offers again", log, 100)


@pytest.mark.slow
def test_an_account_of_two_hosts_logs_in_once_in_a_run(members: Members) -> None:
    members.scheduler()
    with members.lab.phones("--count", "2", "--logged-out", "--json") as answer:
        first, second = answer["phones"]
        second["account"] = first["account"]
        for name, phone in (("a", first), ("b", second)):
            place = members.folder / f"desk-{name}"
            place.mkdir()
            members.host(name, devices_file(place, answer | {"phones": [phone]}))
        run = members.run("--scenario", "login")
        said, _ = run.communicate(timeout=300)

    found = json.loads(said.strip().splitlines()[-1])
    rows = sorted((row["outcome"], row["device"]["name"]) for row in found["verdicts"])
    assert [outcome for outcome, _ in rows] == ["not_run", "passed"]
    log = (members.folder / "run.log").read_text()
    assert f"{rows[0][1]}: waits, its account is in use on {rows[1][1]}" in log
    assert "no_log_in_left" in json.dumps(found)
    for name in ("a", "b", "client"):  # every ledger knows of the one try
        state = members.lab.home / "state" if name == "client" else members.folder / f"state-{name}"
        (entries,) = json.loads((state / "log-ins.json").read_text()).values()
        assert [entry["kind"] for entry in entries] == ["try"]
