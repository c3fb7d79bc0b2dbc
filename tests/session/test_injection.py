"""Faults by the command line and by the control address."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from harness.ports import InstrumentError
from harness.session.injection import Injection, fault_table, inject, parse_injection

TABLE = [
    {"name": "http-500", "where": "service", "party": "server"},
    {"name": "crash", "where": "app", "party": "client"},
    {"name": "airplane", "where": "phone", "party": "device"},
]


@pytest.mark.parametrize(
    "entry",
    [
        Injection("http-500"),
        Injection("http-500", "login"),
        Injection("clock_offset", value=-3600),
        Injection("crash_app", at_step=True),
        Injection("wifi", value=False, at_step=True),
    ],
    ids=str,
)
def test_what_is_written_is_read(entry: Injection) -> None:
    assert parse_injection(str(entry)) == entry


@pytest.mark.parametrize("text", ["", ":login", "a@begin", "a=yes", "=1"])
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="--fault"):
        parse_injection(text)


@pytest.fixture
def control() -> Generator[tuple[str, list[tuple[str, str, Any]]]]:
    """A control address; what it was told."""
    told: list[tuple[str, str, Any]] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(TABLE if self.path == "/faults" else {})

        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            told.append((self.command, self.path, body))
            self._answer(body)

        do_POST = do_PUT  # noqa: N815 - the name that http.server looks for

        def _answer(self, body: object) -> None:
            text = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - its name there

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", told
    server.shutdown()
    server.server_close()


def test_each_fault_goes_where_it_belongs(control: tuple[str, list[tuple[str, str, Any]]]) -> None:
    url, told = control
    inject(url, [Injection("http-500", "login"), Injection("airplane"), Injection("crash")])
    assert told == [
        ("POST", "/phone", {"verb": "airplane", "value": True}),
        (
            "PUT",
            "/faults",
            [{"name": "http-500", "scope": "login"}, {"name": "crash", "scope": "*"}],
        ),
    ]
    assert [row["name"] for row in fault_table(url)] == ["http-500", "crash", "airplane"]


def test_nothing_to_do_asks_nobody() -> None:
    inject("http://127.0.0.1:9", [])


def test_unknown_faults_and_dead_addresses(control: tuple[str, list[Any]]) -> None:
    with pytest.raises(InstrumentError, match="it has no fault moon"):
        inject(control[0], [Injection("moon")])
    with pytest.raises(InstrumentError):
        fault_table("http://127.0.0.1:9")
    with pytest.raises(InstrumentError, match="no list"):
        fault_table(control[0] + "elsewhere")
