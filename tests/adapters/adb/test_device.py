import pytest

from harness.adapters.adb.device import AdbDevice, connect, disconnect, quote, states
from harness.ports import InstrumentError

from .conftest import FakeServer


def phone(server: FakeServer) -> AdbDevice:
    return AdbDevice("pixel", "S1", server.link)


def reverse_list(server: FakeServer, rows: str) -> None:
    server.text("reverse:list-forward", rows)


def test_states_by_serial(server: FakeServer) -> None:
    server.text("host:devices", "S1\tdevice\n127.0.0.1:5\toffline\n")

    assert states(server.link) == {"S1": "device", "127.0.0.1:5": "offline"}
    assert phone(server).state() == "device"
    assert AdbDevice("other", "S9", server.link).state() == "absent"


def test_reverses_are_listed(server: FakeServer) -> None:
    reverse_list(server, "UsbFfs tcp:8080 tcp:4711\nUsbFfs localabstract:x tcp:1\n")

    assert phone(server).reverse_list() == [(8080, 4711)]


def test_a_reverse_is_never_led_elsewhere(server: FakeServer) -> None:
    reverse_list(server, "UsbFfs tcp:8080 tcp:4711\n")

    phone(server).reverse(8080, 4711)
    with pytest.raises(InstrumentError, match="leads to port 4711 already"):
        phone(server).reverse(8080, 5000)

    assert not [name for name in server.asked if name.startswith("reverse:forward")]


def test_a_new_reverse_does_not_rebind(server: FakeServer) -> None:
    reverse_list(server, "")
    server.services["reverse:forward:norebind:tcp:8080;tcp:5000"] = lambda link: link.sendall(
        b"OKAY"
    )

    phone(server).reverse(8080, 5000)

    assert "reverse:forward:norebind:tcp:8080;tcp:5000" in server.asked


def test_a_refused_reverse_is_an_error(server: FakeServer) -> None:
    reverse_list(server, "")
    name = "reverse:forward:norebind:tcp:8080;tcp:5000"
    server.services[name] = lambda link: link.sendall(b"FAIL0004busy")

    with pytest.raises(InstrumentError, match="busy"):
        phone(server).reverse(8080, 5000)


def test_root_is_believed_only_when_id_says_so(server: FakeServer) -> None:
    server.shell("id -u", "2000\n")
    text = b"adbd cannot run as root in production builds\n"
    server.services["root:"] = lambda link: link.sendall(text)

    assert not phone(server).root()


def test_waiting_has_an_end(server: FakeServer) -> None:
    server.text("host:devices", "S1\toffline\n")

    with pytest.raises(InstrumentError, match=r"wait for device on pixel \(S1\): still offline"):
        phone(server).wait_for("device", timeout=0.1)


def test_connecting_waits_for_the_phone(server: FakeServer) -> None:
    server.text("host:connect:127.0.0.1:5", "connected to 127.0.0.1:5")
    server.text("host:devices", "127.0.0.1:5\tdevice\n")

    connect(server.link, "127.0.0.1:5")

    asked = [name for name in server.asked if name.startswith("host:")]
    assert asked[0] == "host:connect:127.0.0.1:5"
    assert len(asked) > 1  # its state was looked at afterwards


def test_a_failed_connection_says_why(server: FakeServer) -> None:
    server.text("host:connect:127.0.0.1:5", "failed to connect to '127.0.0.1:5': refused")

    with pytest.raises(InstrumentError, match="refused"):
        connect(server.link, "127.0.0.1:5")


def test_disconnecting_what_is_not_known_is_fine(server: FakeServer) -> None:
    server.refused["host:disconnect:127.0.0.1:5"] = "no such device"

    disconnect(server.link, "127.0.0.1:5")

    assert server.asked == ["host:disconnect:127.0.0.1:5"]


@pytest.mark.parametrize(("text", "word"), [("a b", "'a b'"), ("it's", "'it'\\''s'")])
def test_quoting(text: str, word: str) -> None:
    assert quote(text) == word
