"""A change reaches the hook and the webhook; a target that fails is said and nothing else."""

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from harness.domain.outage import Change, ChangeKind, Outage
from harness.domain.vocabulary import Party
from harness.session.watch.notify import Notifier

OUTAGE = Outage("o-1", Party.SERVER, "It fails.", 0.0, None, 600.0, (), (("sim", "login"),))
CHANGE = Change(ChangeKind.ENDED, OUTAGE, 600.0)


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it gets; answers with the status in the path."""

    got: list[bytes] = []  # noqa: RUF012  # of the one server of a test

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Receiver.got = []
    made = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


def test_the_webhook_gets_the_document(server: str) -> None:
    assert Notifier(webhook=f"{server}/204").send(CHANGE) == []

    got = json.loads(Receiver.got[0])
    assert (got["change"], got["party"], got["ended"]) == ("ended", "server", 600.0)
    assert "Back since" in got["text"]
    assert "after 10 minutes" in got["text"]


def test_the_hook_gets_the_document_on_stdin(tmp_path: Path) -> None:
    target = tmp_path / "got.json"
    script = tmp_path / "hook.py"
    script.write_text(f"import sys; open({str(target)!r}, 'w').write(sys.stdin.read())")

    assert Notifier(command=f"{sys.executable} {script}").send(CHANGE) == []

    assert json.loads(target.read_text())["outage"] == "o-1"


@pytest.mark.parametrize(
    ("command", "said"),
    [("/no/such/program", "did not run"), ("false", "exit code 1"), ("a 'b", "did not run")],
)
def test_a_hook_that_fails_is_said(command: str, said: str) -> None:
    (problem,) = Notifier(command=command).send(CHANGE)

    assert said in problem


def test_a_webhook_that_fails_is_said(server: str) -> None:
    assert Notifier(webhook=f"{server}/500").send(CHANGE) == ["the webhook answered with HTTP 500"]
    (problem,) = Notifier(webhook="http://127.0.0.1:1/x").send(CHANGE)
    assert "was not reached" in problem
