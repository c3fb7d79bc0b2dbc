"""The alerts that a server hears from stand-ins which do not accept its certificate."""

from __future__ import annotations

import ssl
import threading

import pytest

from tests.faultlab.certificates import Authorities, TlsPlan
from tests.faultlab.client import Route
from tests.faultlab.client_refusing import (
    BAD_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_UNKNOWN,
    UNKNOWN_CA,
    alerting,
    alerting_after_handshake,
    leaving_after_handshake,
    sealed_alert,
    too_old,
    untrusting,
)
from tests.faultlab.origin import Origin, Wire
from tests.faultlab.relay import relaying
from tests.faultlab.rows.making import API


class Listener:
    """A server that notes how its handshake and its first read end."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._over = threading.Event()
        self._heard = "nothing"

    def behave(self, wire: Wire) -> None:
        try:
            with self._context.wrap_socket(wire.sock, server_side=True) as sock:
                self._heard = "end" if not sock.recv(10) else "data"
        except OSError as error:
            self._heard = str(error).lower().replace("_", " ")
        finally:
            self._over.set()

    def heard(self) -> str:
        """Waits for the end."""
        assert self._over.wait(5.0)
        return self._heard


def listen(authorities: Authorities, act: object, *arguments: object, **more: object) -> str:
    listener = Listener(authorities.context(API, TlsPlan()))
    origin = Origin(listener.behave, None)
    try:
        with relaying([f"{API}:443:127.0.0.1:{origin.port}"]) as port:
            assert callable(act)
            act(Route("127.0.0.1", port, authorities.trusted), API, *arguments, **more)
            return listener.heard()
    finally:
        origin.close()


@pytest.mark.parametrize("old", [False, True], ids=["TLS 1.3", "TLS 1.2"])
@pytest.mark.parametrize(
    ("alert", "words"),
    [
        (UNKNOWN_CA, "alert unknown ca"),
        (BAD_CERTIFICATE, "alert bad certificate"),
        (CERTIFICATE_EXPIRED, "alert certificate expired"),
        (CERTIFICATE_UNKNOWN, "alert certificate unknown"),
    ],
)
def test_the_alert_is_heard(authorities: Authorities, alert: int, words: str, old: bool) -> None:
    assert words in listen(authorities, alerting, alert, old=old)


def test_an_app_without_the_authority_says_so(authorities: Authorities) -> None:
    assert "alert unknown ca" in listen(authorities, untrusting)


def test_silence_is_an_end_without_an_alert(authorities: Authorities) -> None:
    assert "alert" not in listen(authorities, alerting, None)


def test_an_alert_after_the_handshake_is_heard(authorities: Authorities) -> None:
    assert "alert certificate unknown" in listen(authorities, alerting_after_handshake)


@pytest.mark.parametrize("ending", ["fin", "rst", "notify"])
def test_leaving_after_the_handshake_sends_no_data(authorities: Authorities, ending: str) -> None:
    assert listen(authorities, leaving_after_handshake, ending) != "data"


def test_an_old_app_finds_no_version(authorities: Authorities) -> None:
    heard = listen(authorities, too_old)

    assert "unsupported protocol" in heard or "no protocols" in heard


def test_a_sealed_alert_is_one_record_that_hides_its_kind() -> None:
    record = sealed_alert(b"s" * 48, "TLS_AES_256_GCM_SHA384", UNKNOWN_CA)

    assert record[0] == 23
    assert int.from_bytes(record[3:5], "big") == len(record) - 5 == 19
