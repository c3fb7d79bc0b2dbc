import pytest

from harness.adapters.adb import wire


def test_a_request_carries_its_length_in_hex() -> None:
    assert wire.request("host:version") == b"000chost:version"


def test_the_service_says_which_shell() -> None:
    assert wire.shell_service("id -u") == "shell,v2,TERM=dumb,raw:id -u"
    assert wire.shell_service("id -u", v2=False) == "shell:id -u"


@pytest.mark.parametrize("size", [1, 3, 5, 1000])
def test_frames_may_arrive_in_any_pieces(size: int) -> None:
    data = (
        wire.frame(wire.STDOUT, b"one ")
        + wire.frame(wire.STDERR, b"oops")
        + wire.frame(wire.STDOUT, b"two")
        + wire.frame(wire.EXIT, b"\x07")
    )
    frames = wire.ShellFrames()
    for at in range(0, len(data), size):
        frames.feed(data[at : at + size])

    assert (bytes(frames.stdout), bytes(frames.stderr), frames.exit_code) == (
        b"one two",
        b"oops",
        7,
    )


def test_stdout_is_taken_once() -> None:
    frames = wire.ShellFrames()
    frames.feed(wire.frame(wire.STDOUT, b"a"))

    assert frames.take_stdout() == b"a"
    assert frames.take_stdout() == b""
