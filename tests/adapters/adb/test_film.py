"""Filming over an adb stream: the order of words, what is read, what goes wrong."""

from __future__ import annotations

import socket
import threading

import pytest

from harness.adapters.adb import film, wire
from harness.adapters.adb.device import AdbDevice
from harness.adapters.adb.film import FOLDER, PhoneFilm, script, sweep
from harness.ports import InstrumentError
from tests.adapters.adb.conftest import FakePhone, FakeServer

WHOLE = b"\0\0\0\x08moov"


class Keeper:
    """The script on the phone, as the other end of the stream sees it."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.heard = b""
        self.ended = threading.Event()

    def __call__(self, link: socket.socket) -> None:
        for answer in self.answers:
            link.sendall(wire.frame(wire.STDOUT, answer.encode()))
            data = link.recv(100)
            self.heard += data
            if not data:
                break
        while link.recv(100):
            pass
        self.ended.set()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "_STOP_SECONDS", 0.3)


def filming(server: FakeServer, keeper: Keeper) -> PhoneFilm:
    server.services[wire.shell_service(script())] = keeper
    return PhoneFilm(AdbDevice("pixel", "S1", server.link))


def test_pieces_come_in_their_order_and_the_stream_is_ended(server: FakeServer) -> None:
    keeper = Keeper("begun 77\n", "over\n")
    server.shell(f"cd {FOLDER}/77 && ls *.mp4", "10.mp4\n2.mp4\n1.mp4\n")
    for number in (1, 2, 10):
        server.shell(f"cat {FOLDER}/77/{number}.mp4", f"{number}" + ("moov" if number != 2 else ""))
    made = filming(server, keeper)
    made.start()
    assert made.stop() == [b"1moov", b"10moov"]  # the second has no index: nobody plays it
    assert keeper.ended.wait(5)
    assert keeper.heard == wire.frame(wire.STDIN, b"stop\n")


def test_what_screenrecord_said_is_told(server: FakeServer) -> None:
    server.shell(f"cd {FOLDER}/77 && ls *.mp4", "1.mp4\n")
    server.shell(f"cat {FOLDER}/77/1.mp4", "")
    server.shell(f"cat {FOLDER}/77/said", "ERROR: unable to configure video/avc codec\n")
    made = filming(server, Keeper("begun 77\n", "over\n"))
    made.start()
    with pytest.raises(InstrumentError, match=r"pixel \(S1\).*unable to configure.*film: false"):
        made.stop()


@pytest.mark.usefixtures("quick")
def test_a_phone_that_says_nothing_is_no_endless_wait(server: FakeServer) -> None:
    keeper = Keeper("hm\n")
    with pytest.raises(InstrumentError, match=r"start filming on pixel .*no 'begun' within"):
        filming(server, keeper).start()


def test_stopping_what_never_began(server: FakeServer) -> None:
    with pytest.raises(InstrumentError, match="was not started"):
        filming(server, Keeper()).stop()


def test_dropped_the_phone_sees_the_end_of_the_stream(server: FakeServer) -> None:
    keeper = Keeper("begun 77\n")
    made = filming(server, keeper)
    made.start()
    made.drop()
    made.drop()
    assert keeper.ended.wait(5)
    assert keeper.heard == b""


@pytest.mark.parametrize(("answer", "found"), [("swept\n", True), ("", False)])
def test_what_lost_its_keeper_is_swept(answer: str, found: bool) -> None:
    phone = FakePhone({f"[ -d {FOLDER} ]": (answer, 0 if found else 1)})
    assert sweep(phone) is found
