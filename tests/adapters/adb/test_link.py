import socket

import pytest

from harness.adapters.adb import wire
from harness.adapters.adb.link import AdbLink, AdbRefusedError, AdbTimeoutError
from harness.ports import InstrumentError

from .conftest import FakeServer


def test_a_host_service_answers_with_text(server: FakeServer) -> None:
    server.text("host:version", "0029")

    assert server.link.ask("host:version") == "0029"


def test_a_shell_command_gives_both_outputs_and_the_exit_code(server: FakeServer) -> None:
    server.shell("ls /x", "", 1, "ls: /x: No such file or directory\n")

    result = server.link.shell("S1", "ls /x")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "No such file" in result.stderr
    assert server.asked[0] == "host:transport:S1"


def test_a_refusal_says_why(server: FakeServer) -> None:
    server.refused["host:transport:S1"] = "device 'S1' not found"

    with pytest.raises(AdbRefusedError, match="device 'S1' not found") as caught:
        server.link.shell("S1", "id")

    assert caught.value.instrument == "adb"


def test_silence_ends_in_time(server: FakeServer) -> None:
    server.silent.add("host:devices")

    with pytest.raises(AdbTimeoutError):
        server.link.ask("host:devices", timeout=0.1)


def test_a_stream_without_exit_code_is_a_broken_one(server: FakeServer) -> None:
    server.services[wire.shell_service("id")] = lambda link: link.sendall(
        wire.frame(wire.STDOUT, b"half")
    )

    with pytest.raises(InstrumentError, match="without an exit code"):
        server.link.shell("S1", "id")


def test_nobody_there_is_an_instrument_error() -> None:
    with pytest.raises(InstrumentError, match="connect to the adb server"):
        AdbLink("127.0.0.1", 1).ask("host:version")


def test_lines_of_a_stream_come_whole(server: FakeServer) -> None:
    def answer(link: socket.socket) -> None:
        for part in (b"on", b"e\r\ntw", b"o\nrest"):
            link.sendall(wire.frame(wire.STDOUT, part))
        link.sendall(wire.frame(wire.EXIT, b"\0"))

    server.services[wire.shell_service("logcat")] = answer

    with server.link.open_service("S1", wire.shell_service("logcat")) as stream:
        lines = [line for line in server.link.stream_lines(stream, silence=2.0) if line]

    assert lines == ["one", "two"]
