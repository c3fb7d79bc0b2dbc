"""A watch on simulated phones while an outage comes and goes, as a person would see it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.adapters.look_history import LookHistory
from tests.e2e.lab import HARNESS, Lab, devices_file, eventually, started
from tests.reporting.chromium import Chromium, chromium_binary

pytestmark = [pytest.mark.e2e]
HOOK = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write(sys.stdin.read() + '\\n')"
ROUND = 150.0
"""Seconds within which a round must be over on a busy machine."""


class Listener:
    """A webhook of the user's."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        outer = self

        class Take(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Take)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@contextmanager
def listening() -> Generator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.server.shutdown()
        listener.server.server_close()


def two_phones(folder: Path, answer: dict[str, Any]) -> Path:
    """devices.yaml with both phones of the lab."""
    text = "phones:\n"
    for number, phone in enumerate(answer["phones"]):
        one = {"phones": [phone], "service": answer["service"]}
        lines = devices_file(folder, one).read_text().splitlines(keepends=True)[1:]
        text += "".join(lines).replace("desk:", f"desk{number}:", 1)
    file = folder / "devices.yaml"
    file.write_text(text)
    return file


def watching(folder: Path, devices: Path, *more: str) -> list[str]:
    return [
        *HARNESS, "watch", "--every", "120s", "--devices", str(devices), "--scenario", "followers",
        "--page", str(folder / "watch.html"), "--history", str(folder / "w.sqlite"),
        "--hook", f"{sys.executable} -c \"{HOOK}\" {folder / 'hooked'}", *more,
    ]  # fmt: skip


def changes(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


@pytest.mark.timeout(240)
def test_one_look_at_an_outage(lab: Lab, tmp_path: Path) -> None:
    with lab.phones("--incident", "followers-zero") as answer:
        command = watching(tmp_path, devices_file(tmp_path, answer), "--rounds", "1")
        done = subprocess.run(
            command, env=lab.env(), capture_output=True, text=True, timeout=200, check=False
        )
    assert done.returncode == 1, done.stdout + done.stderr
    (change,) = changes(tmp_path / "hooked")
    assert (change["change"], change["party"]) == ("started", "server")
    assert change["text"].endswith("or before.")
    assert change["text"] in done.stdout
    assert "At fault: <strong>the service</strong>" in (tmp_path / "watch.html").read_text()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_an_outage_comes_and_goes(lab: Lab, tmp_path: Path) -> None:
    page, hooked = tmp_path / "watch.html", tmp_path / "hooked"
    titles: list[str] = []
    with lab.phones("--count", "2") as answer, listening() as webhook:
        control = answer["phones"][0]["control"]
        devices = two_phones(tmp_path, answer)
        command = watching(tmp_path, devices, "--rounds", "3", "--webhook", webhook.url)
        command += ["--device", "desk0", "--device", "desk1"]
        with started(command, lab.env()) as watch, a_browser() as browser:
            assert eventually(page.exists, ROUND)
            if browser is not None:
                browser.open(page, 390, 664)
            httpx.put(f"{control}/incident", json={"name": "followers-zero"}).raise_for_status()
            assert eventually(lambda: len(changes(hooked)) >= 2, 120 + ROUND)
            if browser is not None:  # nobody opens it again: the page reloads itself

                def failing() -> bool:
                    titles.append(str(browser.evaluate("document.title")))
                    return titles[-1] != titles[0]

                assert eventually(failing, 40, 1.0), titles
                assert titles[0] == "Everything that is watched works"
            httpx.put(f"{control}/incident", json={"name": "none"}).raise_for_status()
            said, errors = watch.communicate(timeout=120 + ROUND)
    assert watch.returncode == 0, said + errors
    told = changes(hooked)
    assert [one["change"] for one in told] == ["started", "spread", "ended"]
    assert {one["party"] for one in told} == {"server"}
    assert webhook.got == told
    assert all(one["text"] in said for one in told)
    assert "since some time between" in told[0]["text"]
    assert told[2]["text"].startswith("Back since ")
    text = page.read_text()
    assert "No outage is open" in text
    assert "back since" in text
    history = LookHistory(tmp_path / "w.sqlite")
    looks = history.looks()
    runs = sorted({look.run for seen in looks.values() for look in seen})
    history.close()
    assert {place: [str(look.outcome) for look in seen] for place, seen in looks.items()} == {
        (phone, "followers"): ["passed", "failed", "passed"] for phone in ("desk0", "desk1")
    }
    kept = [Path(run.removeprefix("file://")).is_dir() for run in runs]
    assert kept == [False, True, True]  # the first, in which nothing changed, is gone


@contextmanager
def a_browser() -> Generator[Chromium | None]:
    """A real one where there is one."""
    binary = chromium_binary()
    if binary is None:
        yield None
        return
    with Chromium(binary) as browser:
        yield browser


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_round_that_fails_itself_is_no_outage(lab: Lab, tmp_path: Path) -> None:
    """By a fault of ours that no rung of recovery mends."""
    with lab.phones() as answer:
        command = watching(tmp_path, devices_file(tmp_path, answer), "--rounds", "1")
        done = subprocess.run(
            command, env=lab.env(HARNESS_FAULT="node-missing"), capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode in (15, 20), done.stdout + done.stderr
    assert changes(tmp_path / "hooked") == []
    assert (
        "which says nothing about the app or its service" in (tmp_path / "watch.html").read_text()
    )
