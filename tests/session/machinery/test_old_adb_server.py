import socket

import pytest

from harness.adapters.adb.link import AdbLink, AdbRefusedError
from harness.adapters.adb.server import answers, client_version, foreign, version
from harness.adapters.child import free_port
from harness.ports import InstrumentError
from harness.session.machinery.old_adb_server import VERSION, OldAdbServer


def test_it_is_taken_for_a_server_that_our_adb_would_end() -> None:
    port = free_port()
    OldAdbServer(port).start()
    link = AdbLink("127.0.0.1", port)

    assert (version(link), client_version()) == (VERSION, 41)
    assert foreign(link)
    with pytest.raises(AdbRefusedError):
        link.ask("host:devices")
    link.command("host:kill")
    assert not answers(link)
    with pytest.raises(InstrumentError):
        foreign(link)


def test_garbage_ends_one_connection_only() -> None:
    port = free_port()
    OldAdbServer(port).start()
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(b"zzzz")
        assert link.recv(4) == b""

    assert version(AdbLink("127.0.0.1", port)) == VERSION
