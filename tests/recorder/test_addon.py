"""The whole recorder in a real mitmdump, against an origin that misbehaves."""

from __future__ import annotations

import os
import signal
import ssl
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from mitmproxy.io import FlowReader

from harness.adapters.observation_file import read_observations
from harness.domain.facts.capture import CaptureVisibility, ProxyStarted
from harness.domain.facts.traffic import Exchange
from tests.recorder.faulty_origin import Origin, facts_with, wait_for
from tests.recorder.mitmdump_lab import Lab, start


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Generator[Origin]:
    made = Origin(tmp_path_factory.mktemp("origin"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def lab(origin: Origin, tmp_path_factory: pytest.TempPathFactory) -> Generator[Lab]:
    made = start(tmp_path_factory.mktemp("lab"), origin, auto_pass_after=2)
    yield made
    made.proxy.stop()


def test_a_good_exchange_is_one_line_with_its_connection(lab: Lab) -> None:
    with lab.client() as client:
        answer = client.get("https://api.test/ok/7001234567?token=SECRETTOKEN")
        assert answer.status_code == 200
        assert answer.json()["session_key"] == "SECRETSESSION", "the app gets what was sent"
    seen = wait_for(
        lab.file, lambda item: getattr(item.facts, "path", "").startswith("/ok/~")
    ).facts
    assert isinstance(seen, Exchange)
    assert (seen.status, seen.error, seen.body, seen.host) == (200, None, "json", "api.test")
    assert seen.sent is not None
    assert seen.head is not None
    assert seen.ended is not None
    assert seen.begun <= seen.sent <= seen.head <= seen.ended
    over = lab.connection("api.test", client=seen.client)
    assert over.client_tls_done is not None
    assert over.server_tls_done is not None
    assert (over.requests, over.connect_error, over.sni) == (1, None, "api.test")


def test_a_refused_connect_is_told_at_once_with_the_proxys_answer(lab: Lab) -> None:
    with lab.client() as client, pytest.raises(httpx.ProxyError):
        client.get("https://dead.test/x")
    seen = lab.connection("dead.test")
    assert seen.connect_error is not None
    assert "111" in seen.connect_error
    assert seen.connect_refused_status == 502


def test_an_encrypted_request_of_ours_shows_that_our_certificate_is_trusted(lab: Lab) -> None:
    before = len(list(read_observations(lab.file.parent)))
    with lab.client(trusting=False) as client, pytest.raises(httpx.ConnectError):
        client.get("https://harness-canary.invalid/user")
    with lab.client() as client:
        answer = client.get("https://harness-canary.invalid/user")
        assert (answer.status_code, answer.http_version) == (200, "HTTP/1.1")
        assert "can read what this phone sends" in answer.text
    shown = wait_for(lab.file, facts_with(kind="capture.visibility")).facts
    assert isinstance(shown, CaptureVisibility)
    assert (shown.canary, shown.trust) == ("decrypted", "user")
    after = list(read_observations(lab.file.parent))[before:]
    assert {seen.kind for seen in after} <= {
        "capture.visibility", "proxy.log", "proxy.heartbeat",
    }  # fmt: skip


def test_a_length_given_twice_passes_as_it_came(lab: Lab) -> None:
    with lab.client() as client:
        answer = client.get("https://api.test/twice")
    assert (answer.status_code, answer.json()) == (200, {"ok": 1})
    seen = lab.exchange("/twice")
    assert (seen.status, seen.error, seen.body) == (200, None, "json")


def test_two_lengths_that_differ_stay_the_origins_error(lab: Lab) -> None:
    with lab.client() as client:
        assert client.get("https://api.test/unequal").status_code == 502
    seen = lab.exchange("/unequal")
    assert seen.status is None
    assert seen.error is not None
    assert "invalid content-length" in seen.error


def test_an_origin_that_closes_after_the_request(lab: Lab) -> None:
    with lab.client() as client:
        assert client.get("https://api.test/close").status_code == 502
    seen = lab.exchange("/close")
    assert (seen.status, seen.error) == (None, "server closed connection")
    assert (seen.client_open, seen.server_open) == (True, False)


def test_a_hang_is_pending_after_a_second_and_ends_when_the_app_leaves(lab: Lab) -> None:
    with lab.client(seconds=1.6) as client, pytest.raises(httpx.ReadTimeout):
        client.get("https://api.test/hang")
    waiting = lab.exchange("/hang", kind="exchange.pending")
    assert (waiting.status, waiting.error, waiting.ended) == (None, None, None)
    seen = lab.exchange("/hang")
    assert seen.error == "Client disconnected."
    assert seen.sent is not None
    assert seen.ended is not None
    assert 1.3 < seen.ended - seen.sent < 4


def test_an_app_that_does_not_trust_us_is_written_and_then_passed_through(lab: Lab) -> None:
    with lab.client(trusting=False) as client:
        for _ in range(2):
            with pytest.raises(httpx.ConnectError):
                client.get("https://refusing.test/ok")
    seen = lab.connection("refusing.test")
    assert seen.client_tls_error is not None
    assert "unknown ca" in seen.client_tls_error
    context = ssl.create_default_context(cafile=str(lab.origin.ca))
    with httpx.Client(
        proxy=f"http://127.0.0.1:{lab.proxy.address.port}", verify=context, trust_env=False
    ) as pinned:
        assert pinned.get("https://refusing.test/ok").status_code == 200
    passed = lab.connection("refusing.test", passed_through=True)
    assert passed.bytes_up > 200
    assert passed.bytes_down > 500
    assert (passed.sni, passed.client_tls_error) == ("refusing.test", None)


def test_hosts_are_passed_through_by_order_from_the_next_connection(lab: Lab) -> None:
    lab.proxy.pass_through(["pinned.*"])
    context = ssl.create_default_context(cafile=str(lab.origin.ca))
    with httpx.Client(
        proxy=f"http://127.0.0.1:{lab.proxy.address.port}", verify=context, trust_env=False
    ) as pinned:
        assert pinned.get("https://pinned.test/ok").status_code == 200
    seen = lab.connection("pinned.test")
    assert (seen.passed_through, seen.ended_by) == (True, "app")
    with httpx.Client(
        proxy=f"http://127.0.0.1:{lab.proxy.address.port}", verify=context, trust_env=False
    ) as pinned:
        assert pinned.get("https://pinned.test/ok").status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            pinned.get("https://pinned.test/close")
    assert lab.connection("pinned.test", ended_by="origin").bytes_up > 200


def test_a_truncated_body_reaches_the_app_as_it_came(lab: Lab) -> None:
    with lab.client() as client, pytest.raises(httpx.RemoteProtocolError):
        client.get("https://api.test/truncate")
    seen = lab.exchange("/truncate")
    assert seen.status == 200
    assert seen.error is not None
    assert "without sending complete message body" in seen.error
    assert (seen.response_bytes, seen.body) == (7, "none")


def test_an_event_stream_reaches_the_app_while_it_lasts(lab: Lab) -> None:
    with lab.client(seconds=3) as client, client.stream("GET", "https://api.test/sse") as answer:
        assert next(answer.iter_bytes()) == b"data: 1\n\n"
    assert lab.exchange("/sse").streamed


def test_an_origin_with_a_bad_certificate(lab: Lab) -> None:
    with lab.client() as client:
        assert client.get("https://badcert.test/bad").status_code == 502
    seen = lab.connection("badcert.test")
    assert seen.server_tls_error is not None
    assert seen.server_tls_error.startswith("Certificate verify failed")
    assert lab.exchange("/bad").error == seen.server_tls_error


def test_an_origin_that_closes_at_once_is_no_hang(lab: Lab) -> None:
    raw, answer = lab.tunnel("slam.test")
    assert b" 200 " in answer
    time.sleep(0.1)  # the origin's FIN is there before our ClientHello
    context = ssl.create_default_context(cafile=str(lab.proxy.address.ca_certificate))
    with context.wrap_socket(raw, server_hostname="slam.test") as tls:
        tls.sendall(b"GET /slammed HTTP/1.1\r\nHost: slam.test\r\n\r\n")
        assert b" 502 " in tls.recv(4096)
    assert lab.exchange("/slammed").error is not None
    assert lab.connection("slam.test").origin_closed_early


def test_a_body_that_nobody_can_decode_is_not_called_malformed(lab: Lab) -> None:
    with lab.client() as client:
        client.get("https://api.test/ttzip")
    seen = lab.exchange("/ttzip")
    assert (seen.body, seen.content_encoding) == ("undecodable", "ttzip")


def test_a_sloppy_origin_works_through_us_and_a_502_of_its_own_is_its_own(lab: Lab) -> None:
    with lab.client() as client:
        client.get("https://api.test/error")
    seen = lab.exchange("/error")
    assert (seen.status, seen.error, seen.server_header) == (502, None, "nginx")
    raw, _ = lab.tunnel("api.test")
    context = ssl.create_default_context(cafile=str(lab.proxy.address.ca_certificate))
    with context.wrap_socket(raw, server_hostname="api.test") as tls:
        tls.sendall(b"GET /sloppy HTTP/1.1\r\nHost: api.test\r\n\r\n")
        assert b" 200 " in tls.recv(4096)


def test_plain_http_goes_the_mapped_way_and_the_canary_leaves_no_line(lab: Lab) -> None:
    with lab.client() as client:
        answer = client.get("http://harness-canary.invalid/abc123")
        assert (answer.status_code, answer.headers["x-harness-canary"]) == (204, "abc123")
        assert client.get("http://plain.test/plain").status_code == 200
    seen = lab.exchange("/plain")
    assert (seen.scheme, seen.host, seen.port) == ("http", "plain.test", 80)
    every = list(read_observations(lab.file))
    assert not [item for item in every if getattr(item.facts, "host", "").endswith(".invalid")]
    started = every[0].facts
    assert isinstance(started, ProxyStarted)
    assert started.options["connection_strategy"] == "eager"
    assert every[0].device == "phone-1"


def test_http2_is_mirrored_and_the_side_of_a_reset_is_told(lab: Lab) -> None:
    def client() -> httpx.Client:
        context = ssl.create_default_context(cafile=str(lab.proxy.address.ca_certificate))
        address = f"http://127.0.0.1:{lab.proxy.address.port}"
        return httpx.Client(proxy=address, verify=context, http2=True, trust_env=False, timeout=0.5)

    with client() as app:
        answer = app.get("https://h2.test/fine")
        assert (answer.status_code, answer.http_version) == (200, "HTTP/2")
        assert app.get("https://h2.test/reset").status_code == 502
        with pytest.raises(httpx.ReadTimeout):
            app.get("https://h2.test/wait")
    assert lab.connection("h2.test", client=lab.exchange("/fine").client).server_alpn == "h2"
    by_origin, by_app = lab.exchange("/reset"), lab.exchange("/wait")
    assert by_origin.error == "stream reset by client (INTERNAL_ERROR)", "mitmproxy's words"
    assert by_origin.reset_by == "origin"
    assert (by_app.error, by_app.reset_by) == ("peer closed connection", None)
    assert (by_app.client_open, by_app.server_open) == (False, True), "the states tell the side"


def test_sigterm_in_flight_closes_the_capture_and_blames_nobody(
    origin: Origin, tmp_path: Path
) -> None:
    lab = start(tmp_path, origin)
    with lab.client(seconds=0.5) as client:
        client.get("https://api.test/ok?token=SECRETTOKEN", headers={"Cookie": "sid=SECRETCOOKIE"})
        client.post("https://api.test/ok", data={"password": "SECRETPASS", "n": "hunter2-known"})
        with suppress(httpx.HTTPError):
            raw, _ = lab.tunnel("api.test")
            context = ssl.create_default_context(cafile=str(lab.proxy.address.ca_certificate))
            tls = context.wrap_socket(raw, server_hostname="api.test")
            tls.sendall(b"GET /hang HTTP/1.1\r\nHost: api.test\r\n\r\n")
        time.sleep(0.3)
        lab.proxy.stop()
    reading = read_observations(tmp_path)
    every = list(reading)
    assert reading.damaged == 0
    kinds = [item.kind for item in every]
    assert kinds[-1] == "proxy.stopped"
    assert "exchange.pending" in kinds
    assert not [item for item in every if getattr(item.facts, "error", None)]
    with (tmp_path / "capture.mitm").open("rb") as source:
        assert len(list(FlowReader(source).stream())) == 3
    written = lab.file.read_bytes() + (tmp_path / "capture.mitm").read_bytes()
    assert b"SECRET" not in written
    assert b"hunter2-known" not in written
    assert not lab.proxy.home.files.folder.exists(), "the authority's key is gone"


def test_sigkill_keeps_every_finished_line_and_flow(origin: Origin, tmp_path: Path) -> None:
    lab = start(tmp_path, origin)
    with lab.client() as client:
        for number in range(5):
            client.get(f"https://api.test/ok/{number}")
        lab.exchange("/ok/4")
        os.kill(lab.proxy.address.pid, signal.SIGKILL)
    lab.proxy.stop()
    reading = read_observations(tmp_path)
    paths = [item.facts.path for item in reading if isinstance(item.facts, Exchange)]
    assert paths == [f"/ok/{number}" for number in range(5)]
    assert reading.damaged == 0
    with (tmp_path / "capture.mitm").open("rb") as source:
        assert len(list(FlowReader(source).stream())) == 5
