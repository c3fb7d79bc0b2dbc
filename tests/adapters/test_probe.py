"""The host-side probe against small servers that each break one stage."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
import trustme

from harness.adapters import probe as probing
from harness.adapters.probe import control_site, probe
from harness.domain.facts.control import ControlMade
from harness.domain.resolve import ResolveMap, ResolveRule

HOST = "origin.example"
Serve = Callable[[socket.socket], None]


@contextlib.contextmanager
def listening(serve: Serve) -> Generator[int]:
    """A server on a free port that handles each connection with `serve`."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def accept() -> None:
            while not done.is_set():
                with contextlib.suppress(TimeoutError):
                    peer, _ = server.accept()
                    peer.settimeout(3.0)
                    with peer, contextlib.suppress(OSError):
                        serve(peer)

        worker = threading.Thread(target=accept, daemon=True)
        worker.start()
        try:
            yield server.getsockname()[1]
        finally:
            done.set()
            worker.join(5.0)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


def to(port: int, asked: int = 443) -> ResolveMap:
    return ResolveMap((ResolveRule(HOST, asked, "127.0.0.1", port),))


def tls(leaf: trustme.LeafCert, then: Serve, alpn: list[str] | None = None) -> Serve:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    if alpn:
        context.set_alpn_protocols(alpn)

    def serve(peer: socket.socket) -> None:
        with context.wrap_socket(peer, server_side=True) as stream:
            then(stream)

    return serve


def hang_up(peer: socket.socket) -> None:
    peer.shutdown(socket.SHUT_RDWR)


def read_and_hang_up(peer: socket.socket) -> None:
    peer.recv(4096)


def until_closed(peer: socket.socket) -> None:
    """Reads and says nothing until the other side is gone."""
    while peer.recv(4096):
        pass


def answer(status: int) -> Serve:
    def serve(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n".encode())

    return serve


def http2(*, refuse: bool = False, nonsense: bool = False) -> Serve:
    def serve(peer: socket.socket) -> None:
        talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        talk.initiate_connection()
        while True:
            if nonsense:
                peer.recv(4096)
                peer.sendall(b"\x00\x00\x01" + bytes(6) + b"x")  # DATA on stream 0
                until_closed(peer)
                return
            peer.sendall(talk.data_to_send())
            data = peer.recv(4096)
            if not data:
                return
            for event in talk.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    assert event.stream_id is not None
                    if refuse:
                        talk.reset_stream(event.stream_id)
                    else:
                        talk.send_headers(event.stream_id, [(":status", "204")], end_stream=True)
            peer.sendall(talk.data_to_send())

    return serve


def reach(serve: Serve, ca: Path | None, *, asked: int = 443, timeout: float = 2.0) -> ControlMade:
    with listening(serve) as port:
        return probe(HOST, asked, resolve=to(port, asked), upstream_ca=ca, timeout=timeout)


def test_any_http_answer_is_a_success(authority: trustme.CA, trusted: Path) -> None:
    made = reach(tls(authority.issue_cert(HOST), answer(503)), trusted)
    assert (made.name, made.result, made.http_status) == ("host_probe", "ok", 503)
    assert made.target == f"{HOST}:443"
    assert made.stages == {"dns": "ok", "tcp": "ok", "tls": "ok", "http": "ok"}
    assert made.certificate_issuer is not None
    assert made.seconds is not None
    assert "HTTP 503" in made.statement


def test_http2_origins_are_asked_in_http2(authority: trustme.CA, trusted: Path) -> None:
    leaf = authority.issue_cert(HOST)
    assert reach(tls(leaf, http2(), ["h2"]), trusted).http_status == 204
    refused = reach(tls(leaf, http2(refuse=True), ["h2"]), trusted)
    assert refused.stages["http"] == "failed: reset by the origin"
    odd = reach(tls(leaf, http2(nonsense=True), ["h2"]), trusted)
    assert odd.stages["http"] == "failed: answer is not HTTP/2"


def test_a_certificate_that_does_not_verify_is_named_with_its_issuer(
    authority: trustme.CA, trusted: Path
) -> None:
    def stage(leaf: trustme.LeafCert, ca: Path | None) -> tuple[str, str | None]:
        made = reach(tls(leaf, answer(200)), ca)
        assert made.stages["http"] == "not_reached"
        assert made.result == "failed"
        return made.stages["tls"], made.certificate_issuer

    past = dt.datetime.now(dt.UTC) - dt.timedelta(days=9)
    said, issuer = stage(authority.issue_cert(HOST, not_after=past), trusted)
    assert said == "failed: certificate expired"
    assert issuer is not None
    said, _ = stage(authority.issue_cert("other.example"), trusted)
    assert said == "failed: certificate for another host"
    said, _ = stage(trustme.CA().issue_cert(HOST), trusted)
    assert said == "failed: certificate unknown issuer"


def test_refused_and_silent_and_closed(trusted: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    made = probe(HOST, 443, resolve=to(free), upstream_ca=trusted)
    assert made.stages == {
        "dns": "ok",
        "tcp": "failed: refused",
        "tls": "not_reached",
        "http": "not_reached",
    }
    closed = reach(hang_up, trusted)
    assert closed.stages["tls"] in {"failed: closed", "failed: reset"}
    silent = reach(until_closed, trusted, timeout=0.3)
    assert silent.stages["tls"] == "failed: timed out"


def test_an_origin_without_tls(trusted: Path) -> None:
    def plain(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    assert reach(plain, trusted).stages["tls"] == "failed: does not speak TLS"
    other_port = reach(plain, trusted, asked=9443)
    assert other_port.stages == {"dns": "ok", "tcp": "ok", "http": "ok"}
    assert reach(plain, None, asked=80).http_status == 400


def test_answers_that_are_none(authority: trustme.CA, trusted: Path) -> None:
    leaf = authority.issue_cert(HOST)

    def quiet(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.recv(4096)

    def odd(peer: socket.socket) -> None:
        peer.recv(4096)
        peer.sendall(b"hello there\r\n")

    hang = reach(tls(leaf, quiet), trusted, timeout=0.5)
    assert hang.stages["http"] == "failed: timed out"
    assert hang.seconds is not None
    assert hang.seconds < 1.5
    assert reach(tls(leaf, odd), trusted).stages["http"] == "failed: answer is not HTTP"
    shut = reach(tls(leaf, read_and_hang_up), trusted)
    assert shut.stages["http"] in {"failed: closed without an answer", "failed: reset"}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (socket.EAI_NONAME, "name not resolved"),
        (socket.EAI_AGAIN, "temporary failure"),
        (socket.EAI_FAMILY, "no address"),
    ],
)
def test_names(monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "x")

    monkeypatch.setattr(probing.socket, "getaddrinfo", fail)
    made = probe("gone.example", 443, resolve=ResolveMap(), upstream_ca=None)
    assert made.stages["dns"] == f"failed: {said} (errno {number})"
    assert made.stages["tcp"] == "not_reached"


def test_a_resolver_that_never_answers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def wait(*_: object, **__: object) -> list[object]:
        release.wait(5)
        return []

    monkeypatch.setattr(probing.socket, "getaddrinfo", wait)
    made = probe("slow.example", 443, resolve=ResolveMap(), upstream_ca=None, timeout=0.2)
    release.set()
    assert made.stages["dns"] == "failed: timed out"


def test_the_unrelated_site(authority: trustme.CA, trusted: Path) -> None:
    with listening(tls(authority.issue_cert(HOST), answer(204))) as port:
        made = control_site(f"https://{HOST}/generate_204", resolve=to(port), upstream_ca=trusted)
    assert (made.name, made.result, made.http_status) == ("control_site", "ok", 204)
    with listening(answer(204)) as port:
        plain = control_site(f"http://{HOST}/x", resolve=to(port, 80), upstream_ca=None)
    assert (plain.result, plain.target) == ("ok", f"{HOST}:80")


def test_a_site_outside_the_resolve_map_says_nothing() -> None:
    made = control_site("https://public.example/", resolve=to(1), upstream_ca=None)
    assert made.result == "not_made"
    assert "chosen addresses" in made.statement


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(101, "Network is unreachable"), "unreachable: network is unreachable"),
        (OSError(5, "odd"), "error: odd"),
        (ConnectionResetError(), "reset"),
    ],
)
def test_other_errors_of_the_connect(
    monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(probing.socket, "create_connection", fail)
    made = probe(HOST, 443, resolve=to(9), upstream_ca=None)
    assert made.stages["tcp"] == f"failed: {said}"


def test_no_time_left_is_a_time_out() -> None:
    made = probe(HOST, 443, resolve=to(9), upstream_ca=None, timeout=0.0)
    assert made.stages["dns"] == "failed: timed out"
