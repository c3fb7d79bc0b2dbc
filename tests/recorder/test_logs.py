"""Log lines that no hook repeats."""

from __future__ import annotations

import logging
from collections.abc import Generator

import pytest

from harness.recorder import logs
from harness.recorder.connection_table import ConnectionTable
from harness.recorder.logs import LogLines, repeats_a_hook
from tests.recorder.recording_stand_in import PROFILE, Kept

LOGGER = logging.getLogger("mitmproxy.proxy.server")
ALERT = "TLS Error: [('SSL routines', '', 'tls alert certificate unknown')]"


class Bench:
    def __init__(self) -> None:
        self.table, self.kept = ConnectionTable(), Kept(profile=PROFILE, foreign_pass=True)
        self.table.recording = self.kept
        self.refused: list[str] = []
        self.lines = LogLines(self.table, self.refused.append)
        self.table.begin("c", "127.0.0.1:5")
        self.table.ask("c", "api1.example.com", 443)

    def say(self, text: str, level: int = logging.WARNING) -> None:
        LOGGER.log(level, text, extra={"client": ("127.0.0.1", 5)})


@pytest.fixture
def bench() -> Generator[Bench]:
    made = Bench()
    made.lines.attach(made.kept)
    before = LOGGER.level
    LOGGER.setLevel(logging.DEBUG)
    yield made
    LOGGER.setLevel(before)
    made.lines.detach()


@pytest.mark.parametrize(
    "text", ["client connect", "Server TLS handshake failed. x", "server disconnect a"]
)
def test_repeated(text: str) -> None:
    assert repeats_a_hook(text)
    assert not repeats_a_hook("Addon error: bug")


def test_a_line_is_joined_to_its_connection_and_redacted(bench: Bench) -> None:
    bench.say("Bad HTTP request line: b'password=hunter2'")
    ((kind, facts),) = bench.kept.seen
    assert (kind, facts.level, facts.client) == ("proxy.log", "warning", "c")
    assert "hunter2" not in facts.text


def test_an_alert_after_the_handshake_is_a_refusal(bench: Bench) -> None:
    bench.table.mark("c", client_tls_done=1.0)
    bench.say(ALERT)
    assert bench.kept.kinds == ["connection", "proxy.log"]
    assert "certificate unknown" in bench.kept.seen[0][1].alert_after_handshake
    assert bench.refused == ["c"]


def test_an_alert_after_requests_is_kept_and_no_refusal(bench: Bench) -> None:
    bench.table.mark("c", client_tls_done=1.0, requests=2)
    bench.say(ALERT)
    assert bench.kept.kinds == ["proxy.log"]
    facts = bench.table.facts("c")
    assert facts is not None
    assert facts.alert_after_handshake is not None


def test_an_alert_before_the_handshake_has_a_hook_of_its_own(bench: Bench) -> None:
    bench.say(ALERT)
    assert bench.kept.kinds == ["proxy.log"]


@pytest.mark.parametrize("shaken", [None, 1.0], ids=["in the app's handshake", "after it"])
def test_who_asks_for_a_certificate_is_the_origin(bench: Bench, shaken: float | None) -> None:
    bench.table.mark("c", client_tls_done=shaken)
    bench.say("TLS Error: [('SSL routines', '', 'tlsv13 alert certificate required')]")
    facts = bench.table.facts("c")
    assert facts is not None
    assert "certificate required" in (facts.origin_alert or "")
    assert facts.alert_after_handshake is None
    assert bench.refused == []


def test_mitmproxys_own_time_out_is_its_own(bench: Bench) -> None:
    bench.say("Closing connection due to inactivity: c")
    facts = bench.table.facts("c")
    assert facts is not None
    assert facts.ended_by == "proxy"


def test_noise_other_apps_and_the_time_after_the_end_are_left_out(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MOST", 1)
    bench.say("client connect")
    bench.say("detail", logging.DEBUG)
    bench.table.foreign("c", decided=True)
    bench.say("someone else's")
    bench.table.foreign("c", decided=False)
    bench.say("one")
    bench.say("two")
    bench.kept.closing = True
    bench.say("three")
    assert [facts.text for _, facts in bench.kept.seen] == ["one"]


def test_what_was_raised_is_told(bench: Bench) -> None:
    try:
        raise OSError(24, "Too many open files")
    except OSError:
        LOGGER.exception("Unhandled error in task.")
    assert bench.kept.seen[0][1].text == (
        "Unhandled error in task. [OSError(24, 'Too many open files')]"
    )


def test_a_line_without_a_connection(bench: Bench) -> None:
    LOGGER.error("Addon error: bug")
    assert bench.kept.seen[0][1].client is None
