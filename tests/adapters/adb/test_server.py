import pytest

from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.server import AdbServer, answers, start_server, use_server, wanted_port
from harness.ports import InstrumentError

from .conftest import FakeServer


def test_a_running_server_of_the_users_choice_is_used_and_left(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.text("host:version", "0029")
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(server.link.port))

    found = use_server(tcp=True)
    found.stop()

    assert not found.ours
    assert found.pid is None
    assert found.environment() == {"ANDROID_ADB_SERVER_PORT": str(server.link.port)}
    assert "host:kill" not in server.asked


@pytest.mark.parametrize("text", ["x", "0", "70000"])
def test_a_bad_port_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", text)

    with pytest.raises(InstrumentError, match="is no port"):
        wanted_port()


def test_nobody_answers_at_a_closed_port() -> None:
    assert not answers(AdbLink("127.0.0.1", 1))
    assert not AdbServer(AdbLink("127.0.0.1", 1)).died


def test_a_server_that_cannot_start_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("harness.adapters.adb.server.adb_binary", lambda: "/bin/false")

    with pytest.raises(InstrumentError, match="ended with exit code 1"):
        start_server(5, timeout=5.0)
