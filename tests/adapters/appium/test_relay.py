"""A Selenium Grid relay, or an Appium behind a gateway: base path, https, basic authentication."""

from __future__ import annotations

import base64
import datetime as dt
import ipaddress
import json
import logging
import ssl
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from harness.adapters.appium.driver import AppiumUi
from harness.adapters.appium.server import Access, AppiumServer
from harness.adapters.appium.session import AppiumSession, SessionRequest
from harness.domain.device import AccountEntry, DeviceEntry
from harness.domain.secret import Secret
from harness.ports import InstrumentError
from harness.session.tools import access_of

PREFIX = "/lab/wd/hub"
WORD = "s3cret-of-the-grid"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Relay(ThreadingHTTPServer):
    """Answers below PREFIX to whoever knows the word; 401 to all others."""

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.asked: list[str] = []
        self.ready: object = True
        self.url = f"https://127.0.0.1:{self.server_port}{PREFIX}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Relay  # pyright: ignore[reportIncompatibleVariableOverride] - always this one

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        given = self.headers.get("authorization", "")
        known = given == "Basic " + base64.b64encode(f"lab:{WORD}".encode()).decode()
        below = self.path.startswith(f"{PREFIX}/")
        value: Any = None
        if self.path.endswith("/status"):
            value = {"ready": self.server.ready, "message": "Selenium Grid"}
        elif self.path.endswith("/session"):
            value = {"sessionId": "S", "capabilities": {}}
        elif self.path.endswith("/element"):
            value = {ELEMENT: "E1"}
        elif self.path.endswith("/source"):
            value = "<hierarchy/>"
        status = 200 if known and below else 404 if known else 401
        self.server.asked.append(f"{self.command} {self.path} {status}")
        data = json.dumps({"value": value}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_DELETE = answer  # noqa: N815 - names of the standard library

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - its signature


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and self-signed certificate for 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lab grid")])
    now = dt.datetime.now(tz=dt.UTC)
    day = dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("grid") / "grid.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def relay(certificate: Path) -> Generator[Relay]:
    server = Relay(certificate)
    yield server
    server.shutdown()
    server.server_close()


def test_a_session_goes_below_the_base_path_with_the_word_that_is_in_no_log(
    relay: Relay, certificate: Path, caplog: pytest.LogCaptureFixture
) -> None:
    access = Access("lab", Secret(WORD), certificate)
    with caplog.at_level(logging.DEBUG):
        server = AppiumServer.remote(f"{relay.url}/", access)
        session = AppiumSession(server, SessionRequest("shelf", "S1", 5037))
        ui = AppiumUi(session)
        assert ui.source() == "<hierarchy/>"
        ui.tap("//x")
        ui.type("//x", Secret("hunter2"))
        assert session.trouble() is None
        session.close()

    assert not server.ours
    assert {line.rpartition(" ")[2] for line in relay.asked} == {"200"}
    assert all(f" {PREFIX}/" in line for line in relay.asked)
    assert f"POST {PREFIX}/session/S/element/E1/value 200" in relay.asked
    encoded = base64.b64encode(f"lab:{WORD}".encode()).decode()
    assert WORD not in caplog.text
    assert encoded not in caplog.text
    assert WORD not in repr(access)


@pytest.mark.parametrize(
    ("old", "new", "word", "said"),
    [
        ("", "", "wrong", "refuses us .HTTP 401"),
        (PREFIX, "/hub", WORD, "HTTP 404"),
        ("https", "http", WORD, "no answer"),
    ],
    ids=["wrong word", "wrong path", "no https"],
)
def test_what_is_wrong_with_an_entry_is_told_without_its_word(
    old: str, new: str, word: str, said: str, relay: Relay, certificate: Path
) -> None:
    access = Access("lab", Secret(word), certificate)

    with pytest.raises(InstrumentError, match=said) as caught:
        AppiumServer.remote(relay.url.replace(old, new) if old else relay.url, access)

    assert WORD not in str(caught.value)
    assert caught.value.not_begun


def test_a_certificate_that_nobody_vouches_for_is_refused(relay: Relay) -> None:
    server = AppiumServer(relay.url, access=Access("lab", Secret(WORD)))

    assert "certificate" in (server.refusal() or "").lower()
    assert relay.asked == []


@pytest.mark.parametrize(("ready", "fine"), [(True, True), (False, False), ("?", True)])
def test_a_grid_without_a_free_phone_is_not_ready(
    ready: object, fine: bool, relay: Relay, certificate: Path
) -> None:
    relay.ready = ready
    server = AppiumServer(relay.url, access=Access("lab", Secret(WORD), certificate))

    assert server.ready() is fine


def test_access_comes_from_the_entry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HARNESS_GRID", WORD)
    account = AccountEntry("lab", password_env="HARNESS_GRID")
    entry = DeviceEntry("far", serial="S1", appium_account=account, appium_ca=str(tmp_path / "a"))

    access = access_of(entry)

    assert access.basic() == ("lab", WORD)
    assert access.authority == tmp_path / "a"
    assert access_of(DeviceEntry("near", serial="S1")).basic() is None
